import type { CopilotSession, MessageOptions } from '@github/copilot-sdk';

import {
  createRuntimeUnavailableError,
  createSessionBusyError,
} from '../../errors/common-errors.ts';
import type { Turn } from '../../events/turn.ts';
import type { Turns } from '../projections/turns.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { MessageQueue } from './message-queue.ts';

/**
 * How a message reaches the agent while a turn is open:
 *
 *   ENQUEUE         starts a turn after all that wait
 *   IMMEDIATE       steers the running turn, or starts one
 *   REJECT_IF_BUSY  is not sent
 *   INTERRUPT       stops the running turn and starts one before all that wait
 */
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
  /** The turn that the message starts or steers. */
  readonly turn: Turn;
}

interface DeliveryOptions {
  readonly runtime: Runtime;
  readonly turns: Turns;
  readonly queue: MessageQueue;
}

/** How long a stopped turn may take to end. Measured: a few milliseconds. */
export const END_TIMEOUT_MS = 10_000;

/**
 * Sends a message to the runtime in one of four ways.
 *
 * @throws {GatewayError} SESSION_BUSY for `REJECT_IF_BUSY` while a turn is open: nothing was sent
 */
export async function deliver(
  sdkSession: CopilotSession,
  message: OutgoingMessage,
  options: DeliveryOptions,
): Promise<DeliveryResult> {
  switch (message.delivery) {
    case 'ENQUEUE':
      return enqueue(sdkSession, message, options);
    case 'IMMEDIATE':
      return steer(sdkSession, message, options);
    case 'REJECT_IF_BUSY':
      await throwIfBusy(sdkSession, options);
      return enqueue(sdkSession, message, options);
    case 'INTERRUPT':
      return interrupt(sdkSession, message, options);
  }
}

async function enqueue(
  sdkSession: CopilotSession,
  message: OutgoingMessage,
  { runtime, turns }: DeliveryOptions,
): Promise<DeliveryResult> {
  const messageId = await runtime.call(() => sdkSession.send(toMessageOptions(message)));
  return { messageId, turn: turns.queueTurn(messageId, new Date()) };
}

async function steer(
  sdkSession: CopilotSession,
  message: OutgoingMessage,
  { runtime, turns }: DeliveryOptions,
): Promise<DeliveryResult> {
  const messageId = await runtime.call(() =>
    sdkSession.send({ ...toMessageOptions(message), mode: 'immediate' }),
  );
  const { currentTurn } = turns;
  if (!currentTurn || currentTurn.messageId === messageId) {
    return { messageId, turn: turns.queueTurn(messageId, new Date()) };
  }
  turns.expectSteeringMessage({ id: messageId, prompt: message.prompt, queuedAt: new Date() });
  return { messageId, turn: currentTurn };
}

async function throwIfBusy(
  sdkSession: CopilotSession,
  { runtime, turns }: DeliveryOptions,
): Promise<void> {
  const isBusy =
    turns.openTurns.length > 0 ||
    (await runtime.call(() => sdkSession.rpc.metadata.isProcessing())).processing;
  if (isBusy) throw createSessionBusyError();
}

/** Stops the running turn without the messages that wait: they keep waiting, behind this one. */
function interrupt(
  sdkSession: CopilotSession,
  message: OutgoingMessage,
  { runtime, turns, queue }: DeliveryOptions,
): Promise<DeliveryResult> {
  return queue.runPaused(sdkSession, async () => {
    const waiting = await queue.read();
    const runningId = queue.detectRunningTurn(waiting);
    if (runningId !== undefined) {
      turns.excludeFromAbort([...waiting, ...turns.steeringMessages].map(({ id }) => id));
      try {
        await runtime.call(() => sdkSession.rpc.interruptMainTurn({ flushQueued: true }));
        await turns.waitForEnd(runningId, AbortSignal.timeout(END_TIMEOUT_MS));
      } finally {
        turns.excludeFromAbort([]);
      }
    }
    const messageId = await insertAtFront(sdkSession, message, runtime);
    return { messageId, turn: turns.queueTurn(messageId, new Date()) };
  });
}

/** Inserts the message and returns its id, which the runtime does not return with the insertion. */
async function insertAtFront(
  { rpc: { queue } }: CopilotSession,
  message: OutgoingMessage,
  runtime: Runtime,
): Promise<string> {
  const { id } = await runtime.call(() =>
    queue.insertAt({ position: 0, message: toMessageOptions(message) }),
  );
  const { items } = await runtime.call(() => queue.pendingItems());
  const messageId = items.find((item) => item.id === id)?.messageId;
  if (messageId === undefined) throw createRuntimeUnavailableError();
  return messageId;
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
