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
