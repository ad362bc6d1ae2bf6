import { createHash } from 'node:crypto';

/** Ids are unique across types: a session's and a message's are bare, all others carry a prefix with a colon. */
export function toTurnId(messageId: string): string {
  return `turn:${messageId}`;
}

/** Undefined when it is no turn's id. */
export function parseTurnId(id: string): string | undefined {
  return id.startsWith('turn:') ? id.slice('turn:'.length) : undefined;
}

export function toRequestId(id: string): string {
  return `request:${id}`;
}

/** The runtime's own id; nobody's when it is no request's id. */
export function parseRequestId(id: string): string {
  return id.startsWith('request:') ? id.slice('request:'.length) : '';
}

/** Model servers number their calls anew for each message, so the message's id is part of it. */
export function toToolCallId(messageId: string | null, callId: string): string {
  return `tool:${messageId ?? ''}:${callId}`;
}

declare const ownershipChecked: unique symbol;

/** Id of a session of which ownership said that the viewer may use it. What a client sends is a name, and is none. */
export type SessionId = string & { readonly [ownershipChecked]: true };

const OWNER_HASH_DIGITS = 16;
const OWNED_ID = /^[0-9a-f]{16}_/;

/**
 * Under which the runtime knows a session: the same name of two owners gives two ids, of letters, digits, `_` and `-`.
 *
 * @param owner null: the name itself
 */
export function toSessionId(name: string, owner: string | null): string {
  return owner === null ? name : `${hashOwner(owner)}_${name}`;
}

/** What its owner calls it: also by the id that the runtime chose for a fork. */
export function toSessionName(id: string, owner: string | null): string {
  return owner !== null && isSessionIdOwnedBy(owner, id) ? id.slice(OWNER_HASH_DIGITS + 1) : id;
}

export function isSessionIdOwnedBy(owner: string | null, id: string): boolean {
  return owner === null ? !OWNED_ID.test(id) : id.startsWith(`${hashOwner(owner)}_`);
}

function hashOwner(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, OWNER_HASH_DIGITS);
}
