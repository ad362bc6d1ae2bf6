import type { CopilotSession, MessageOptions } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { Turn } from '../../events/turn.ts';
import type { Turns } from '../projections/turns.ts';
import { unavailable } from '../runtime/call-timeout.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { MessageQueue } from './message-queue.ts';
import { whileDrainPaused } from './paused-queue.ts';

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

export interface Delivered {
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

  async deliver(attachment: CopilotSession, message: OutgoingMessage): Promise<Delivered> {
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

  async #enqueue(attachment: CopilotSession, message: OutgoingMessage): Promise<Delivered> {
    const { runtime, turns } = this.#options;
    const messageId = await runtime.call(() => attachment.send(contentOf(message)));
    return { messageId, turn: turns.queued(messageId, new Date()) };
  }

  async #steer(attachment: CopilotSession, message: OutgoingMessage): Promise<Delivered> {
    const { runtime, turns } = this.#options;
    const messageId = await runtime.call(() =>
      attachment.send({ ...contentOf(message), mode: 'immediate' }),
    );
    const { current } = turns;
    if (!current || current.messageId === messageId) {
      return { messageId, turn: turns.queued(messageId, new Date()) };
    }
    turns.joins({ id: messageId, prompt: message.prompt, queuedAt: new Date() });
    return { messageId, turn: current };
  }

  async #throwIfBusy(attachment: CopilotSession): Promise<void> {
    const { runtime, turns } = this.#options;
    const isBusy =
      turns.open.length > 0 ||
      (await runtime.call(() => attachment.rpc.metadata.isProcessing())).processing;
    if (isBusy) throw new Failure('SESSION_BUSY', 'A turn is running; nothing was sent.');
  }

  /** What waits keeps waiting, behind this message. */
  #interrupt(attachment: CopilotSession, message: OutgoingMessage): Promise<Delivered> {
    const { runtime, turns, queue } = this.#options;
    return whileDrainPaused(runtime, attachment, async () => {
      const waiting = await queue.read();
      const running = queue.underWay(waiting);
      if (running !== undefined) {
        turns.keep([...waiting, ...turns.joining].map(({ id }) => id));
        try {
          await runtime.call(() => attachment.rpc.interruptMainTurn({ flushQueued: true }));
          await turns.ended(running, AbortSignal.timeout(END_TIMEOUT_MS));
        } finally {
          turns.keep([]);
        }
      }
      const messageId = await this.#insertFirst(attachment, message);
      return { messageId, turn: turns.queued(messageId, new Date()) };
    });
  }

  async #insertFirst(attachment: CopilotSession, outgoing: OutgoingMessage): Promise<string> {
    const { runtime } = this.#options;
    const { queue } = attachment.rpc;
    const message = contentOf(outgoing);
    const { id } = await runtime.call(() => queue.insertAt({ position: 0, message }));
    const { items } = await runtime.call(() => queue.pendingItems());
    const messageId = items.find((item) => item.id === id)?.messageId;
    if (messageId === undefined) throw unavailable();
    return messageId;
  }
}

type Blob = Extract<NonNullable<MessageOptions['attachments']>[number], { type: 'blob' }>;

function contentOf({ prompt, attachments }: OutgoingMessage): {
  prompt: string;
  attachments?: Blob[];
} {
  const blobs = attachments.map(({ name, mimeType, data }): Blob => {
    return { type: 'blob', displayName: name, mimeType, data };
  });
  return blobs.length === 0 ? { prompt } : { prompt, attachments: blobs };
}
