interface Rewrite {
  /** Counted from 1. */
  readonly revision: number;
  readonly commonLength: number;
}

const MAX_REWRITES = 64;

/** How much of the text that a reader holds is still valid after the text was replaced, possibly several times. */
export class Rewrites {
  /**
   * In ascending order of both revision and common length: a reader from before a replacement is bound by the
   * shortest common prefix since then, so an earlier replacement with a longer one never matters.
   */
  readonly #rewrites: Rewrite[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param commonLength length of the common prefix of the old and the new text */
  add(commonLength: number): void {
    this.#count++;
    while ((this.#rewrites.at(-1)?.commonLength ?? -1) >= commonLength) this.#rewrites.pop();
    this.#rewrites.push({ revision: this.#count, commonLength });
    if (this.#rewrites.length > MAX_REWRITES) this.#mergeOldest();
  }

  /** Returns infinity when the text was only appended to since the revision. */
  computeCommonLength(revision: number): number {
    const next = this.#rewrites.find((rewrite) => rewrite.revision > revision);
    return next?.commonLength ?? Number.POSITIVE_INFINITY;
  }

  /** Readers between the two then go back further than necessary. */
  #mergeOldest(): void {
    const [oldest, next] = this.#rewrites.splice(0, 2);
    if (oldest && next) this.#rewrites.unshift({ ...next, commonLength: oldest.commonLength });
  }
}
