import type { SendRecord, SessionDirectory } from '../directory/session-directory.ts';
import type { Turn } from '../events/turn.ts';
import { readMessages } from './history.ts';
import type { Journal } from './journal.ts';
import type { Turns } from './turns.ts';

/** Clocks of the gateway and of a runtime elsewhere differ. */
const CLOCK_SLACK_MS = 2_000;

export interface Sent {
  readonly turn: Turn;
  /** Position just before the message. */
  readonly cursor: string;
}

interface SenderOptions {
  readonly sessionId: string;
  readonly directory: SessionDirectory;
  readonly journal: Journal;
  readonly turns: Turns;
  /** Attaches first. */
  readonly position: () => Promise<string>;
  /** @returns the turn that it starts */
  readonly send: (prompt: string) => Promise<Turn>;
}

/** Sends messages; one that comes again under the same id of its client is not sent again. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #underWay = new Map<string, Promise<Sent>>();
  #sending = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get isSending(): boolean {
    return this.#sending > 0;
  }

  async send(prompt: string, clientMessageId: string | null): Promise<Sent> {
    this.#sending++;
    try {
      return await this.#send(prompt, clientMessageId);
    } finally {
      this.#sending--;
    }
  }

  async #send(prompt: string, clientMessageId: string | null): Promise<Sent> {
    if (clientMessageId === null) return this.#sendNow(prompt, await this.#options.position());
    const known = this.#underWay.get(clientMessageId);
    if (known) return known;
    const sending = this.#sendOnce(prompt, clientMessageId).finally(() => {
      this.#underWay.delete(clientMessageId);
    });
    this.#underWay.set(clientMessageId, sending);
    return sending;
  }

  async #sendOnce(prompt: string, clientMessageId: string): Promise<Sent> {
    const { sessionId, directory } = this.#options;
    const cursor = await this.#options.position();
    const request = { clientMessageId, cursor, messageId: null, sentAt: new Date() };
    const earlier = await directory.beginSend(sessionId, request);
    const messageId = earlier && (earlier.messageId ?? (await this.#findSent(prompt, earlier)));
    const sent = messageId
      ? { turn: await this.#turnOf(messageId), cursor: earlier.cursor }
      : await this.#sendNow(prompt, cursor);
    await directory.finishSend(sessionId, clientMessageId, sent.turn.messageId);
    return sent;
  }

  /** The earlier send was never answered: whether the runtime took it, only the journal knows. */
  async #findSent(prompt: string, earlier: SendRecord): Promise<string | undefined> {
    const { sessionId, directory, journal } = this.#options;
    const since = earlier.sentAt.getTime() - CLOCK_SLACK_MS;
    for (const message of await readMessages(journal)) {
      const fits = message.kind === 'user' && message.content === prompt;
      if (!fits || message.createdAt.getTime() < since) continue;
      if (!(await directory.isSent(sessionId, message.id))) return message.id;
    }
    return undefined;
  }

  async #sendNow(prompt: string, cursor: string): Promise<Sent> {
    return { turn: await this.#options.send(prompt), cursor };
  }

  async #turnOf(messageId: string): Promise<Turn> {
    const { sessionId, directory, turns } = this.#options;
    const stored = turns.find(messageId) ?? (await directory.findTurn(sessionId, messageId));
    return stored ?? turns.queued(messageId, new Date());
  }
}
