/** Secrets of sessions, by session id. In memory only: they are lost when the gateway ends. */
export class SessionSecrets<Secret> {
  readonly #secrets = new Map<string, Secret>();

  get(sessionId: string): Secret | undefined {
    return this.#secrets.get(sessionId);
  }

  /**
   * Sets the secret of a session; undefined removes it.
   *
   * @returns the previous secret
   */
  set(sessionId: string, secret: Secret | undefined): Secret | undefined {
    const previous = this.#secrets.get(sessionId);
    if (secret === undefined) this.#secrets.delete(sessionId);
    else this.#secrets.set(sessionId, secret);
    return previous;
  }

  copy(from: string, to: string): void {
    this.set(to, this.#secrets.get(from));
  }
}
