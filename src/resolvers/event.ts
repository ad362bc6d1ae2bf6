import type { EventOf, EventType, SessionEvent } from '../events/event.ts';
import type { Context } from './context.ts';
import { checkRange } from './input.ts';
import { ownedSession } from './ownership.ts';

interface Place {
  readonly after: string | null | undefined;
  readonly maxLatencyMs: number;
  readonly signal: AbortSignal;
}

interface PlaceOptions {
  readonly after?: string | null | undefined;
  readonly maxLatencyMs: number;
}

interface FollowOptions extends PlaceOptions {
  readonly types?: readonly EventType[] | null | undefined;
}

export async function followEvents(
  sessionId: string,
  options: FollowOptions,
  context: Context,
): Promise<AsyncIterable<SessionEvent>> {
  const { reader } = context.services;
  const id = await ownedSession(sessionId, context);
  return reader.follow(id, { ...options, ...placeIn(options, context) });
}

export async function followMessageDeltas(
  sessionId: string,
  options: PlaceOptions,
  context: Context,
): Promise<AsyncIterable<EventOf<'message.delta'>>> {
  const { reader } = context.services;
  const id = await ownedSession(sessionId, context);
  return reader.follow(id, { types: ['message.delta'], ...placeIn(options, context) });
}

export async function followSessionInfo(
  sessionId: string,
  infoTypes: readonly string[] | null | undefined,
  context: Context,
): Promise<AsyncIterable<EventOf<'session.info'>>> {
  const id = await ownedSession(sessionId, context);
  return context.services.reader.followNotices(id, infoTypes ?? null, context.signal);
}

const LATENCIES = [0, 10_000] as const;

/** Stock clients repeat their first variables when they come back: where they stopped, only their transport knows. */
function placeIn({ after, maxLatencyMs }: PlaceOptions, { resumeAfter, signal }: Context): Place {
  checkRange('maxLatencyMs', maxLatencyMs, LATENCIES);
  return { after: resumeAfter ?? after, maxLatencyMs, signal };
}
