import type { EventOf, EventType, SessionEvent } from '../events/event.ts';
import type { Context } from './context.ts';

interface FollowOptions {
  readonly after?: string | null | undefined;
  readonly types?: readonly EventType[] | null | undefined;
}

export async function followEvents(
  sessionId: string,
  options: FollowOptions,
  context: Context,
): Promise<AsyncIterable<SessionEvent>> {
  const { after, types } = options;
  return context.services.reader.follow(sessionId, { after, types, signal: context.signal });
}

export async function followMessageDeltas(
  sessionId: string,
  after: string | null | undefined,
  context: Context,
): Promise<AsyncIterable<EventOf<'message.delta'>>> {
  const options = { after, types: ['message.delta'] as const, signal: context.signal };
  return context.services.reader.follow(sessionId, options);
}

export async function followSessionInfo(
  sessionId: string,
  infoTypes: readonly string[] | null | undefined,
  context: Context,
): Promise<AsyncIterable<EventOf<'session.info'>>> {
  return context.services.reader.followNotices(sessionId, infoTypes ?? null, context.signal);
}
