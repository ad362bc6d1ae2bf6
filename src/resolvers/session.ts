import type { SessionState } from '../copilot/session.ts';
import type { SessionChange } from '../copilot/session-changes.ts';
import type { SessionSnapshot } from '../copilot/sessions.ts';
import type { SessionPosition, SessionQuery } from '../directory/session-directory.ts';
import type { Context } from './context.ts';
import { badInput } from './input.ts';
import {
  decodePosition,
  encodePosition,
  type Page,
  type PageArgs,
  pageSize,
} from './pagination.ts';

export interface SessionPageWithCount extends Page<SessionSnapshot> {
  readonly totalCount: number;
}

interface SessionFilter {
  readonly states?: readonly SessionState[] | null | undefined;
  readonly repository?:
    { owner: string; name: string; branch?: string | null | undefined } | null | undefined;
  readonly label?: { key: string; value: string } | null | undefined;
  readonly updatedAfter?: Date | null | undefined;
  readonly search?: string | null | undefined;
}

const ALL_STATES: readonly SessionState[] = [
  'IDLE',
  'RUNNING',
  'WAITING_FOR_INPUT',
  'DISCONNECTED',
];

export function findSession(id: string, { services }: Context): Promise<SessionSnapshot> {
  return services.sessions.snapshot(id);
}

export function sessionOrNull(id: string, { services }: Context): Promise<SessionSnapshot | null> {
  return services.sessions.find(id);
}

export function stateOf(session: SessionSnapshot, { services }: Context): SessionState {
  return services.sessions.stateOf(session.id);
}

export async function listSessions(
  args: PageArgs,
  filter: SessionFilter,
  context: Context,
): Promise<SessionPageWithCount> {
  const size = pageSize(args, { limit: 20, fromEnd: false });
  const after = args.after == null ? null : positionOf('after', args.after);
  const before = args.before == null ? null : positionOf('before', args.before);
  const { sessions, directory } = context.services;
  const query = queryOf(filter, context);
  const page = await sessions.snapshots(() => directory.page(query, { ...size, after, before }));
  const edges = page.records.map((record) => ({
    cursor: encodePosition([record.updatedAt.getTime(), record.id]),
    node: record,
  }));
  return {
    edges,
    hasNextPage: page.hasNext,
    hasPreviousPage: page.hasPrevious,
    totalCount: page.totalCount,
  };
}

export function followSessions({ services, signal }: Context): AsyncIterable<SessionChange> {
  return services.sessions.changes.follow(signal);
}

function queryOf(filter: SessionFilter, context: Context): SessionQuery {
  const { states, repository, ...rest } = filter;
  return {
    label: rest.label ?? null,
    updatedAfter: rest.updatedAfter ?? null,
    search: rest.search ?? null,
    repository: repository ? { ...repository, branch: repository.branch ?? null } : null,
    ...(states && idsInStates(states, context)),
  };
}

/** Only the sessions in use have another state than DISCONNECTED, and only here it is known which. */
function idsInStates(
  states: readonly SessionState[],
  { services }: Context,
): Pick<SessionQuery, 'ids' | 'excludedIds'> {
  if (!states.includes('DISCONNECTED')) return { ids: services.sessions.idsByState(states) };
  const others = ALL_STATES.filter((state) => !states.includes(state));
  return { excludedIds: services.sessions.idsByState(others) };
}

function positionOf(field: string, cursor: string): SessionPosition {
  const [updatedAt, id] = decodePosition(field, cursor);
  if (typeof updatedAt !== 'number' || typeof id !== 'string') {
    throw badInput(field, 'this is not a cursor of this list');
  }
  return { updatedAt: new Date(updatedAt), id };
}
