import { median } from '../support/statistics.ts';

const PAUSE_MS = 500;

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

  /** The median of the first quarter of the time. */
  get first(): number {
    return median(this.#samples.slice(0, Math.ceil(this.#samples.length / 4)));
  }

  get last(): number {
    return median(this.#samples.slice(-Math.ceil(this.#samples.length / 4)));
  }

  stop(): void {
    clearTimeout(this.#delay);
    clearInterval(this.#timer);
  }

  async #take(): Promise<void> {
    this.#samples.push(await this.#read().catch(() => Number.NaN));
  }
}
