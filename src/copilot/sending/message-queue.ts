import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionAttachment } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';

interface MessageQueueOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly attachment: SessionAttachment;
}

/** What waits in the runtime for a turn of its own. The texts are the runtime's: nothing of them is kept. */
export class MessageQueue {
  readonly #options: MessageQueueOptions;
  #announced: readonly string[] = [];
  #holdsModel = false;
  #isReading = false;
  #isStale = false;

  constructor(options: MessageQueueOptions) {
    this.#options = options;
  }

  /** A change of the model waited there as well, when it was last read. */
  get holdsModel(): boolean {
    return this.#holdsModel;
  }

  /** Oldest first. */
  async read(): Promise<QueuedMessage[]> {
    const { attachment, turns } = this.#options;
    const items = await this.#items(attachment.current);
    return items.map(({ messageId, prompt }) => {
      const { queuedAt } = turns.waits(messageId, new Date());
      return { id: messageId, prompt, queuedAt };
    });
  }

  /**
   * The turn that runs: what has left the queue has begun, also when the runtime has not told of it yet.
   * @param waiting the queue while it is paused
   */
  underWay(waiting: readonly QueuedMessage[]): string | undefined {
    const { turns } = this.#options;
    const ids = new Set(waiting.map(({ id }) => id));
    const begun = turns.open.find(
      ({ messageId, state }) => state === 'QUEUED' && !ids.has(messageId),
    );
    if (begun && turns.running !== null) turns.started(begun.messageId, new Date());
    return begun?.messageId ?? turns.running ?? undefined;
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait there */
  async remove(messageId: string): Promise<QueuedMessage> {
    const { attachment, services, turns } = this.#options;
    const { current } = attachment;
    const item = (await this.#items(current)).find((waiting) => waiting.messageId === messageId);
    const isRemoved =
      current && item && (await services.runtime.call(() => removeItem(current, item.itemId)));
    if (!isRemoved) {
      throw new Failure('TURN_NOT_FOUND', 'messageId: no such message waits in the queue.');
    }
    const { queuedAt } = turns.waits(messageId, new Date());
    turns.aborted(messageId, new Date());
    return { id: messageId, prompt: item.prompt, queuedAt };
  }

  /** The runtime tells that something changed, not what. */
  changed(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#announce();
  }

  async #announce(): Promise<void> {
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#publish(await this.read());
      } catch (error) {
        const { services, log } = this.#options;
        services.log.debug({ err: error, sessionId: log.sessionId }, 'queue not read');
      }
    }
    this.#isReading = false;
  }

  #publish(queuedMessages: readonly QueuedMessage[]): void {
    const ids = queuedMessages.map(({ id }) => id);
    if (ids.join() === this.#announced.join()) return;
    this.#announced = ids;
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'queue.changed', queuedMessages },
    );
  }

  async #items(attachment: CopilotSession | undefined): Promise<WaitingItem[]> {
    this.#holdsModel = false;
    if (!attachment) return [];
    const { items } = await this.#options.services.runtime.call(() =>
      attachment.rpc.queue.pendingItems(),
    );
    this.#holdsModel = items.some(({ kind }) => kind === 'command');
    return items.flatMap(({ id, messageId, kind, displayText }) =>
      kind === 'message' && messageId !== undefined
        ? [{ itemId: id, messageId, prompt: displayText }]
        : [],
    );
  }
}

interface WaitingItem {
  readonly itemId: string;
  readonly messageId: string;
  readonly prompt: string;
}

async function removeItem(attachment: CopilotSession, id: string): Promise<boolean> {
  try {
    return (await attachment.rpc.queue.removeAt({ id })).removed;
  } catch (error) {
    if (error instanceof Error && /unknown queue item/i.test(error.message)) return false;
    throw error;
  }
}
