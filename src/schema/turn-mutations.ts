import {
  abortTurn,
  type AbortTurnResult,
  removeQueuedMessage,
  type RemoveQueuedMessageResult,
} from '../resolvers/turn-mutations.ts';
import { builder } from './builder.ts';
import { QueuedMessageRef } from './message.ts';
import { SessionRef } from './session.ts';
import { TurnRef } from './turn.ts';

const AbortTurnInputRef = builder.inputType('AbortTurnInput', {
  description: 'What to stop.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    turnId: t.id({
      description:
        'Abort only if this turn is the running one, so that a late click cannot hit its successor.',
    }),
  }),
});

const AbortTurnPayloadRef = builder.objectRef<AbortTurnResult>('AbortTurnPayload').implement({
  description: 'What `abortTurn` stopped.',
  fields: (t) => ({
    session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    abortedTurn: t.expose('abortedTurn', {
      type: TurnRef,
      nullable: true,
      description: 'The turn that was stopped; null when it did not run any more.',
    }),
    discardedMessages: t.expose('discardedMessages', {
      type: [QueuedMessageRef],
      description:
        'What waited and was dropped by the runtime, oldest first. Its turns are ABORTED.',
    }),
  }),
});

const RemoveQueuedMessageInputRef = builder.inputType('RemoveQueuedMessageInput', {
  description: 'What to take back.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    messageId: t.id({ required: true, description: 'Id of the message that waits.' }),
  }),
});

const RemoveQueuedMessagePayloadRef = builder
  .objectRef<RemoveQueuedMessageResult>('RemoveQueuedMessagePayload')
  .implement({
    description: 'What `removeQueuedMessage` took back.',
    fields: (t) => ({
      removedMessage: t.expose('removedMessage', {
        type: QueuedMessageRef,
        description: 'The message; the agent never sees it.',
      }),
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

builder.mutationField('abortTurn', (t) =>
  t.field({
    type: AbortTurnPayloadRef,
    nullable: true,
    description:
      'Stop the running turn. Queued messages that the runtime drops with it are returned, never lost silently.',
    args: {
      input: t.arg({ type: AbortTurnInputRef, required: true, description: 'What to stop.' }),
    },
    resolve: (_root, { input }, context) => abortTurn(input, context),
  }),
);

builder.mutationField('removeQueuedMessage', (t) =>
  t.field({
    type: RemoveQueuedMessagePayloadRef,
    nullable: true,
    description:
      'Take back a message that has not started; its turn becomes ABORTED. TURN_NOT_FOUND when it has.',
    args: {
      input: t.arg({
        type: RemoveQueuedMessageInputRef,
        required: true,
        description: 'What to take back.',
      }),
    },
    resolve: (_root, { input }, context) => removeQueuedMessage(input, context),
  }),
);
