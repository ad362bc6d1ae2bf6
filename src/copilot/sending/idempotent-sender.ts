import { isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SendRecord, SentMessageIds, SessionStore } from '../../store/session-store.ts';
import { readMessages } from '../history/reduce-history.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import type { Journal } from '../runtime/journal.ts';
import type { OutgoingMessage } from './delivery.ts';
import type { SessionTurnControl } from './turn-control.ts';

/** Tolerated difference between the clocks of the gateway and of a runtime on another machine. */
const CLOCK_SKEW_MS = 2_000;

export interface SendOutcome {
  readonly turn: Turn;
  /** Stream cursor just before the message. */
  readonly cursor: string;
}

interface IdempotentSenderOptions {
  readonly store: SessionStore;
  readonly journal: Journal;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly link: SessionLink;
  readonly turnControl: SessionTurnControl;
}

interface SendOptions extends Pick<AttachOptions, 'record'> {
  /** The client's idempotency key; null: every send is a new message. */
  readonly clientMessageId: string | null;
}

/**
 * Sends the messages of clients to the runtime, each client message id once:
 *
 *   attach -> cursor -> beginSend -> deliver (lock -> SDK session -> send) -> finishSend
 *
 * 1. Concurrent sends with the same client message id share one result.
 * 2. `beginSend` is stored before the message is delivered, `finishSend` after. An id that has begun and not finished
 *    is looked up in the journal: whether the runtime accepted the message, only the journal knows.
 * 3. The cursor is taken after the attach, which may append to the log, and before the message is delivered.
 */
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

  async send(message: OutgoingMessage, options: SendOptions): Promise<SendOutcome> {
    this.#sendingCount++;
    try {
      return await this.#once(options.clientMessageId, async () => {
        const { link, log, turnControl } = this.#options;
        await link.attach({ record: options.record });
        const { cursor } = log;
        if (options.clientMessageId !== null) {
          return await this.#sendRecorded(message, options.clientMessageId, cursor);
        }
        return { turn: (await turnControl.deliver(message)).turn, cursor };
      });
    } finally {
      this.#sendingCount--;
    }
  }

  #once(key: string | null, send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    if (key === null) return send();
    const sending =
      this.#inFlight.get(key) ??
      send().finally(() => {
        this.#inFlight.delete(key);
      });
    this.#inFlight.set(key, sending);
    return sending;
  }

  async #sendRecorded(
    message: OutgoingMessage,
    clientMessageId: string,
    cursor: string,
  ): Promise<SendOutcome> {
    const { log, store, turnControl } = this.#options;
    const { sessionId } = log;
    const earlier = await store.beginSend(sessionId, {
      clientMessageId,
      cursor,
      messageId: null,
      turnMessageId: null,
      sentAt: new Date(),
    });
    const sentAs = earlier && (await this.#findSent(message, earlier));
    if (sentAs) {
      await store.finishSend(sessionId, clientMessageId, sentAs);
      return { turn: await this.#resolveTurn(sentAs.turnMessageId), cursor: earlier.cursor };
    }
    try {
      const { messageId, turn } = await turnControl.deliver(message);
      const turnMessageId = turn.messageId;
      await store.finishSend(sessionId, clientMessageId, { messageId, turnMessageId });
      return { turn, cursor };
    } catch (error) {
      // Nothing was sent: a retry must not search the journal for the message.
      if (isGatewayError(error, 'SESSION_BUSY')) {
        await store.finishSend(sessionId, clientMessageId, null);
      }
      throw error;
    }
  }

  /** Returns the ids under which an earlier send has reached the runtime; undefined if it has not. */
  async #findSent(
    { prompt }: OutgoingMessage,
    { messageId, turnMessageId, sentAt }: SendRecord,
  ): Promise<SentMessageIds | undefined> {
    if (messageId !== null) return { messageId, turnMessageId: turnMessageId ?? messageId };
    const { log, store, journal } = this.#options;
    const since = sentAt.getTime() - CLOCK_SKEW_MS;
    for (const message of await readMessages(journal)) {
      const isMatch = message.kind === 'user' && message.content === prompt;
      if (!isMatch || message.createdAt.getTime() < since) continue;
      if (await store.isSent(log.sessionId, message.id)) continue;
      return { messageId: message.id, turnMessageId: message.turnMessageId ?? message.id };
    }
    return undefined;
  }

  async #resolveTurn(messageId: string): Promise<Turn> {
    const { log, store, turns } = this.#options;
    const turn = turns.find(messageId) ?? (await store.findTurn(log.sessionId, messageId));
    return turn ?? turns.queueTurn(messageId, new Date());
  }
}
