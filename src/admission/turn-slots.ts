interface TurnSlot {
  readonly release: () => void;
  /** Settles when the turn has ended. */
  readonly ended: Promise<unknown>;
}

/** Holds one slot for each open turn, however many messages joined the turn. */
export class TurnSlots {
  readonly #turnIds = new Set<string>();

  /** Releases the slot when the turn ends, or immediately if the turn has a slot already. */
  holdUntilTurnEnds(turnId: string, { release, ended }: TurnSlot): void {
    if (this.#turnIds.has(turnId)) {
      release();
      return;
    }
    this.#turnIds.add(turnId);
    const releaseTurn = (): void => {
      this.#turnIds.delete(turnId);
      release();
    };
    ended.then(releaseTurn, releaseTurn);
  }
}
