export {
  isSessionIdOf,
  messageIdOfTurn,
  requestId,
  runtimeIdOfRequest,
  type SessionId,
  sessionIdOf,
  sessionNameOf,
  toolCallId,
  turnId,
} from '../events/ids.ts';
