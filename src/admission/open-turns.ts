interface HeldSlot {
  /** Gives the slot back. */
  readonly leave: () => void;
  readonly ended: Promise<unknown>;
}

/** One slot for each turn that is open, by whatever messages it was asked for. */
export class OpenTurns {
  readonly #held = new Set<string>();

  /** Until the turn has ended; at once when it has a slot already. */
  hold(turnId: string, { leave, ended }: HeldSlot): void {
    if (this.#held.has(turnId)) {
      leave();
      return;
    }
    this.#held.add(turnId);
    const free = (): void => {
      this.#held.delete(turnId);
      leave();
    };
    ended.then(free, free);
  }
}
