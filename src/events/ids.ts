import { createHash } from 'node:crypto';

/** Ids of the API are unique across types: sessions and messages have the bare id, all others a prefix. */
export function toTurnId(messageId: string): string {
  return `turn:${messageId}`;
}

/** Returns the id of the message that started the turn, or undefined if `id` is not the id of a turn. */
export function parseTurnId(id: string): string | undefined {
  return id.startsWith('turn:') ? id.slice('turn:'.length) : undefined;
}

export function toRequestId(id: string): string {
  return `request:${id}`;
}

/** Returns the runtime's id of the request, or undefined if `id` is not the id of a request. */
export function parseRequestId(id: string): string | undefined {
  return id.startsWith('request:') ? id.slice('request:'.length) : undefined;
}

/** Model servers restart the numbers of tool calls with each message, so the id contains the message id. */
export function toToolCallId(messageId: string | null, callId: string): string {
  return `tool:${messageId ?? ''}:${callId}`;
}

declare const ownershipChecked: unique symbol;

/** The id of a session that the viewer may use: only the ownership check creates it. Clients send names, not ids. */
export type SessionId = string & { readonly [ownershipChecked]: true };

const OWNER_HASH_DIGITS = 16;
const OWNED_ID = /^[0-9a-f]{16}_/;

/**
 * Returns the id of a session in the runtime. Two owners can use the same name, so the id contains a hash of the owner;
 * without an owner it is the name. It consists of letters, digits, `_` and `-`.
 */
export function toSessionId(name: string, owner: string | null): string {
  return owner === null ? name : `${hashOwner(owner)}_${name}`;
}

/** Returns the owner's name of a session. A fork has an id chosen by the runtime, which is its name as well. */
export function toSessionName(id: string, owner: string | null): string {
  return owner !== null && isSessionIdOwnedBy(owner, id) ? id.slice(OWNER_HASH_DIGITS + 1) : id;
}

export function isSessionIdOwnedBy(owner: string | null, id: string): boolean {
  return owner === null ? !OWNED_ID.test(id) : id.startsWith(`${hashOwner(owner)}_`);
}

function hashOwner(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, OWNER_HASH_DIGITS);
}
