import type { CopilotSession } from '@github/copilot-sdk';

import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import { Semaphore } from '../runtime/semaphore.ts';
import type { SessionServices } from '../services.ts';
import { Delivery, type DeliveryResult, type OutgoingMessage } from './delivery.ts';
import { MessageQueue } from './message-queue.ts';
import { withPausedQueue } from './with-paused-queue.ts';

interface TurnControlOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly link: SessionLink;
}

export interface AbortResult {
  /** Null: it had ended before. */
  readonly turn: Turn | null;
  /** What waited, and was dropped by the runtime. */
  readonly discarded: readonly QueuedMessage[];
}

/** What clients do with one session. */
export interface SessionTurnControl {
  send(message: OutgoingMessage): Promise<DeliveryResult>;
  abort(messageId: string | null): Promise<AbortResult>;
  removeQueued(messageId: string): Promise<QueuedMessage>;
  /** Whether the agent goes on, as far as anybody here can know. */
  isAgentWorking(): Promise<boolean>;
  abortStalledTurn(): Promise<void>;
  /** What waits, oldest first. */
  listQueued(): Promise<QueuedMessage[]>;
  /** What waits may have changed. */
  refreshQueue(): void;
}

const nothingAborted: AbortResult = { turn: null, discarded: [] };
/** Seen: a few milliseconds. */
const END_TIMEOUT_MS = 10_000;

/** What goes to the runtime for one session, one after the other: over the wire, a later call may overtake. */
export class TurnControl implements SessionTurnControl {
  readonly #options: TurnControlOptions;
  readonly #queue: MessageQueue;
  readonly #delivery: Delivery;
  readonly #mutex = new Semaphore(1);

  constructor(options: TurnControlOptions) {
    this.#options = options;
    this.#queue = new MessageQueue(options);
    const { services, turns } = options;
    this.#delivery = new Delivery({ runtime: services.runtime, turns, queue: this.#queue });
  }

  listQueued(): Promise<QueuedMessage[]> {
    return this.#queue.read();
  }

  refreshQueue(): void {
    this.#queue.refresh();
  }

  /** @throws Failure SESSION_BUSY for REJECT_IF_BUSY while a turn runs or waits: then nothing was sent */
  send(message: OutgoingMessage): Promise<DeliveryResult> {
    const { link } = this.#options;
    return this.#mutex.run(() =>
      link.withSdkSession((current) => this.#delivery.deliver(current, message)),
    );
  }

  /** @param messageId of the only turn that may be stopped; null: whichever runs */
  abort(messageId: string | null): Promise<AbortResult> {
    return this.#mutex.run(async () => {
      const attachment = await this.#options.link.waitForPendingAttach();
      return attachment ? this.#abortPaused(attachment, messageId) : nothingAborted;
    });
  }

  async isAgentWorking(): Promise<boolean> {
    const { link, services } = this.#options;
    const { sdkSession } = link;
    if (!sdkSession) return false;
    return (await services.runtime.call(() => sdkSession.rpc.metadata.isProcessing())).processing;
  }

  /** Of a turn of which nothing is heard. What is sent meanwhile waits: the abort would take it along. */
  abortStalledTurn(): Promise<void> {
    const { link, services, turns } = this.#options;
    return this.#mutex.run(async () => {
      const current = link.sdkSession;
      if (!current) return;
      const idle = turns.waitForIdle(AbortSignal.timeout(END_TIMEOUT_MS));
      turns.failStalledTurn(new Date());
      await services.runtime.call(() => current.abort());
      await idle;
    });
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait in the queue */
  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#mutex.run(() => this.#queue.remove(messageId));
  }

  #abortPaused(attachment: CopilotSession, messageId: string | null): Promise<AbortResult> {
    const { services, turns } = this.#options;
    return withPausedQueue(services.runtime, attachment, async () => {
      const waiting = await this.#queue.read();
      // Only now is it certain that no other turn takes its place.
      const running = this.#queue.detectRunningTurn(waiting) ?? turns.currentTurn?.messageId;
      if (running === undefined || (messageId ?? running) !== running) return nothingAborted;
      const dropped = turns.steeringMessages;
      const { hasModelChange } = this.#queue;
      await services.runtime.call(() => attachment.abort());
      if (hasModelChange) await this.#restoreModel();
      const discarded = [...dropped, ...waiting].filter(({ id }) => id !== running);
      for (const { id } of discarded) turns.abortTurn(id, new Date());
      const turn = await turns.waitForEnd(running, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  /** The runtime dropped its change with the messages. */
  async #restoreModel(): Promise<void> {
    const { services, link, log } = this.#options;
    const record = await services.store.find(log.sessionId);
    if (record) await link.setModel(record);
  }
}
