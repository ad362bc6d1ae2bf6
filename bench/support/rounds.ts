import { median } from './statistics.ts';

/** What the rounds of several variants gave. */
export class Rounds<T> {
  readonly #say: (line: string) => void;
  readonly #results = new Map<string, T[]>();
  readonly #failures = new Map<string, string[]>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** All variants in turn, and again: what disturbs the machine for a while disturbs all of them. */
  async run<V extends { readonly name: string }>(
    rounds: number,
    variants: readonly V[],
    measure: (variant: V) => Promise<T>,
  ): Promise<void> {
    for (let round = 1; round <= rounds; round++) {
      for (const variant of variants) {
        this.#say(`round ${round} of ${rounds}: ${variant.name}`);
        await this.#measure(variant, measure);
      }
    }
  }

  median(name: string, read: (round: T) => number): number {
    return median((this.#results.get(name) ?? []).map(read));
  }

  /** How many rounds, for a table; a dash for none. */
  failuresOf(name: string): string {
    return String(this.#failures.get(name)?.length ?? '-');
  }

  async #measure<V extends { readonly name: string }>(
    variant: V,
    measure: (variant: V) => Promise<T>,
  ): Promise<void> {
    try {
      push(this.#results, variant.name, await measure(variant));
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#say(`${variant.name} failed: ${problem}`);
      push(this.#failures, variant.name, problem);
    }
  }
}

function push<T>(lists: Map<string, T[]>, name: string, value: T): void {
  lists.set(name, [...(lists.get(name) ?? []), value]);
}
