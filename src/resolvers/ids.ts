export {
  messageIdOfTurn,
  requestId,
  runtimeIdOfRequest,
  toolCallId,
  turnId,
} from '../events/ids.ts';
