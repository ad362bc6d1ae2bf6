import { now, wait } from '../support/clock.ts';
import type { KillableGateway } from './killable-gateway.ts';
import { Reader, type ReaderOptions } from './reader.ts';
import type { SoakRecord } from './record.ts';

export interface TroubleOptions {
  readonly seconds: number;
  readonly sessionIds: readonly string[];
  readonly gateway: KillableGateway;
  readonly record: SoakRecord;
  readonly random: () => number;
}

interface Kill {
  readonly at: number;
  readonly what: 'gateway' | 'runtime';
}

const READERS = 60;
const GATEWAY_KILLS = 5;
const RUNTIME_KILLS = 10;
const MAX_PAUSE_MS = 200;
const MAX_STALL_MS = 3_000;

/** Readers that come and go, lines that break, and processes that are killed. */
export class Trouble {
  readonly #options: TroubleOptions;
  readonly #readers = new Set<Reader>();
  readonly #kills: Kill[];

  constructor(options: TroubleOptions) {
    this.#options = options;
    this.#kills = plannedKills(options);
  }

  /** Makes trouble for as long as it was told; the readers stay. */
  async run(): Promise<void> {
    const end = now() + this.#options.seconds * 1_000;
    const startedAt = now();
    // On a slow machine the kills take longer than they were given.
    while (now() < end || this.#kills.length > 0) {
      await this.#killIfDue((now() - startedAt) / 1_000);
      this.#disturb();
      await wait(this.#options.random() * MAX_PAUSE_MS);
    }
  }

  async leaveAll(): Promise<void> {
    for (const reader of this.#readers) reader.leave();
    await Promise.all([...this.#readers].map(({ done }) => done));
  }

  async #killIfDue(second: number): Promise<void> {
    const { gateway, record } = this.#options;
    const [next] = this.#kills;
    if (!next || next.at > second) return;
    this.#kills.shift();
    if (next.what === 'gateway') {
      record.counts.gatewayKills++;
      await gateway.kill();
    } else {
      record.counts.runtimeKills++;
      await gateway.killRuntime();
    }
  }

  #disturb(): void {
    const { random, record } = this.#options;
    const reader = [...this.#readers][Math.floor(random() * this.#readers.size)];
    const chance = random();
    if (!reader || chance < (this.#readers.size < READERS ? 0.5 : 0)) this.#join();
    else if (chance < 0.7) {
      record.counts.leaves++;
      this.#readers.delete(reader);
      reader.leave();
    } else if (chance < 0.9) {
      record.counts.cuts++;
      reader.cut();
    } else {
      record.counts.stalls++;
      void reader.stall(random() * MAX_STALL_MS);
    }
  }

  #join(): void {
    const { sessionIds, gateway, record, random } = this.#options;
    record.counts.joins++;
    const options: ReaderOptions = {
      url: () => gateway.url,
      sessionId: sessionIds[Math.floor(random() * sessionIds.length)] ?? '',
      maxLatencyMs: random() < 0.5 ? 0 : 50,
      record,
    };
    this.#readers.add(new Reader(options));
  }
}

/** The gateway's are in the first half, so that one process lives long enough to see whether it grows. */
function plannedKills({ seconds, random }: TroubleOptions): Kill[] {
  const kills = [
    ...Array.from({ length: GATEWAY_KILLS }, () => ({
      at: random() * 0.5 * seconds,
      what: 'gateway' as const,
    })),
    ...Array.from({ length: RUNTIME_KILLS }, () => ({
      at: random() * 0.9 * seconds,
      what: 'runtime' as const,
    })),
  ];
  return kills.sort((a, b) => a.at - b.at);
}
