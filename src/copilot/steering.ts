import type { CopilotSession } from '@github/copilot-sdk';

import type { QueuedMessage } from '../events/message.ts';
import type { SessionLog } from '../events/session-log.ts';
import { hasEnded, type Turn } from '../events/turn.ts';
import { whileDrainPaused } from './drain-pause.ts';
import { MessageQueue } from './message-queue.ts';
import type { SessionAttachment } from './session-attachment.ts';
import type { SessionServices } from './session-services.ts';
import type { Turns } from './turns.ts';
import { Turnstile } from './turnstile.ts';

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

const nothing: Aborted = { turn: null, discarded: [] };
/** Seen: a few milliseconds. */
const END_TIMEOUT_MS = 10_000;

/** What goes to the runtime for one session, one after the other: over the wire, a later call may overtake. */
export class Steering {
  readonly queue: MessageQueue;
  readonly #options: SteeringOptions;
  readonly #order = new Turnstile(1);

  constructor(options: SteeringOptions) {
    this.#options = options;
    this.queue = new MessageQueue(options);
  }

  /** @returns the turn that it starts */
  send(prompt: string): Promise<Turn> {
    const { attachment, services, turns } = this.#options;
    return this.#order.pass(async () => {
      const messageId = await attachment.use((current) =>
        services.runtime.call(() => current.send({ prompt })),
      );
      return turns.queued(messageId, new Date());
    });
  }

  /** @param messageId of the only turn that may be stopped; null: whichever runs */
  abort(messageId: string | null): Promise<Aborted> {
    return this.#order.pass(async () => {
      const attachment = await this.#options.attachment.settled();
      return attachment ? this.#abort(attachment, messageId) : nothing;
    });
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait in the queue */
  removeQueued(messageId: string): Promise<QueuedMessage> {
    return this.#order.pass(() => this.queue.remove(messageId));
  }

  #abort(attachment: CopilotSession, messageId: string | null): Promise<Aborted> {
    const { services, turns } = this.#options;
    return whileDrainPaused(services.runtime, attachment, async () => {
      const waiting = await this.queue.read();
      // Only now is it certain that no other turn takes its place.
      const running = this.#underWay(waiting);
      if (!running || (messageId ?? running) !== running) return nothing;
      await services.runtime.call(() => attachment.abort());
      const discarded = waiting.filter(({ id }) => id !== running);
      for (const { id } of discarded) turns.aborted(id, new Date());
      const turn = await turns.ended(running, AbortSignal.timeout(END_TIMEOUT_MS));
      return { turn: turn?.state === 'ABORTED' ? turn : null, discarded };
    });
  }

  /** One that has left the queue has begun, also when the runtime has not told of it yet. */
  #underWay(waiting: readonly QueuedMessage[]): string | undefined {
    const { turns } = this.#options;
    const ids = new Set(waiting.map(({ id }) => id));
    const begun = turns.open.find(
      ({ messageId, state }) => state === 'QUEUED' && !ids.has(messageId),
    );
    if (begun && turns.running !== null) turns.started(begun.messageId, new Date());
    const current = begun ?? turns.current;
    return current && !hasEnded(current) ? current.messageId : undefined;
  }
}
