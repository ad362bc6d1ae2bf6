import { randomUUID } from 'node:crypto';

import {
  createQueuedMessageNotFoundError,
  createSessionBusyError,
  createSessionNotFoundError,
} from '../../errors/common-errors.ts';
import { GatewayError } from '../../errors/gateway-error.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { HeldMessage } from '../../store/cloud-store.ts';
import { DeadlineTimers } from '../../timing/deadline-timers.ts';
import type { CloudWorker } from '../link/cloud-worker.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';
import { createTurnError } from '../translate/turn-error.ts';
import { type DeliveryResult, END_TIMEOUT_MS, type OutgoingMessage } from './delivery.ts';
import { SessionMutex } from './session-mutex.ts';
import { type AbortResult, nothingAborted, type SessionTurnControl } from './turn-control.ts';

interface CloudTurnControlOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly link: SessionLink;
  readonly worker: CloudWorker;
}

/**
 * The commands to the turns of a cloud session. Its worker does not exist before it has started, and the runtime loses
 * messages that are sent before: they are held here.
 *
 *   deliver -- worker is starting, or messages are held --> held and stored, with a deadline
 *      |                                                      |            |           |
 *      | worker has started                           started, attached   abort,     deadline
 *      v                                                      v          removed        v
 *    sent <---------------------------------------------------+           ABORTED    FAILED (CLOUD_START_TIMEOUT)
 *
 * 1. A held message is deleted from the store before it is sent: a gateway that is killed between the two must not
 *    send it twice.
 * 2. The order of messages is kept: while messages are held, later ones are held too.
 */
export class CloudTurnControl implements SessionTurnControl {
  readonly #options: CloudTurnControlOptions;
  readonly #mutex = new SessionMutex();
  readonly #deadlines: DeadlineTimers;
  /** Oldest first. */
  #heldMessages: readonly HeldMessage[] = [];

  constructor(options: CloudTurnControlOptions) {
    this.#options = options;
    this.#deadlines = new DeadlineTimers((id) => {
      this.#expireHeld(id);
    });
  }

  get isStarting(): boolean {
    return this.#options.worker.isStarting;
  }

  /** Restores the messages that an earlier gateway held. */
  async recover(): Promise<void> {
    const { services, log } = this.#options;
    for (const message of await services.store.cloud.listHeldMessages(log.sessionId)) {
      this.#addHeld(message);
    }
  }

  stop(): void {
    this.#deadlines.clearAll();
  }

  /** Forgets the held messages of a deleted session. */
  releaseAll(): void {
    this.stop();
    for (const { messageId } of this.#heldMessages) this.#options.turns.releaseHeldBack(messageId);
    this.#heldMessages = [];
  }

  listQueued(): Promise<QueuedMessage[]> {
    return Promise.resolve(this.#heldMessages.map(toQueuedMessage));
  }

  /** @throws {GatewayError} NOT_SUPPORTED for attachments and kinds of delivery that a worker does not support */
  async deliver(message: OutgoingMessage): Promise<DeliveryResult> {
    const { turns, worker } = this.#options;
    requirePlainMessage(message);
    if (message.delivery === 'REJECT_IF_BUSY' && turns.openTurns.length > 0) {
      throw createSessionBusyError();
    }
    if (worker.isStarting || this.#heldMessages.length > 0) {
      return this.#holdMessage(message.prompt);
    }
    return this.#mutex.runExclusive(() => this.#sendNow(randomUUID(), message.prompt));
  }

  abort(messageId: string | null): Promise<AbortResult> {
    return this.#mutex.runExclusive(async () => {
      const { link, services, turns } = this.#options;
      const target = turns.currentTurn?.messageId;
      if (target === undefined || (messageId ?? target) !== target) return nothingAborted;
      const dropped = await this.#dropHeld(() => true);
      const discarded = dropped.filter((held) => held.messageId !== target).map(toQueuedMessage);
      if (discarded.length < dropped.length) return { turn: turns.find(target) ?? null, discarded };
      const sdkSession = await link.waitForPendingAttach();
      if (sdkSession) await services.runtime.call(() => sdkSession.abort());
      const turn = await turns.waitForEnd(target, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#mutex.runExclusive(async () => {
      const [dropped] = await this.#dropHeld((held) => held.messageId === messageId);
      if (dropped) return toQueuedMessage(dropped);
      throw createQueuedMessageNotFoundError();
    });
  }

  /** The runtime does not know what the worker does. */
  isAgentWorking(): Promise<boolean> {
    const { link, worker } = this.#options;
    return Promise.resolve(worker.isStarting || link.sdkSession !== undefined);
  }

  /** Does nothing while the worker is starting: held messages have their own deadlines. */
  abortStalledTurn(): Promise<void> {
    return this.#mutex.runExclusive(async () => {
      const { link, services, turns, worker } = this.#options;
      if (worker.isStarting) return;
      const { sdkSession } = link;
      turns.failStalledTurn(new Date());
      if (sdkSession) await services.runtime.call(() => sdkSession.abort());
    });
  }

  /** Sends the held messages once the session is attached and its worker has started. */
  refreshQueue(): void {
    const { worker, link } = this.#options;
    if (worker.isStarting || this.#heldMessages.length === 0) return;
    if (link.sdkSession) void this.#mutex.runExclusive(() => this.#flushHeld());
  }

  async #holdMessage(prompt: string): Promise<DeliveryResult> {
    const { services, log, turns } = this.#options;
    const heldAt = new Date();
    const expiresAt = new Date(heldAt.getTime() + services.settings.cloudStartMs);
    const message = { messageId: randomUUID(), prompt, heldAt, expiresAt };
    if (!(await services.store.cloud.holdMessage(log.sessionId, message))) {
      throw createSessionNotFoundError();
    }
    this.#addHeld(message);
    const turn = turns.queueTurn(message.messageId, heldAt);
    // The worker may have started while the message was stored.
    this.refreshQueue();
    return { messageId: message.messageId, turn };
  }

  #addHeld(message: HeldMessage): void {
    const { turns } = this.#options;
    this.#heldMessages = [...this.#heldMessages, message];
    turns.holdBack(message.messageId, message.heldAt);
    this.#deadlines.set(message.messageId, message.expiresAt);
    this.#publishQueue();
  }

  async #flushHeld(): Promise<void> {
    for (let next = this.#heldMessages[0]; next; next = this.#heldMessages[0]) {
      await this.#releaseHeld(next.messageId);
      try {
        await this.#sendNow(next.messageId, next.prompt);
      } catch (error) {
        const { services, log, turns } = this.#options;
        services.logger.warn(
          { err: error, sessionId: log.sessionId },
          'failed to send held message',
        );
        turns.failTurn(next.messageId, createTurnError('TURN_INTERRUPTED'), new Date());
      }
    }
  }

  async #sendNow(messageId: string, prompt: string): Promise<DeliveryResult> {
    const { link, services, turns, worker } = this.#options;
    await link.withSdkSession(async (sdkSession) => {
      worker.expectMessage(messageId, prompt);
      try {
        await services.runtime.call(() => sdkSession.send({ prompt }));
      } catch (error) {
        worker.forgetMessage(messageId);
        throw error;
      }
    });
    return { messageId, turn: turns.queueTurn(messageId, new Date()) };
  }

  #expireHeld(messageId: string): void {
    const { services, log, turns } = this.#options;
    if (!this.#heldMessages.some((held) => held.messageId === messageId)) return;
    const released = this.#releaseHeld(messageId);
    turns.failTurn(messageId, createTurnError('CLOUD_START_TIMEOUT'), new Date());
    released.catch((error: unknown) => {
      services.logger.error(
        { err: error, sessionId: log.sessionId },
        'failed to delete held message',
      );
    });
  }

  async #dropHeld(isDropped: (held: HeldMessage) => boolean): Promise<HeldMessage[]> {
    const dropped = this.#heldMessages.filter(isDropped);
    for (const { messageId } of dropped) {
      await this.#releaseHeld(messageId);
      this.#options.turns.abortTurn(messageId, new Date());
    }
    return dropped;
  }

  #releaseHeld(messageId: string): Promise<void> {
    const { services, log, turns } = this.#options;
    this.#heldMessages = this.#heldMessages.filter((held) => held.messageId !== messageId);
    this.#deadlines.clear(messageId);
    turns.releaseHeldBack(messageId);
    this.#publishQueue();
    return services.store.cloud.releaseMessage(log.sessionId, messageId);
  }

  #publishQueue(): void {
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'queue.changed', queuedMessages: this.#heldMessages.map(toQueuedMessage) },
    );
  }
}

function toQueuedMessage({ messageId, prompt, heldAt }: HeldMessage): QueuedMessage {
  return { id: messageId, prompt, queuedAt: heldAt };
}

function requirePlainMessage({ attachments, delivery }: OutgoingMessage): void {
  if (attachments.length > 0) {
    throw new GatewayError('NOT_SUPPORTED', 'attachments: not supported for cloud sessions');
  }
  if (delivery === 'IMMEDIATE' || delivery === 'INTERRUPT') {
    throw new GatewayError(
      'NOT_SUPPORTED',
      `delivery: ${delivery} is not supported for cloud sessions`,
    );
  }
}
