import { answerCalls } from '../support/child.ts';
import { now, until } from '../support/clock.ts';
import { inParallel } from '../support/in-parallel.ts';
import { ageOf, piecesOf } from '../support/stamps.ts';
import { percentile } from '../support/statistics.ts';
import { type ChatKind, openChat } from './open-chat.ts';

export interface ClientOptions {
  readonly url: string;
  readonly kind: ChatKind;
  readonly sessions: number;
  readonly prompt: string;
}

export interface Heard {
  readonly tokens: number;
  /** Milliseconds from the byte of the model to here. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

const AT_ONCE = 8;
const FIRST_TIMEOUT_MS = 60_000;

let latencies: number[] = [];
const heard = new Set<number>();

const offer = {
  /** Returns when the answers have begun in all sessions. */
  start: async ({ url, kind, sessions, prompt }: ClientOptions): Promise<void> => {
    const chat = await openChat(url, kind);
    const indices = Array.from({ length: sessions }, (_session, index) => index);
    await inParallel(indices, AT_ONCE, async (index) => {
      await chat.create(`session-${index}`);
      await chat.follow(`session-${index}`, (text) => {
        take(index, text);
      });
    });
    await Promise.all(indices.map((index) => chat.send(`session-${index}`, prompt)));
    const what = 'all answers to begin';
    await until(() => heard.size === sessions, { what, timeoutMs: FIRST_TIMEOUT_MS });
  },
  reset: (_none: null) => {
    latencies = [];
  },
  heard: (_none: null): Heard => ({
    tokens: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }),
};

export type ChatClient = typeof offer;

answerCalls(offer);

function take(index: number, text: string): void {
  const at = now();
  heard.add(index);
  for (const piece of piecesOf(text)) latencies.push(ageOf(piece, at));
}
