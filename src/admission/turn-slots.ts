interface TurnSlot {
  /** Gives the slot back. */
  readonly release: () => void;
  readonly ended: Promise<unknown>;
}

/** One slot for each turn that is open, by whatever messages it was asked for. */
export class TurnSlots {
  readonly #turnIds = new Set<string>();

  /** Until the turn has ended; at once when it has a slot already. */
  holdUntilTurnEnds(turnId: string, { release, ended }: TurnSlot): void {
    if (this.#turnIds.has(turnId)) {
      release();
      return;
    }
    this.#turnIds.add(turnId);
    const free = (): void => {
      this.#turnIds.delete(turnId);
      release();
    };
    ended.then(free, free);
  }
}
