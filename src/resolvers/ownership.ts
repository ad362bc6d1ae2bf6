/**
 * Maps between the session names that clients use and the ids that the runtime uses, and checks who owns a session.
 *
 * 1. A name that a client sends becomes a `SessionId` only here, and the services accept nothing else. An operation can
 *    therefore not reach the content of a session that its viewer does not own.
 * 2. For a session of another viewer the error is the same as for one that does not exist.
 * 3. Operators see that a session of another viewer exists ({@link findVisibleSession}), but not its content
 *    ({@link requireOwner}).
 */
import type { OwnedSession } from '../copilot/sessions/open-sessions.ts';
import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { createInputError, createSessionNotFoundError } from '../errors/common-errors.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { isSessionIdOwnedBy, type SessionId, toSessionId, toSessionName } from '../events/ids.ts';
import type { Context } from './context.ts';

interface NamedSession {
  readonly id: string;
  readonly owner: string | null;
}

interface AllocatedSession {
  readonly id: SessionId;
  /** Whether the viewer already has a session with this name. */
  readonly exists: boolean;
}

/**
 * Returns the record of the viewer's session with this name. Operations pass it on, so that it is read once.
 *
 * @throws {GatewayError} SESSION_NOT_FOUND if the viewer has none
 */
export async function requireOwnedSession(name: string, context: Context): Promise<OwnedSession> {
  const session = await findOwned({ id: name, owner: context.viewer.owner }, (id) =>
    context.services.sessions.findRecordUnchecked(id),
  );
  if (!session) throw createSessionNotFoundError();
  return session;
}

/**
 * Returns the id of a session that was already read.
 *
 * @throws {GatewayError} FORBIDDEN if it belongs to another viewer
 */
export function requireOwner({ id, owner }: NamedSession, { viewer }: Context): SessionId {
  if (owner !== viewer.owner) {
    throw new GatewayError('FORBIDDEN', 'Only the owner of a session may read its content.');
  }
  return id as SessionId;
}

/** Returns the id of the session of a turn. A resolver has a turn only after ownership of its session was checked. */
export function getTurnSessionId({ sessionId }: { readonly sessionId: string }): SessionId {
  return sessionId as SessionId;
}

async function findOwned<T extends NamedSession>(
  { id: name, owner }: NamedSession,
  find: (id: string) => Promise<T | null | undefined>,
): Promise<(T & { readonly id: SessionId }) | undefined> {
  const ownedId = toSessionId(name, owner);
  // The runtime chooses the ids of forks, which do not contain the owner.
  for (const id of isSessionIdOwnedBy(null, name) ? [ownedId, name] : [ownedId]) {
    const found = await find(id);
    if (found && found.owner === owner) return found as T & { readonly id: SessionId };
  }
  return undefined;
}

/**
 * Returns the id for a session that is to be created with this name.
 *
 * @throws {GatewayError} BAD_USER_INPUT if the name looks like the id of another owner's session
 */
export async function allocateSessionId(name: string, context: Context): Promise<AllocatedSession> {
  const { services, viewer } = context;
  const existing = await findOwned({ id: name, owner: viewer.owner }, (id) =>
    services.sessions.findRecordUnchecked(id),
  );
  if (existing) return { id: existing.id, exists: true };
  const id = toSessionId(name, viewer.owner);
  if (!isSessionIdOwnedBy(viewer.owner, id)) {
    throw createInputError('sessionId', 'must not begin with 16 hexadecimal digits and _');
  }
  return { id: id as SessionId, exists: false };
}

/** Returns the session with this public id, or null if there is none that the viewer may see. */
export async function findVisibleSession(
  publicId: string,
  context: Context,
): Promise<SessionSnapshot | null> {
  const { services, viewer } = context;
  const named = parsePublicId(publicId, context);
  if (named.owner !== viewer.owner && !isOperator(context)) return null;
  const session = await findOwned(named, (id) => services.sessions.findSnapshotUnchecked(id));
  return session ?? null;
}

/** Parses `<name>` or, for operators, `<viewer>:<name>`; the `id` of the result is the name. */
function parsePublicId(publicId: string, { viewer }: Context): NamedSession {
  const end = publicId.lastIndexOf(':');
  if (end < 0) return { id: publicId, owner: viewer.owner };
  const owner = end === 0 ? null : `viewer:${publicId.slice(0, end)}`;
  return { id: publicId.slice(end + 1), owner };
}

/** Returns the name of a session of the viewer, or `<viewer>:<name>` for a session of another viewer. */
export function toPublicId({ id, owner }: NamedSession, { viewer }: Context): string {
  const name = toSessionName(id, owner);
  return owner === viewer.owner ? name : `${owner?.slice('viewer:'.length) ?? ''}:${name}`;
}

/** Returns the name of a session that the viewer is known to own. */
export function toOwnPublicId(id: string, { viewer }: Context): string {
  return toSessionName(id, viewer.owner);
}

export function isOperator({ viewer }: Context): boolean {
  return viewer.roles.includes('operator');
}
