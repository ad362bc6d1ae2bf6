import { median } from '../support/statistics.ts';

const PAUSE_MS = 3_000;

/** The memory of a process in the second half of a run, in megabytes. */
export class RssTrend {
  readonly #samples: number[] = [];
  readonly #read: () => Promise<number>;
  readonly #delay: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;

  constructor(read: () => Promise<number>, seconds: number) {
    this.#read = read;
    this.#delay = setTimeout(
      () => {
        this.#timer = setInterval(() => void this.#take(), PAUSE_MS);
      },
      (seconds * 1_000) / 2,
    );
  }

  /** The median of the second quarter of the time: in the first one the process takes what it needs in any case. */
  get early(): number {
    return median(this.#samples.slice(this.#quarter, 2 * this.#quarter));
  }

  /** The median of the last quarter. */
  get late(): number {
    return median(this.#samples.slice(-this.#quarter));
  }

  get #quarter(): number {
    return Math.ceil(this.#samples.length / 4);
  }

  stop(): void {
    clearTimeout(this.#delay);
    clearInterval(this.#timer);
  }

  async #take(): Promise<void> {
    const size = await this.#read().catch(() => undefined);
    if (size !== undefined) this.#samples.push(size);
  }
}
