import type { CopilotSession } from '@github/copilot-sdk';

import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import { deliver, type DeliveryResult, END_TIMEOUT_MS, type OutgoingMessage } from './delivery.ts';
import { MessageQueue } from './message-queue.ts';
import { SessionMutex } from './session-mutex.ts';

interface TurnControlOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly link: SessionLink;
}

export interface AbortResult {
  /** The turn that was stopped; null when it had ended before, or none was running. */
  readonly turn: Turn | null;
  /** Messages that the runtime dropped with it. */
  readonly discarded: readonly QueuedMessage[];
}

export const nothingAborted: AbortResult = { turn: null, discarded: [] };

/** The commands that clients send to the turns of one session. */
export interface SessionTurnControl {
  /** @throws {GatewayError} SESSION_BUSY for `REJECT_IF_BUSY` while a turn is open: nothing was sent */
  deliver(message: OutgoingMessage): Promise<DeliveryResult>;
  /** @param messageId of the only turn that may be stopped; null: the current one */
  abort(messageId: string | null): Promise<AbortResult>;
  /** @throws {GatewayError} TURN_NOT_FOUND when the message is not queued */
  removeQueued(messageId: string): Promise<QueuedMessage>;
  /** Returns whether the agent works on something, as far as the gateway can know. */
  isAgentWorking(): Promise<boolean>;
  /** Stops a turn of which nothing was received for too long. */
  abortStalledTurn(): Promise<void>;
  /** Returns the queued messages, oldest first. */
  listQueued(): Promise<QueuedMessage[]>;
  /** Reads the queue again, because it may have changed. */
  refreshQueue(): void;
}

/**
 * The commands to the turns of a local session. They run one after the other, see `SessionMutex`.
 */
export class TurnControl implements SessionTurnControl {
  readonly #options: TurnControlOptions;
  readonly #queue: MessageQueue;
  readonly #mutex = new SessionMutex();

  constructor(options: TurnControlOptions) {
    this.#options = options;
    this.#queue = new MessageQueue(options);
  }

  deliver(message: OutgoingMessage): Promise<DeliveryResult> {
    const { link, services, turns } = this.#options;
    const target = { runtime: services.runtime, turns, queue: this.#queue };
    return this.#mutex.runExclusive(() =>
      link.withSdkSession((sdkSession) => deliver(sdkSession, message, target)),
    );
  }

  abort(messageId: string | null): Promise<AbortResult> {
    return this.#mutex.runExclusive(async () => {
      const sdkSession = await this.#options.link.waitForPendingAttach();
      return sdkSession ? this.#abortPaused(sdkSession, messageId) : nothingAborted;
    });
  }

  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#mutex.runExclusive(() => this.#queue.remove(messageId));
  }

  async isAgentWorking(): Promise<boolean> {
    const { link, services } = this.#options;
    const { sdkSession } = link;
    if (!sdkSession) return false;
    return (await services.runtime.call(() => sdkSession.rpc.metadata.isProcessing())).processing;
  }

  abortStalledTurn(): Promise<void> {
    const { link, services, turns } = this.#options;
    return this.#mutex.runExclusive(async () => {
      const { sdkSession } = link;
      if (!sdkSession) return;
      const idle = turns.waitForIdle(AbortSignal.timeout(END_TIMEOUT_MS));
      turns.failStalledTurn(new Date());
      await services.runtime.call(() => sdkSession.abort());
      await idle;
    });
  }

  listQueued(): Promise<QueuedMessage[]> {
    return this.#queue.read();
  }

  refreshQueue(): void {
    this.#queue.refresh();
  }

  #abortPaused(sdkSession: CopilotSession, messageId: string | null): Promise<AbortResult> {
    const { services, turns } = this.#options;
    return this.#queue.runPaused(sdkSession, async () => {
      const waiting = await this.#queue.read();
      // While the queue is paused, no other turn can take the place of the running one.
      const runningId = this.#queue.detectRunningTurn(waiting) ?? turns.currentTurn?.messageId;
      if (runningId === undefined || (messageId ?? runningId) !== runningId) return nothingAborted;
      const steering = turns.steeringMessages;
      const { hasModelChange } = this.#queue;
      await services.runtime.call(() => sdkSession.abort());
      if (hasModelChange) await this.#restoreModel();
      const discarded = [...steering, ...waiting].filter(({ id }) => id !== runningId);
      for (const { id } of discarded) turns.abortTurn(id, new Date());
      const turn = await turns.waitForEnd(runningId, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  /** Sets the model again, because the abort has dropped a queued change of the model together with the queued messages. */
  async #restoreModel(): Promise<void> {
    const { services, link, log } = this.#options;
    // Read now: the model may have changed since the operation began.
    const record = await services.store.find(log.sessionId);
    if (record) await link.setModel(record);
  }
}
