import { isGatewayError } from '../../errors/gateway-error.ts';
import type { Turn } from '../../events/turn.ts';
import type { SendRecord, SentMessageIds, SessionStore } from '../../store/session-store.ts';
import { readMessages } from '../history/reduce-history.ts';
import type { Turns } from '../projections/turns.ts';
import type { Journal } from '../runtime/journal.ts';
import type { DeliveryResult, OutgoingMessage } from './delivery.ts';

/** Clocks of the gateway and of a runtime elsewhere differ. */
const CLOCK_SKEW_MS = 2_000;

export interface SendOutcome {
  readonly turn: Turn;
  /** Position just before the message. */
  readonly cursor: string;
}

interface IdempotentSenderOptions {
  readonly sessionId: string;
  readonly store: SessionStore;
  readonly journal: Journal;
  readonly turns: Turns;
  /** Attaches first. */
  readonly attachAndGetCursor: () => Promise<string>;
  readonly deliver: (message: OutgoingMessage) => Promise<DeliveryResult>;
}

/** Sends messages; one that comes again under the same id of its client is not sent again. */
export class IdempotentSender {
  readonly #options: IdempotentSenderOptions;
  readonly #inFlight = new Map<string, Promise<SendOutcome>>();
  #sendingCount = 0;

  constructor(options: IdempotentSenderOptions) {
    this.#options = options;
  }

  get isSending(): boolean {
    return this.#sendingCount > 0;
  }

  async send(message: OutgoingMessage, clientMessageId: string | null): Promise<SendOutcome> {
    this.#sendingCount++;
    try {
      return await this.#sendIdempotently(message, clientMessageId);
    } finally {
      this.#sendingCount--;
    }
  }

  async #sendIdempotently(
    message: OutgoingMessage,
    clientMessageId: string | null,
  ): Promise<SendOutcome> {
    const { attachAndGetCursor, deliver } = this.#options;
    if (clientMessageId === null) {
      const cursor = await attachAndGetCursor();
      return { turn: (await deliver(message)).turn, cursor };
    }
    const known = this.#inFlight.get(clientMessageId);
    if (known) return known;
    const sending = this.#sendOnce(message, clientMessageId).finally(() => {
      this.#inFlight.delete(clientMessageId);
    });
    this.#inFlight.set(clientMessageId, sending);
    return sending;
  }

  async #sendOnce(message: OutgoingMessage, clientMessageId: string): Promise<SendOutcome> {
    const { sessionId, store } = this.#options;
    const cursor = await this.#options.attachAndGetCursor();
    const first = { clientMessageId, cursor, messageId: null, turnMessageId: null };
    const earlier = await store.beginSend(sessionId, { ...first, sentAt: new Date() });
    const sentAs =
      earlier && (toSentAs(earlier) ?? (await this.#findSentInJournal(message, earlier)));
    if (sentAs) {
      await store.finishSend(sessionId, clientMessageId, sentAs);
      return { turn: await this.#resolveTurn(sentAs.turnMessageId), cursor: earlier.cursor };
    }
    const { messageId, turn } = await this.#sendOrForget(message, clientMessageId);
    const turnMessageId = turn.messageId;
    await store.finishSend(sessionId, clientMessageId, { messageId, turnMessageId });
    return { turn, cursor };
  }

  async #sendOrForget(message: OutgoingMessage, clientMessageId: string): Promise<DeliveryResult> {
    const { sessionId, store } = this.#options;
    try {
      return await this.#options.deliver(message);
    } catch (error) {
      // Nothing was sent: it must not be looked for when it comes again.
      if (isGatewayError(error, 'SESSION_BUSY')) {
        await store.finishSend(sessionId, clientMessageId, null);
      }
      throw error;
    }
  }

  /** The earlier send was never answered: whether the runtime took it, only the journal knows. */
  async #findSentInJournal(
    { prompt }: OutgoingMessage,
    earlier: SendRecord,
  ): Promise<SentMessageIds | undefined> {
    const { sessionId, store, journal } = this.#options;
    const since = earlier.sentAt.getTime() - CLOCK_SKEW_MS;
    for (const message of await readMessages(journal)) {
      const fits = message.kind === 'user' && message.content === prompt;
      if (!fits || message.createdAt.getTime() < since) continue;
      const { id, turnMessageId } = message;
      if (!(await store.isSent(sessionId, id))) {
        return { messageId: id, turnMessageId: turnMessageId ?? id };
      }
    }
    return undefined;
  }

  async #resolveTurn(messageId: string): Promise<Turn> {
    const { sessionId, store, turns } = this.#options;
    const stored = turns.find(messageId) ?? (await store.findTurn(sessionId, messageId));
    return stored ?? turns.queueTurn(messageId, new Date());
  }
}

function toSentAs({ messageId, turnMessageId }: SendRecord): SentMessageIds | undefined {
  return messageId === null ? undefined : { messageId, turnMessageId: turnMessageId ?? messageId };
}
