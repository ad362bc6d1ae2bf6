import type { Viewer } from '../auth/viewer.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createInputError, createSessionNotFoundError } from '../errors/common-errors.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { isSessionIdOwnedBy, type SessionId, toSessionId, toSessionName } from '../events/ids.ts';
import type { Context } from './context.ts';

interface OwnedSession {
  readonly id: string;
  readonly owner: string | null;
}

/**
 * The one way from what a client names to a session: the services take no other id than what this gives.
 *
 * @throws Failure SESSION_NOT_FOUND, for another's in no other way than for one that there is not
 */
export async function requireOwnedSession(name: string, context: Context): Promise<SessionId> {
  const id = await findSessionId({ id: name, owner: context.viewer.owner }, context);
  if (id === undefined) throw createSessionNotFoundError();
  return id;
}

/** The same for what was found already. @throws Failure FORBIDDEN: an operator sees that there is a session, not what is in it */
export function requireOwner({ id, owner }: OwnedSession, { viewer }: Context): SessionId {
  if (owner !== viewer.owner) {
    throw new GatewayError('FORBIDDEN', 'The content of a session is for its owner only.');
  }
  return id as SessionId;
}

/** Whoever holds a turn got it from its session. */
export function getTurnSessionId({ sessionId }: { readonly sessionId: string }): SessionId {
  return sessionId as SessionId;
}

/** Forks have ids of the runtime's choice, without their owner in it. */
async function findSessionId(
  { id: name, owner }: OwnedSession,
  { services }: Context,
): Promise<SessionId | undefined> {
  const made = toSessionId(name, owner);
  for (const id of isSessionIdOwnedBy(null, name) ? [made, name] : [made]) {
    const record = await services.sessions.findRecordUnchecked(id);
    if (record?.owner === owner) return id as SessionId;
  }
  return undefined;
}

/** For a session that is to be made; without a name it gets one. One that there is keeps its id. */
export async function allocateSessionId(name: string, context: Context): Promise<SessionId> {
  const { viewer } = context;
  const known = await findSessionId({ id: name, owner: viewer.owner }, context);
  if (known !== undefined) return known;
  const id = toSessionId(name, viewer.owner);
  if (!isSessionIdOwnedBy(viewer.owner, id)) {
    throw createInputError('sessionId', 'must not begin with 16 hexadecimal digits and _');
  }
  return id as SessionId;
}

/** By its name or, for an operator, by `<viewer>:<name>`. Null when there is none that the viewer may know of. */
export async function findVisibleSession(
  name: string,
  context: Context,
): Promise<SessionSnapshot | null> {
  const { services, viewer } = context;
  const named = parsePublicId(name, context);
  if (named.owner !== viewer.owner && !isOperator(context)) return null;
  const id = await findSessionId(named, context);
  return id === undefined ? null : services.sessions.findSnapshot(id);
}

/** Its `id` is what the owner calls it. */
function parsePublicId(name: string, { viewer }: Context): OwnedSession {
  const end = name.lastIndexOf(':');
  if (end < 0) return { id: name, owner: viewer.owner };
  const owner = end === 0 ? null : `viewer:${name.slice(0, end)}`;
  return { id: name.slice(end + 1), owner };
}

/** How the viewer names the session: its own by their names, another's by `<viewer>:<name>`. */
export function toPublicId({ id, owner }: OwnedSession, { viewer }: Context): string {
  const name = toSessionName(id, owner);
  return owner === viewer.owner ? name : `${owner?.slice('viewer:'.length) ?? ''}:${name}`;
}

/** Of a session whose content the viewer gets: its own. */
export function toOwnPublicId(id: string, { viewer }: Context): string {
  return toSessionName(id, viewer.owner);
}

export function isOperator({ viewer }: Context): boolean {
  return viewer.roles.includes('operator');
}

export function getViewer({ viewer }: Context): Viewer {
  return viewer;
}
