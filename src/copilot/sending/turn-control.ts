import type { CopilotSession } from '@github/copilot-sdk';

import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionAttachment } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import { Turnstile } from '../runtime/semaphore.ts';
import type { SessionServices } from '../services.ts';
import { type Delivered, Delivery, type OutgoingMessage } from './delivery.ts';
import { MessageQueue } from './message-queue.ts';
import { whileDrainPaused } from './paused-queue.ts';

interface SteeringOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly attachment: SessionAttachment;
}

export interface Aborted {
  /** Null: it had ended before. */
  readonly turn: Turn | null;
  /** What waited, and was dropped by the runtime. */
  readonly discarded: readonly QueuedMessage[];
}

/** What clients do with one session. */
export interface SessionSteering {
  send(message: OutgoingMessage): Promise<Delivered>;
  abort(messageId: string | null): Promise<Aborted>;
  removeQueued(messageId: string): Promise<QueuedMessage>;
  /** Whether the agent goes on, as far as anybody here can know. */
  isAtWork(): Promise<boolean>;
  stopStalled(): Promise<void>;
  /** What waits, oldest first. */
  queued(): Promise<QueuedMessage[]>;
  /** What waits may have changed. */
  changed(): void;
}

const nothing: Aborted = { turn: null, discarded: [] };
/** Seen: a few milliseconds. */
const END_TIMEOUT_MS = 10_000;

/** What goes to the runtime for one session, one after the other: over the wire, a later call may overtake. */
export class Steering implements SessionSteering {
  readonly #options: SteeringOptions;
  readonly #queue: MessageQueue;
  readonly #delivery: Delivery;
  readonly #order = new Turnstile(1);

  constructor(options: SteeringOptions) {
    this.#options = options;
    this.#queue = new MessageQueue(options);
    const { services, turns } = options;
    this.#delivery = new Delivery({ runtime: services.runtime, turns, queue: this.#queue });
  }

  queued(): Promise<QueuedMessage[]> {
    return this.#queue.read();
  }

  changed(): void {
    this.#queue.changed();
  }

  /** @throws Failure SESSION_BUSY for REJECT_IF_BUSY while a turn runs or waits: then nothing was sent */
  send(message: OutgoingMessage): Promise<Delivered> {
    const { attachment } = this.#options;
    return this.#order.pass(() =>
      attachment.use((current) => this.#delivery.deliver(current, message)),
    );
  }

  /** @param messageId of the only turn that may be stopped; null: whichever runs */
  abort(messageId: string | null): Promise<Aborted> {
    return this.#order.pass(async () => {
      const attachment = await this.#options.attachment.settled();
      return attachment ? this.#abort(attachment, messageId) : nothing;
    });
  }

  async isAtWork(): Promise<boolean> {
    const { attachment, services } = this.#options;
    const { current } = attachment;
    if (!current) return false;
    return (await services.runtime.call(() => current.rpc.metadata.isProcessing())).processing;
  }

  /** Of a turn of which nothing is heard. What is sent meanwhile waits: the abort would take it along. */
  stopStalled(): Promise<void> {
    const { attachment, services, turns } = this.#options;
    return this.#order.pass(async () => {
      const current = attachment.current;
      if (!current) return;
      const idle = turns.nextIdle(AbortSignal.timeout(END_TIMEOUT_MS));
      turns.stalled(new Date());
      await services.runtime.call(() => current.abort());
      await idle;
    });
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait in the queue */
  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#order.pass(() => this.#queue.remove(messageId));
  }

  #abort(attachment: CopilotSession, messageId: string | null): Promise<Aborted> {
    const { services, turns } = this.#options;
    return whileDrainPaused(services.runtime, attachment, async () => {
      const waiting = await this.#queue.read();
      // Only now is it certain that no other turn takes its place.
      const running = this.#queue.underWay(waiting) ?? turns.current?.messageId;
      if (running === undefined || (messageId ?? running) !== running) return nothing;
      const dropped = turns.joining;
      const { holdsModel } = this.#queue;
      await services.runtime.call(() => attachment.abort());
      if (holdsModel) await this.#setModel();
      const discarded = [...dropped, ...waiting].filter(({ id }) => id !== running);
      for (const { id } of discarded) turns.aborted(id, new Date());
      const turn = await turns.ended(running, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  /** The runtime dropped its change with the messages. */
  async #setModel(): Promise<void> {
    const { services, attachment, log } = this.#options;
    const record = await services.directory.find(log.sessionId);
    if (record) await attachment.setModel(record);
  }
}
