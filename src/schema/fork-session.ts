import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { forkSession } from '../resolvers/fork-session.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

const ForkSessionInputRef = builder.inputType('ForkSessionInput', {
  description: 'What to copy.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    beforeMessageId: t.id({
      description:
        'Copy only what came before this message; all turns that have ended when absent. BAD_USER_INPUT when the history has no such message.',
    }),
    title: t.string({ description: "Up to 200 characters; the runtime's when absent." }),
  }),
});

const ForkSessionPayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('ForkSessionPayload')
  .implement({
    description: 'What `forkSession` made.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The new session.' }),
    }),
  });

builder.mutationField('forkSession', (t) =>
  t.field({
    type: ForkSessionPayloadRef,
    nullable: true,
    description:
      'Make another session with the settings and a copy of the history of this one, which goes on undisturbed and is told in a SessionInfo. Messages and turns keep their ids; cursors of the one are refused by the other.',
    args: {
      input: t.arg({ type: ForkSessionInputRef, required: true, description: 'What to copy.' }),
    },
    resolve: (_root, { input }, context) => forkSession(input, context),
  }),
);
