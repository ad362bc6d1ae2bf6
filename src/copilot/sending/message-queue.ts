import type { CopilotSession } from '@github/copilot-sdk';

import { createQueuedMessageNotFoundError } from '../../errors/common-errors.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Turns } from '../projections/turns.ts';
import type { SessionServices } from '../services.ts';

interface MessageQueueOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly link: SessionLink;
}

/** What waits in the runtime for a turn of its own. The texts are the runtime's: nothing of them is kept. */
export class MessageQueue {
  readonly #options: MessageQueueOptions;
  #publishedIds: readonly string[] = [];
  #hasModelChange = false;
  #isReading = false;
  #isStale = false;

  constructor(options: MessageQueueOptions) {
    this.#options = options;
  }

  /** A change of the model waited there as well, when it was last read. */
  get hasModelChange(): boolean {
    return this.#hasModelChange;
  }

  /** Oldest first. */
  async read(): Promise<QueuedMessage[]> {
    const { link, turns } = this.#options;
    const items = await this.#readItems(link.sdkSession);
    return items.map(({ messageId, prompt }) => {
      const { queuedAt } = turns.confirmQueued(messageId, new Date());
      return { id: messageId, prompt, queuedAt };
    });
  }

  /**
   * The turn that runs: what has left the queue has begun, also when the runtime has not told of it yet.
   * @param waiting the queue while it is paused
   */
  detectRunningTurn(waiting: readonly QueuedMessage[]): string | undefined {
    const { turns } = this.#options;
    const ids = new Set(waiting.map(({ id }) => id));
    const begun = turns.openTurns.find(
      ({ messageId, state }) => state === 'QUEUED' && !ids.has(messageId),
    );
    if (begun && turns.runningId !== null) turns.startTurn(begun.messageId, new Date());
    return begun?.messageId ?? turns.runningId ?? undefined;
  }

  /** @throws Failure TURN_NOT_FOUND when it does not wait there */
  async remove(messageId: string): Promise<QueuedMessage> {
    const { link, services, turns } = this.#options;
    const { sdkSession } = link;
    const item = (await this.#readItems(sdkSession)).find(
      (waiting) => waiting.messageId === messageId,
    );
    const isRemoved =
      sdkSession &&
      item &&
      (await services.runtime.call(() => removeItem(sdkSession, item.itemId)));
    if (!isRemoved) {
      throw createQueuedMessageNotFoundError();
    }
    const { queuedAt } = turns.confirmQueued(messageId, new Date());
    turns.abortTurn(messageId, new Date());
    return { id: messageId, prompt: item.prompt, queuedAt };
  }

  /** The runtime tells that something changed, not what. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#readAndPublish();
  }

  async #readAndPublish(): Promise<void> {
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#publish(await this.read());
      } catch (error) {
        const { services, log } = this.#options;
        services.logger.debug({ err: error, sessionId: log.sessionId }, 'queue not read');
      }
    }
    this.#isReading = false;
  }

  #publish(queuedMessages: readonly QueuedMessage[]): void {
    const ids = queuedMessages.map(({ id }) => id);
    if (ids.join() === this.#publishedIds.join()) return;
    this.#publishedIds = ids;
    this.#options.log.append(
      { occurredAt: new Date(), turnMessageId: null, agentId: null },
      { type: 'queue.changed', queuedMessages },
    );
  }

  async #readItems(attachment: CopilotSession | undefined): Promise<WaitingItem[]> {
    this.#hasModelChange = false;
    if (!attachment) return [];
    const { items } = await this.#options.services.runtime.call(() =>
      attachment.rpc.queue.pendingItems(),
    );
    this.#hasModelChange = items.some(({ kind }) => kind === 'command');
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
