interface Rewrite {
  /** Counted from 1. */
  readonly revision: number;
  readonly commonLength: number;
}

const MAX_REWRITES = 64;

/** How much of what a reader holds is still right after a text was rewritten, several times perhaps. */
export class Rewrites {
  /** Later ones that have more in common than an earlier one do not matter for the readers of before it. */
  readonly #rewrites: Rewrite[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param commonLength length of what the old and the new text begin with */
  add(commonLength: number): void {
    this.#count++;
    while ((this.#rewrites.at(-1)?.commonLength ?? -1) >= commonLength) this.#rewrites.pop();
    this.#rewrites.push({ revision: this.#count, commonLength });
    if (this.#rewrites.length > MAX_REWRITES) this.#mergeOldest();
  }

  /** Infinite when the text was only written on. */
  computeCommonLength(revision: number): number {
    const next = this.#rewrites.find((rewrite) => rewrite.revision > revision);
    return next?.commonLength ?? Number.POSITIVE_INFINITY;
  }

  /** A reader between the two goes back further than it must. */
  #mergeOldest(): void {
    const [oldest, next] = this.#rewrites.splice(0, 2);
    if (oldest && next) this.#rewrites.unshift({ ...next, commonLength: oldest.commonLength });
  }
}
