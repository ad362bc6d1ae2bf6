/** Ends all that it was given, the latest first. */
export class Owned implements AsyncDisposable {
  readonly #things: AsyncDisposable[] = [];

  take<T extends AsyncDisposable>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const thing of this.#things.splice(0).reverse()) await thing[Symbol.asyncDispose]();
  }
}
