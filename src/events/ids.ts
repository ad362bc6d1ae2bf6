import { createHash } from 'node:crypto';

/** Ids are unique across types: a session's and a message's are bare, all others carry a prefix with a colon. */
export function turnId(messageId: string): string {
  return `turn:${messageId}`;
}

/** Undefined when it is no turn's id. */
export function messageIdOfTurn(id: string): string | undefined {
  return id.startsWith('turn:') ? id.slice('turn:'.length) : undefined;
}

export function requestId(id: string): string {
  return `request:${id}`;
}

/** The runtime's own id; nobody's when it is no request's id. */
export function runtimeIdOfRequest(id: string): string {
  return id.startsWith('request:') ? id.slice('request:'.length) : '';
}

/** Model servers number their calls anew for each message, so the message's id is part of it. */
export function toolCallId(messageId: string | null, callId: string): string {
  return `tool:${messageId ?? ''}:${callId}`;
}

declare const checked: unique symbol;

/** Id of a session of which ownership said that the viewer may use it. What a client sends is a name, and is none. */
export type SessionId = string & { readonly [checked]: true };

const SPACE_DIGITS = 16;
const OWNED = /^[0-9a-f]{16}_/;

/**
 * Under which the runtime knows a session: the same name of two owners gives two ids, of letters, digits, `_` and `-`.
 *
 * @param owner null: the name itself
 */
export function sessionIdOf(name: string, owner: string | null): string {
  return owner === null ? name : `${spaceOf(owner)}_${name}`;
}

/** What its owner calls it: also by the id that the runtime chose for a fork. */
export function sessionNameOf(id: string, owner: string | null): string {
  return owner !== null && isSessionIdOf(owner, id) ? id.slice(SPACE_DIGITS + 1) : id;
}

export function isSessionIdOf(owner: string | null, id: string): boolean {
  return owner === null ? !OWNED.test(id) : id.startsWith(`${spaceOf(owner)}_`);
}

function spaceOf(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, SPACE_DIGITS);
}
