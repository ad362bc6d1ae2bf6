import { answerCalls } from '../support/child.ts';
import { type Delta, DeltaSource, type Pace } from './delta-source.ts';

export interface Endpoint {
  /** Of the WebSocket. */
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface OpenOptions {
  /** A folder that the process may fill. */
  readonly dataDir: string;
}

export interface FanOutServer {
  readonly endpoint: Endpoint;
  /** To all subscribers. */
  publish(delta: Delta): void;
}

export interface FanOutOffer {
  readonly open: (options: OpenOptions) => Promise<Endpoint>;
  readonly emit: (pace: Pace) => void;
  /** Deltas so far. */
  readonly emitted: (none: null) => number;
}

/** The deltas are made in the process of the server, so that nothing but their distribution is measured. */
export function serveFanOut(open: (options: OpenOptions) => Promise<FanOutServer>): void {
  let source: DeltaSource | undefined;
  answerCalls({
    open: async (options) => {
      const server = await open(options);
      source = new DeltaSource((delta) => {
        server.publish(delta);
      });
      return server.endpoint;
    },
    emit: (pace) => source?.start(pace),
    emitted: () => source?.emitted ?? 0,
  } satisfies FanOutOffer);
}
