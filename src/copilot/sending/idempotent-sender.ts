import type { Turn } from '../../events/turn.ts';
import type { SendRecord, SentAs, SessionDirectory } from '../../store/session-directory.ts';
import { readMessages } from '../history/message-history.ts';
import type { Turns } from '../projections/turns.ts';
import type { Journal } from '../runtime/journal.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import type { Delivered, OutgoingMessage } from './delivery.ts';

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
  readonly send: (message: OutgoingMessage) => Promise<Delivered>;
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

  async send(message: OutgoingMessage, clientMessageId: string | null): Promise<Sent> {
    this.#sending++;
    try {
      return await this.#send(message, clientMessageId);
    } finally {
      this.#sending--;
    }
  }

  async #send(message: OutgoingMessage, clientMessageId: string | null): Promise<Sent> {
    const { position, send } = this.#options;
    if (clientMessageId === null) {
      const cursor = await position();
      return { turn: (await send(message)).turn, cursor };
    }
    const known = this.#underWay.get(clientMessageId);
    if (known) return known;
    const sending = this.#sendOnce(message, clientMessageId).finally(() => {
      this.#underWay.delete(clientMessageId);
    });
    this.#underWay.set(clientMessageId, sending);
    return sending;
  }

  async #sendOnce(message: OutgoingMessage, clientMessageId: string): Promise<Sent> {
    const { sessionId, directory } = this.#options;
    const cursor = await this.#options.position();
    const first = { clientMessageId, cursor, messageId: null, turnMessageId: null };
    const earlier = await directory.beginSend(sessionId, { ...first, sentAt: new Date() });
    const sentAs = earlier && (sentAsOf(earlier) ?? (await this.#findSent(message, earlier)));
    if (sentAs) {
      await directory.finishSend(sessionId, clientMessageId, sentAs);
      return { turn: await this.#turnOf(sentAs.turnMessageId), cursor: earlier.cursor };
    }
    const { messageId, turn } = await this.#sendNow(message, clientMessageId);
    const turnMessageId = turn.messageId;
    await directory.finishSend(sessionId, clientMessageId, { messageId, turnMessageId });
    return { turn, cursor };
  }

  async #sendNow(message: OutgoingMessage, clientMessageId: string): Promise<Delivered> {
    const { sessionId, directory } = this.#options;
    try {
      return await this.#options.send(message);
    } catch (error) {
      // Nothing was sent: it must not be looked for when it comes again.
      if (isFailure(error, 'SESSION_BUSY')) {
        await directory.finishSend(sessionId, clientMessageId, null);
      }
      throw error;
    }
  }

  /** The earlier send was never answered: whether the runtime took it, only the journal knows. */
  async #findSent({ prompt }: OutgoingMessage, earlier: SendRecord): Promise<SentAs | undefined> {
    const { sessionId, directory, journal } = this.#options;
    const since = earlier.sentAt.getTime() - CLOCK_SLACK_MS;
    for (const message of await readMessages(journal)) {
      const fits = message.kind === 'user' && message.content === prompt;
      if (!fits || message.createdAt.getTime() < since) continue;
      const { id, turnMessageId } = message;
      if (!(await directory.isSent(sessionId, id))) {
        return { messageId: id, turnMessageId: turnMessageId ?? id };
      }
    }
    return undefined;
  }

  async #turnOf(messageId: string): Promise<Turn> {
    const { sessionId, directory, turns } = this.#options;
    const stored = turns.find(messageId) ?? (await directory.findTurn(sessionId, messageId));
    return stored ?? turns.queued(messageId, new Date());
  }
}

function sentAsOf({ messageId, turnMessageId }: SendRecord): SentAs | undefined {
  return messageId === null ? undefined : { messageId, turnMessageId: turnMessageId ?? messageId };
}
