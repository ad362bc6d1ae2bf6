import type { Endpoint } from '../fan-out/serve-fan-out.ts';
import { answerCalls } from '../support/child.ts';
import { now } from '../support/clock.ts';
import { GraphqlSocket } from '../support/graphql-socket.ts';
import { ageOf, piecesOf } from '../support/stamps.ts';
import { percentile } from '../support/statistics.ts';
import { authorizationOf } from './viewers.ts';

export interface Heard {
  readonly deltas: number;
  /** Milliseconds. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly most: number | undefined;
  /** Null: the stream goes on. */
  readonly ended: string | null;
}

let latencies: number[] = [];
let ended: string | null = null;

const offer = {
  watch: async ({ url, query, variables }: Endpoint): Promise<void> => {
    const socket = await GraphqlSocket.connect(url, { authorization: authorizationOf('reader') });
    socket.subscribe(
      { query, variables },
      {
        next: (data) => {
          const { text } = data['messageDelta'] as { text: string };
          const at = now();
          for (const piece of piecesOf(text)) latencies.push(ageOf(piece, at));
        },
        end: (problem) => {
          ended = problem ?? 'completed';
        },
      },
    );
  },
  reset: (_none: null): void => {
    latencies = [];
  },
  heard: (_none: null): Heard => ({
    deltas: latencies.length,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    most: percentile(latencies, 1),
    ended,
  }),
};

export type ReaderClient = typeof offer;

answerCalls(offer);
