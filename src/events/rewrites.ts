interface Rewrite {
  /** Counted from 1. */
  readonly revision: number;
  readonly common: number;
}

const KEPT = 64;

/** How much of what a reader holds is still right after a text was rewritten, several times perhaps. */
export class Rewrites {
  /** Later ones that have more in common than an earlier one do not matter for the readers of before it. */
  readonly #rewrites: Rewrite[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param common length of what the old and the new text begin with */
  add(common: number): void {
    this.#count++;
    while ((this.#rewrites.at(-1)?.common ?? -1) >= common) this.#rewrites.pop();
    this.#rewrites.push({ revision: this.#count, common });
    if (this.#rewrites.length > KEPT) this.#mergeOldest();
  }

  /** Infinite when the text was only written on. */
  commonSince(revision: number): number {
    const next = this.#rewrites.find((rewrite) => rewrite.revision > revision);
    return next?.common ?? Number.POSITIVE_INFINITY;
  }

  /** A reader between the two goes back further than it must. */
  #mergeOldest(): void {
    const [oldest, next] = this.#rewrites.splice(0, 2);
    if (oldest && next) this.#rewrites.unshift({ ...next, common: oldest.common });
  }
}
