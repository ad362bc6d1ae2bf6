import {
  abortTurn,
  type AbortTurnResult,
  removeQueuedMessage,
  type RemoveQueuedMessageResult,
} from '../resolvers/turn-mutations.ts';
import { builder } from './builder.ts';
import { QueuedMessageRef } from './message.ts';
import { addMutation, sessionIdDescription } from './mutation.ts';
import { SessionRef } from './session.ts';
import { TurnRef } from './turn.ts';

const AbortTurnPayloadRef = builder.objectRef<AbortTurnResult>('AbortTurnPayload').implement({
  description: 'Result of the mutation `abortTurn`.',
  fields: (t) => ({
    session: t.expose('session', {
      type: SessionRef,
      description: 'The session after the mutation.',
    }),
    abortedTurn: t.expose('abortedTurn', {
      type: TurnRef,
      nullable: true,
      description:
        'The turn that was aborted, in state ABORTED. Null if no turn was running, if another turn than `turnId` was running, or if the turn ended in another way first.',
    }),
    discardedMessages: t.expose('discardedMessages', {
      type: [QueuedMessageRef],
      description:
        'The messages that were queued and were discarded together with the turn, oldest first; their turns are ABORTED. The agent never reads them, so a client can offer them to the user again.',
    }),
  }),
});

const RemoveQueuedMessagePayloadRef = builder
  .objectRef<RemoveQueuedMessageResult>('RemoveQueuedMessagePayload')
  .implement({
    description: 'Result of the mutation `removeQueuedMessage`.',
    fields: (t) => ({
      removedMessage: t.expose('removedMessage', {
        type: QueuedMessageRef,
        description: 'The message that was removed. The agent never reads it.',
      }),
      session: t.expose('session', {
        type: SessionRef,
        description: 'The session after the mutation.',
      }),
    }),
  });

addMutation('abortTurn', {
  description:
    'Aborts the running turn of a session. The runtime also discards the queued messages; they are returned in `discardedMessages`. Safe to repeat: if nothing is running, nothing changes and `abortedTurn` is null. Fails with TURN_NOT_FOUND if `turnId` is not a turn of the session, and with SESSION_NOT_FOUND.',
  payload: AbortTurnPayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    turnId: t.id({
      description:
        'The ID of the only turn that may be aborted. If another turn is running, nothing is aborted; this protects against aborting the next turn by a late click. If absent, the running turn is aborted, whichever it is.',
    }),
  }),
  resolve: (input, context) => abortTurn(input, context),
});

addMutation('removeQueuedMessage', {
  description:
    'Removes a message from the queue of a session before its turn starts. The turn becomes ABORTED. Fails with TURN_NOT_FOUND if the message is not in the queue, for example because its turn has already started or the message was already removed, and with SESSION_NOT_FOUND.',
  payload: RemoveQueuedMessagePayloadRef,
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    messageId: t.id({
      required: true,
      description: 'The ID of the queued message, as in `QueuedMessage.id`.',
    }),
  }),
  resolve: (input, context) => removeQueuedMessage(input, context),
});
