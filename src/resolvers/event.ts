import type { EventByType, EventType, SessionEvent } from '../events/event.ts';
import type { Context } from './context.ts';
import { validateRange } from './input/fields.ts';
import { requireOwnedSession } from './ownership.ts';

interface SubscriptionOptions {
  readonly after: string | null | undefined;
  readonly maxLatencyMs: number;
  readonly signal: AbortSignal;
}

interface SubscriptionArgs {
  readonly after?: string | null | undefined;
  readonly maxLatencyMs: number;
}

interface EventSubscriptionArgs extends SubscriptionArgs {
  readonly types?: readonly EventType[] | null | undefined;
}

export async function followEvents(
  sessionId: string,
  options: EventSubscriptionArgs,
  context: Context,
): Promise<AsyncIterable<SessionEvent>> {
  const { reader } = context.services;
  const session = await requireOwnedSession(sessionId, context);
  return reader.followEvents(session, {
    ...options,
    ...resolveSubscriptionOptions(options, context),
  });
}

export async function followMessageDeltas(
  sessionId: string,
  options: SubscriptionArgs,
  context: Context,
): Promise<AsyncIterable<EventByType<'message.delta'>>> {
  const { reader } = context.services;
  const session = await requireOwnedSession(sessionId, context);
  return reader.followEvents(session, {
    types: ['message.delta'],
    ...resolveSubscriptionOptions(options, context),
  });
}

export async function followSessionInfo(
  sessionId: string,
  infoTypes: readonly string[] | null | undefined,
  context: Context,
): Promise<AsyncIterable<EventByType<'session.info'>>> {
  const session = await requireOwnedSession(sessionId, context);
  return context.services.reader.followNotices(session, infoTypes ?? null, context.signal);
}

const LATENCY_RANGE_MS = [0, 10_000] as const;

/** Common clients repeat their first variables when they reconnect, so the cursor of the transport takes precedence. */
function resolveSubscriptionOptions(
  { after, maxLatencyMs }: SubscriptionArgs,
  { resumeAfter, signal }: Context,
): SubscriptionOptions {
  validateRange('maxLatencyMs', maxLatencyMs, LATENCY_RANGE_MS);
  return { after: resumeAfter ?? after, maxLatencyMs, signal };
}
