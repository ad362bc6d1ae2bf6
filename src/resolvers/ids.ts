export {
  isSessionIdOwnedBy,
  parseTurnId,
  toRequestId,
  parseRequestId,
  type SessionId,
  toSessionId,
  toSessionName,
  toToolCallId,
  toTurnId,
} from '../events/ids.ts';
