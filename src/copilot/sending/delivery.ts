import type { CopilotSession, MessageOptions } from '@github/copilot-sdk';

import {
  createRuntimeUnavailableError,
  createSessionBusyError,
} from '../../errors/common-errors.ts';
import type { Turn } from '../../events/turn.ts';
import type { Turns } from '../projections/turns.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { MessageQueue } from './message-queue.ts';
import { withPausedQueue } from './with-paused-queue.ts';

export type MessageDelivery = 'ENQUEUE' | 'IMMEDIATE' | 'REJECT_IF_BUSY' | 'INTERRUPT';

export interface OutgoingMessage {
  readonly prompt: string;
  readonly delivery: MessageDelivery;
  readonly attachments: readonly OutgoingAttachment[];
}

export interface OutgoingAttachment {
  readonly name: string;
  readonly mimeType: string;
  /** base64 */
  readonly data: string;
  readonly byteLength: number;
}

export interface DeliveryResult {
  readonly messageId: string;
  /** The one that it starts, or that takes it up. */
  readonly turn: Turn;
}

interface DeliveryOptions {
  readonly runtime: Runtime;
  readonly turns: Turns;
  readonly queue: MessageQueue;
}

/** Seen: a few milliseconds. */
const END_TIMEOUT_MS = 10_000;

/** Hands a message to the runtime, in one of four ways. */
export class Delivery {
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  async deliver(attachment: CopilotSession, message: OutgoingMessage): Promise<DeliveryResult> {
    switch (message.delivery) {
      case 'ENQUEUE':
        return this.#enqueue(attachment, message);
      case 'IMMEDIATE':
        return this.#steer(attachment, message);
      case 'REJECT_IF_BUSY':
        await this.#throwIfBusy(attachment);
        return this.#enqueue(attachment, message);
      case 'INTERRUPT':
        return this.#interrupt(attachment, message);
    }
  }

  async #enqueue(attachment: CopilotSession, message: OutgoingMessage): Promise<DeliveryResult> {
    const { runtime, turns } = this.#options;
    const messageId = await runtime.call(() => attachment.send(toMessageOptions(message)));
    return { messageId, turn: turns.queueTurn(messageId, new Date()) };
  }

  async #steer(attachment: CopilotSession, message: OutgoingMessage): Promise<DeliveryResult> {
    const { runtime, turns } = this.#options;
    const messageId = await runtime.call(() =>
      attachment.send({ ...toMessageOptions(message), mode: 'immediate' }),
    );
    const { currentTurn } = turns;
    if (!currentTurn || currentTurn.messageId === messageId) {
      return { messageId, turn: turns.queueTurn(messageId, new Date()) };
    }
    turns.expectSteeringMessage({ id: messageId, prompt: message.prompt, queuedAt: new Date() });
    return { messageId, turn: currentTurn };
  }

  async #throwIfBusy(attachment: CopilotSession): Promise<void> {
    const { runtime, turns } = this.#options;
    const isBusy =
      turns.openTurns.length > 0 ||
      (await runtime.call(() => attachment.rpc.metadata.isProcessing())).processing;
    if (isBusy) throw createSessionBusyError();
  }

  /** What waits keeps waiting, behind this message. */
  #interrupt(attachment: CopilotSession, message: OutgoingMessage): Promise<DeliveryResult> {
    const { runtime, turns, queue } = this.#options;
    return withPausedQueue(runtime, attachment, async () => {
      const waiting = await queue.read();
      const running = queue.detectRunningTurn(waiting);
      if (running !== undefined) {
        turns.excludeFromAbort([...waiting, ...turns.steeringMessages].map(({ id }) => id));
        try {
          await runtime.call(() => attachment.rpc.interruptMainTurn({ flushQueued: true }));
          await turns.waitForEnd(running, AbortSignal.timeout(END_TIMEOUT_MS));
        } finally {
          turns.excludeFromAbort([]);
        }
      }
      const messageId = await this.#insertAtFront(attachment, message);
      return { messageId, turn: turns.queueTurn(messageId, new Date()) };
    });
  }

  async #insertAtFront(attachment: CopilotSession, outgoing: OutgoingMessage): Promise<string> {
    const { runtime } = this.#options;
    const { queue } = attachment.rpc;
    const message = toMessageOptions(outgoing);
    const { id } = await runtime.call(() => queue.insertAt({ position: 0, message }));
    const { items } = await runtime.call(() => queue.pendingItems());
    const messageId = items.find((item) => item.id === id)?.messageId;
    if (messageId === undefined) throw createRuntimeUnavailableError();
    return messageId;
  }
}

type BlobAttachment = Extract<NonNullable<MessageOptions['attachments']>[number], { type: 'blob' }>;

function toMessageOptions({ prompt, attachments }: OutgoingMessage): {
  prompt: string;
  attachments?: BlobAttachment[];
} {
  const blobs = attachments.map(({ name, mimeType, data }): BlobAttachment => {
    return { type: 'blob', displayName: name, mimeType, data };
  });
  return blobs.length === 0 ? { prompt } : { prompt, attachments: blobs };
}
