import type { MessageDelivery } from '../copilot/sending/delivery.ts';
import type { SendOutcome } from '../copilot/sending/idempotent-sender.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import type { SessionId } from '../events/ids.ts';
import type { Message } from '../events/message.ts';
import type { Turn } from '../events/turn.ts';
import type { Context } from './context.ts';
import { validateAttachments } from './input/attachments.ts';
import { validateClientMessageId, validatePrompt, validateRange } from './input/fields.ts';
import { sendWithinLimits } from './limits.ts';
import { requireOwnedSession, requireOwner } from './ownership.ts';
import {
  createPage,
  MessageCursorCodec,
  type Page,
  type PageArgs,
  resolvePageSize,
} from './pagination.ts';

interface SendMessageInput {
  readonly sessionId: string;
  readonly prompt: string;
  readonly delivery: MessageDelivery;
  readonly attachments?: Parameters<typeof validateAttachments>[0] | null | undefined;
  readonly clientMessageId?: string | null | undefined;
}

const TIMEOUT_RANGE_MS = [1, 600_000] as const;

/** @param waits contains the arguments of each selection of `finishedTurn`; they are validated before anything is sent */
export async function sendMessage(
  input: SendMessageInput,
  waits: readonly { readonly timeoutMs?: unknown }[],
  context: Context,
): Promise<SendOutcome> {
  const { services } = context;
  const { sessionId, prompt, delivery, clientMessageId = null } = input;
  validatePrompt(prompt, services.limits.promptBytes);
  if (clientMessageId !== null) validateClientMessageId(clientMessageId);
  for (const { timeoutMs } of waits) {
    validateRange('timeoutMs', Number(timeoutMs), TIMEOUT_RANGE_MS);
  }
  const attachments = validateAttachments(input.attachments ?? [], services.limits.attachmentBytes);
  const session = await requireOwnedSession(sessionId, context);
  const message = { prompt, delivery, attachments };
  const send = (): Promise<SendOutcome> =>
    services.sessions.send(session, message, clientMessageId);
  return sendWithinLimits(session.id, message, { context, send });
}

/** Returns the turn when it ends, when the timeout elapses, or when the client disconnects or the gateway shuts down. */
export async function awaitFinishedTurn(
  turn: Turn,
  timeoutMs: number,
  { services, signal }: Context,
): Promise<Turn> {
  const { drainController } = services.gateway;
  const waitSignal = AbortSignal.any([
    signal,
    drainController.signal,
    AbortSignal.timeout(timeoutMs),
  ]);
  return services.reader.waitForTurnEnd(turn, waitSignal);
}

export async function listMessages(
  session: SessionSnapshot,
  args: PageArgs,
  context: Context,
): Promise<Page<Message>> {
  const sessionId = requireOwner(session, context);
  const cursors = new MessageCursorCodec(sessionId);
  const range = {
    ...resolvePageSize(args, { limit: 50, fromEnd: true }),
    after: args.after == null ? null : cursors.decode('after', args.after),
    before: args.before == null ? null : cursors.decode('before', args.before),
  };
  // The history reads the cursor first: an event between the two reads is then in both, not in neither.
  const request = { sessionId, position: session.cursor };
  const page = await context.histories.read(request, (history) => history.readPage(range));
  const edges = page.messages.map((node) => ({
    cursor: cursors.encode({ messageId: node.id, side: page.side }),
    node,
  }));
  return createPage(edges, page);
}

export async function findMessage(
  sessionId: SessionId,
  id: string,
  { histories }: Context,
): Promise<Message | undefined> {
  return histories.read({ sessionId, position: null }, (history) => history.findMessage(id));
}
