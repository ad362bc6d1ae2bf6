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

/**
 * The runtime's queue of messages that wait for a turn of their own. The gateway keeps the ids that it has published,
 * and never the texts.
 */
export class MessageQueue {
  readonly #options: MessageQueueOptions;
  #publishedIds: readonly string[] = [];
  #hasModelChange = false;
  #isReading = false;
  #isStale = false;

  constructor(options: MessageQueueOptions) {
    this.#options = options;
  }

  /** Whether the queue contained a change of the model when it was last read. */
  get hasModelChange(): boolean {
    return this.#hasModelChange;
  }

  /** Returns the queued messages, oldest first, and creates the turns that are not known yet. */
  async read(): Promise<QueuedMessage[]> {
    const { link, turns } = this.#options;
    const items = await this.#readItems(link.sdkSession);
    return items.map(({ messageId, prompt }) => {
      const { queuedAt } = turns.confirmQueued(messageId, new Date());
      return { id: messageId, prompt, queuedAt };
    });
  }

  /**
   * Returns the id of the running turn. A turn that has left the queue has started, also if the runtime has not
   * reported it yet: it is then started here.
   *
   * @param waiting the queue while it is paused
   */
  detectRunningTurn(waiting: readonly QueuedMessage[]): string | undefined {
    const { turns } = this.#options;
    const ids = new Set(waiting.map(({ id }) => id));
    const started = turns.openTurns.find(
      ({ messageId, state }) => state === 'QUEUED' && !ids.has(messageId),
    );
    if (started && turns.runningId !== null) turns.handleTurnStarted(started.messageId, new Date());
    return started?.messageId ?? turns.runningId ?? undefined;
  }

  /** @throws {GatewayError} TURN_NOT_FOUND when the message is not queued */
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

  /** Reads and publishes the queue: the runtime reports that something has changed, not what. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#readAndPublish();
  }

  /**
   * Runs `work` while no queued message can start a turn. The runtime never ends a pause on its own; a pause that a
   * killed gateway has left behind is taken over.
   */
  async runPaused<T>(sdkSession: CopilotSession, work: () => Promise<T>): Promise<T> {
    const { runtime } = this.#options.services;
    const { queue } = sdkSession.rpc;
    try {
      await runtime.call(() => queue.setDrainPaused({ paused: true }));
    } catch (error) {
      if (!(error instanceof Error && /already paused/i.test(error.message))) throw error;
    }
    try {
      return await work();
    } finally {
      await runtime.call(() => queue.setDrainPaused({ paused: false }));
    }
  }

  async #readAndPublish(): Promise<void> {
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#publish(await this.read());
      } catch (error) {
        const { services, log } = this.#options;
        services.logger.debug({ err: error, sessionId: log.sessionId }, 'failed to read queue');
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

  async #readItems(sdkSession: CopilotSession | undefined): Promise<QueueItem[]> {
    this.#hasModelChange = false;
    if (!sdkSession) return [];
    const { items } = await this.#options.services.runtime.call(() =>
      sdkSession.rpc.queue.pendingItems(),
    );
    this.#hasModelChange = items.some(({ kind }) => kind === 'command');
    return items.flatMap(({ id, messageId, kind, displayText }) =>
      kind === 'message' && messageId !== undefined
        ? [{ itemId: id, messageId, prompt: displayText }]
        : [],
    );
  }
}

interface QueueItem {
  readonly itemId: string;
  readonly messageId: string;
  readonly prompt: string;
}

async function removeItem(sdkSession: CopilotSession, id: string): Promise<boolean> {
  try {
    return (await sdkSession.rpc.queue.removeAt({ id })).removed;
  } catch (error) {
    if (error instanceof Error && /unknown queue item/i.test(error.message)) return false;
    throw error;
  }
}
