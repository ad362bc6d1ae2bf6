import { wait } from '../support/clock.ts';
import { GraphqlSocket } from '../support/graphql-socket.ts';
import { promptFor } from '../support/model-prompts.ts';
import type { SoakRecord } from './record.ts';

const create = `mutation ($sessionId: ID!) {
  createSession(input: { sessionId: $sessionId, ifExists: RESUME }) { created }
}`;
const ask = `mutation ($sessionId: ID!, $prompt: String!) {
  sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) { finishedTurn { state } }
}`;

const RETRY_MS = 300;

export interface SpeakerOptions {
  readonly url: () => string;
  readonly sessionId: string;
  readonly record: SoakRecord;
  readonly random: () => number;
  /** Another one at each call. */
  readonly nextSeed: () => number;
}

/** Asks one thing after the other in one session. */
export class Speaker {
  readonly done: Promise<void>;
  readonly #options: SpeakerOptions;
  #socket: GraphqlSocket | undefined;
  #isStopping = false;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.done = this.#run();
  }

  /** After the answer that is under way. */
  stop(): void {
    this.#isStopping = true;
  }

  async #run(): Promise<void> {
    const { record } = this.#options;
    while (!this.#isStopping) {
      try {
        const socket = this.#socket ?? (await this.#connect());
        record.counts[(await this.#ask(socket)) ? 'turns' : 'failedTurns']++;
      } catch {
        record.counts.failedTurns++;
        this.#socket?.terminate();
        this.#socket = undefined;
        await wait(RETRY_MS);
      }
    }
    this.#socket?.close();
  }

  async #connect(): Promise<GraphqlSocket> {
    const { url, sessionId } = this.#options;
    this.#socket = await GraphqlSocket.connect(url());
    await this.#socket.run(create, { sessionId });
    return this.#socket;
  }

  /** @returns whether it was answered */
  async #ask(socket: GraphqlSocket): Promise<boolean> {
    const { sessionId, record, random, nextSeed } = this.#options;
    const order = {
      tokens: 20 + Math.floor(random() * 150),
      perSecond: 50 + Math.floor(random() * 200),
      seed: nextSeed(),
    };
    record.order(order);
    const result = await socket.run(ask, { sessionId, prompt: promptFor(order) });
    return JSON.stringify(result).includes('"COMPLETED"');
  }
}
