export { messageIdOfTurn, toolCallId, turnId } from '../events/ids.ts';
