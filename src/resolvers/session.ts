import type { SessionState } from '../copilot/session/session.ts';
import type { SessionChange } from '../copilot/sessions/session-changes.ts';
import type { OwnedSessionsQuery, SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createSessionNotFoundError } from '../errors/common-errors.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Subagent } from '../events/subagent.ts';
import type { SessionUsage } from '../events/usage.ts';
import type { SessionListCursor, SessionQuery } from '../store/session-store.ts';
import type { Context } from './context.ts';
import { findVisibleSession, isOperator, requireOwner, toOwnPublicId } from './ownership.ts';
import {
  createInvalidCursorError,
  createPage,
  decodeListCursor,
  encodeListCursor,
  type Page,
  type PageArgs,
  resolvePageSize,
} from './pagination.ts';

export interface SessionPageWithCount extends Page<SessionSnapshot> {
  readonly totalCount: number;
}

export interface RemoteAccess {
  readonly url: string;
  readonly steerable: boolean;
}

interface SessionFilter {
  readonly states?: readonly SessionState[] | null | undefined;
  readonly location?: 'local' | 'cloud' | null | undefined;
  readonly repository?:
    { owner: string; name: string; branch?: string | null | undefined } | null | undefined;
  readonly label?: { key: string; value: string } | null | undefined;
  readonly updatedAfter?: Date | null | undefined;
  readonly search?: string | null | undefined;
  readonly allOwners: boolean;
}

const ALL_STATES: readonly SessionState[] = [
  'STARTING',
  'IDLE',
  'RUNNING',
  'WAITING_FOR_INPUT',
  'DISCONNECTED',
];

/** @throws {GatewayError} SESSION_NOT_FOUND if there is no session with this id that the viewer may see */
export async function requireSession(id: string, context: Context): Promise<SessionSnapshot> {
  const session = await findVisibleSession(id, context);
  if (!session) throw createSessionNotFoundError();
  return session;
}

/** Returns the session after a change, or null if it was deleted. */
export function findChangedSession(
  { sessionId }: SessionChange,
  context: Context,
): Promise<SessionSnapshot | null> {
  return findVisibleSession(toOwnPublicId(sessionId, context), context);
}

export function getSessionState({ id }: SessionSnapshot, { services }: Context): SessionState {
  return services.sessions.getState(id);
}

/** Returns null for a session of another viewer: a title reveals what the conversation is about. */
export function findVisibleTitle(
  { title, owner }: SessionSnapshot,
  { viewer }: Context,
): string | null {
  return owner === viewer.owner ? title : null;
}

/** Returns null for a session of another viewer: the URL may give access to it. */
export function findRemoteAccess(
  { remoteUrl, remoteSteerable, owner }: SessionSnapshot,
  { viewer }: Context,
): RemoteAccess | null {
  if (remoteUrl === null || owner !== viewer.owner) return null;
  return { url: remoteUrl, steerable: remoteSteerable };
}

export async function readSessionCursor(
  session: SessionSnapshot,
  context: Context,
): Promise<string> {
  requireOwner(session, context);
  return session.cursor();
}

export async function listSessions(
  args: PageArgs,
  filter: SessionFilter,
  context: Context,
): Promise<SessionPageWithCount> {
  const size = resolvePageSize(args, { limit: 20, fromEnd: false });
  const after = args.after == null ? null : decodeSessionListCursor('after', args.after);
  const before = args.before == null ? null : decodeSessionListCursor('before', args.before);
  const query = buildSessionQuery(filter, context);
  const page = await context.services.sessions.listSnapshots(query, { ...size, after, before });
  const edges = page.records.map((record) => ({
    cursor: encodeListCursor([record.updatedAt.getTime(), record.id]),
    node: record,
  }));
  return { ...createPage(edges, page), totalCount: page.totalCount };
}

export function followSessions(context: Context): AsyncIterable<SessionChange> {
  const { services, signal, viewer } = context;
  return services.sessions.changes.follow(viewer.owner, signal);
}

function buildSessionQuery(filter: SessionFilter, context: Context): OwnedSessionsQuery {
  const { states, repository, allOwners, ...rest } = filter;
  if (allOwners && !isOperator(context)) {
    throw new GatewayError('FORBIDDEN', 'Only operators may set `allOwners`.');
  }
  return {
    owner: context.viewer.owner,
    allOwners,
    location: rest.location ?? null,
    label: rest.label ?? null,
    updatedAfter: rest.updatedAfter ?? null,
    search: rest.search ?? null,
    repository: repository ? { ...repository, branch: repository.branch ?? null } : null,
    ...(states && filterIdsByState(states, context)),
  };
}

/** The store does not know states: only sessions in memory have another state than DISCONNECTED. */
function filterIdsByState(
  states: readonly SessionState[],
  { services }: Context,
): Pick<SessionQuery, 'ids' | 'excludedIds'> {
  if (!states.includes('DISCONNECTED')) return { ids: services.sessions.listIdsByState(states) };
  const excludedStates = ALL_STATES.filter((state) => !states.includes(state));
  return { excludedIds: services.sessions.listIdsByState(excludedStates) };
}

function decodeSessionListCursor(field: string, cursor: string): SessionListCursor {
  const [updatedAt, id] = decodeListCursor(field, cursor);
  if (typeof updatedAt !== 'number' || typeof id !== 'string') {
    throw createInvalidCursorError(field);
  }
  return { updatedAt: new Date(updatedAt), id };
}

export async function readSessionUsage(
  session: SessionSnapshot,
  context: Context,
): Promise<SessionUsage> {
  return context.services.reader.readUsage(requireOwner(session, context));
}

export async function listSubagents(
  session: SessionSnapshot,
  context: Context,
): Promise<Subagent[]> {
  return context.services.reader.listSubagents(requireOwner(session, context));
}
