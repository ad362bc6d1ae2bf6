import { answerCalls } from '../support/child.ts';
import { percentile } from '../support/statistics.ts';
import type { Endpoint } from './serve-fan-out.ts';
import { Subscribers } from './subscribers.ts';

export interface Delivered {
  readonly messages: number;
  readonly deltas: number;
  /** Milliseconds. */
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

const subscribers = new Subscribers();

const offer = {
  connect: ({ endpoint, count }: { readonly endpoint: Endpoint; readonly count: number }) =>
    subscribers.connect(endpoint, count),
  allHeard: (_none: null) => subscribers.allHeard(),
  stallFirst: (_none: null) => {
    subscribers.stallFirst();
  },
  reset: (_none: null) => {
    subscribers.reset();
  },
  delivered: (_none: null): Delivered => ({
    messages: subscribers.messages,
    deltas: subscribers.pieces,
    p50: percentile(subscribers.latencies, 0.5),
    p99: percentile(subscribers.latencies, 0.99),
  }),
};

export type LoadClient = typeof offer;

answerCalls(offer);
