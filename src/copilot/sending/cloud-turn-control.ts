import { randomUUID } from 'node:crypto';

import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { HeldMessage } from '../../store/cloud-directory.ts';
import type { CloudWorker } from '../link/cloud-worker.ts';
import type { SessionAttachment } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import { Deadlines } from '../requests/deadline-timers.ts';
import { Turnstile } from '../runtime/semaphore.ts';
import type { SessionServices } from '../services.ts';
import { turnError } from '../translate/turn-error.ts';
import type { Delivered, OutgoingMessage } from './delivery.ts';
import type { Aborted, SessionSteering } from './turn-control.ts';

interface CloudSteeringOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly attachment: SessionAttachment;
  readonly worker: CloudWorker;
}

const nothing: Aborted = { turn: null, discarded: [] };
/** The runtime asks once a second. */
const END_TIMEOUT_MS = 10_000;

/** What goes to the worker of a cloud session. Before it has started, the runtime would lose it: it is held here. */
export class CloudSteering implements SessionSteering {
  readonly #options: CloudSteeringOptions;
  readonly #order = new Turnstile(1);
  readonly #deadlines: Deadlines;
  /** Oldest first. */
  #held: readonly HeldMessage[] = [];

  constructor(options: CloudSteeringOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines((id) => {
      this.#expire(id);
    });
  }

  get isStarting(): boolean {
    return this.#options.worker.isStarting;
  }

  /** Of an earlier gateway. */
  async takeUp(): Promise<void> {
    const { services, log } = this.#options;
    for (const message of await services.directory.cloud.held(log.sessionId)) this.#keep(message);
  }

  stop(): void {
    this.#deadlines.clearAll();
  }

  /** The session is gone. */
  letGo(): void {
    this.stop();
    for (const { messageId } of this.#held) this.#options.turns.release(messageId);
    this.#held = [];
  }

  queued(): Promise<QueuedMessage[]> {
    return Promise.resolve(this.#held.map(queuedOf));
  }

  /** @throws Failure NOT_SUPPORTED for what reaches no worker, SESSION_BUSY for REJECT_IF_BUSY: then nothing was sent */
  async send(message: OutgoingMessage): Promise<Delivered> {
    const { turns, worker } = this.#options;
    throwUnlessPlain(message);
    if (message.delivery === 'REJECT_IF_BUSY' && turns.open.length > 0) {
      throw new Failure('SESSION_BUSY', 'A turn is running; nothing was sent.');
    }
    if (worker.isStarting || this.#held.length > 0) return this.#hold(message.prompt);
    return this.#order.pass(() => this.#sendNow(randomUUID(), message.prompt));
  }

  /** @param messageId of the only turn that may be stopped; null: whichever runs, else the next one */
  abort(messageId: string | null): Promise<Aborted> {
    return this.#order.pass(async () => {
      const { attachment, services, turns } = this.#options;
      const target = turns.current?.messageId;
      if (target === undefined || (messageId ?? target) !== target) return nothing;
      const dropped = await this.#drop(() => true);
      const discarded = dropped.filter((held) => held.messageId !== target).map(queuedOf);
      if (discarded.length < dropped.length) return { turn: turns.find(target) ?? null, discarded };
      const current = await attachment.settled();
      if (current) await services.runtime.call(() => current.abort());
      const turn = await turns.ended(target, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait here */
  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#order.pass(async () => {
      const [dropped] = await this.#drop((held) => held.messageId === messageId);
      if (dropped) return queuedOf(dropped);
      throw new Failure('TURN_NOT_FOUND', 'messageId: no such message waits in the queue.');
    });
  }

  /** The runtime does not know of what goes on elsewhere. */
  isAtWork(): Promise<boolean> {
    const { attachment, worker } = this.#options;
    return Promise.resolve(worker.isStarting || attachment.current !== undefined);
  }

  /** What is held has a deadline of its own. */
  stopStalled(): Promise<void> {
    return this.#order.pass(async () => {
      const { attachment, services, turns, worker } = this.#options;
      if (worker.isStarting) return;
      const { current } = attachment;
      turns.stalled(new Date());
      if (current) await services.runtime.call(() => current.abort());
    });
  }

  /** Attached, or the worker has started. */
  changed(): void {
    const { worker, attachment } = this.#options;
    if (worker.isStarting || this.#held.length === 0) return;
    if (attachment.current) void this.#order.pass(() => this.#flush());
  }

  async #hold(prompt: string): Promise<Delivered> {
    const { services, log, turns } = this.#options;
    const heldAt = new Date();
    const expiresAt = new Date(heldAt.getTime() + services.settings.cloudStartMs);
    const message = { messageId: randomUUID(), prompt, heldAt, expiresAt };
    if (!(await services.directory.cloud.hold(log.sessionId, message))) {
      throw new Failure('SESSION_NOT_FOUND', 'There is no such session.');
    }
    this.#keep(message);
    const turn = turns.queued(message.messageId, heldAt);
    // It may have started while this was written down.
    this.changed();
    return { messageId: message.messageId, turn };
  }

  #keep(message: HeldMessage): void {
    const { turns } = this.#options;
    this.#held = [...this.#held, message];
    turns.hold(message.messageId, message.heldAt);
    this.#deadlines.set(message.messageId, message.expiresAt);
    this.#announce();
  }

  async #flush(): Promise<void> {
    for (let next = this.#held[0]; next; next = this.#held[0]) {
      // Forgotten first: what a gateway that is killed here leaves behind must not be sent twice.
      await this.#release(next.messageId);
      try {
        await this.#sendNow(next.messageId, next.prompt);
      } catch (error) {
        const { services, log, turns } = this.#options;
        services.log.warn({ err: error, sessionId: log.sessionId }, 'held message not sent');
        turns.fail(next.messageId, turnError('TURN_INTERRUPTED'), new Date());
      }
    }
  }

  async #sendNow(messageId: string, prompt: string): Promise<Delivered> {
    const { attachment, services, turns, worker } = this.#options;
    await attachment.use(async (current: CopilotSession) => {
      worker.sends(messageId, prompt);
      try {
        await services.runtime.call(() => current.send({ prompt }));
      } catch (error) {
        worker.sendsNot(messageId);
        throw error;
      }
    });
    return { messageId, turn: turns.queued(messageId, new Date()) };
  }

  /** Nothing of it reaches the worker any more. */
  #expire(messageId: string): void {
    const { services, log, turns } = this.#options;
    if (!this.#held.some((held) => held.messageId === messageId)) return;
    const released = this.#release(messageId);
    turns.fail(messageId, turnError('CLOUD_START_TIMEOUT'), new Date());
    released.catch((error: unknown) => {
      services.log.error({ err: error, sessionId: log.sessionId }, 'held message not forgotten');
    });
  }

  async #drop(isMeant: (held: HeldMessage) => boolean): Promise<HeldMessage[]> {
    const dropped = this.#held.filter(isMeant);
    for (const { messageId } of dropped) {
      await this.#release(messageId);
      this.#options.turns.aborted(messageId, new Date());
    }
    return dropped;
  }

  #release(messageId: string): Promise<void> {
    const { services, log, turns } = this.#options;
    this.#held = this.#held.filter((held) => held.messageId !== messageId);
    this.#deadlines.clear(messageId);
    turns.release(messageId);
    this.#announce();
    return services.directory.cloud.release(log.sessionId, messageId);
  }

  #announce(): void {
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'queue.changed', queuedMessages: this.#held.map(queuedOf) },
    );
  }
}

function queuedOf({ messageId, prompt, heldAt }: HeldMessage): QueuedMessage {
  return { id: messageId, prompt, queuedAt: heldAt };
}

function throwUnlessPlain({ attachments, delivery }: OutgoingMessage): void {
  if (attachments.length > 0) {
    throw new Failure('NOT_SUPPORTED', 'attachments: a cloud session takes text only.');
  }
  if (delivery === 'IMMEDIATE' || delivery === 'INTERRUPT') {
    throw new Failure('NOT_SUPPORTED', `delivery: a cloud session does not take ${delivery}.`);
  }
}
