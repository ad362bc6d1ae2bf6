import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { updateSession } from '../resolvers/update-session.ts';
import { builder } from './builder.ts';
import { ReasoningEffortRef } from './model.ts';
import { LabelInputRef, SessionRef } from './session.ts';

const UpdateSessionInputRef = builder.inputType('UpdateSessionInput', {
  description: "What to change. An absent field stays, null resets to the profile's default.",
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    title: t.string({ description: "Up to 200 characters; null: the runtime's summary." }),
    model: t.string({ description: 'From the next turn on that is not yet queued.' }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description: 'As the model, from the same turn on.',
    }),
    labels: t.field({ type: [LabelInputRef], description: 'Replaces all labels; up to 20.' }),
  }),
});

const UpdateSessionPayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('UpdateSessionPayload')
  .implement({
    description: 'What `updateSession` changed.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

builder.mutationField('updateSession', (t) =>
  t.field({
    type: UpdateSessionPayloadRef,
    nullable: true,
    description:
      'Change title, labels, model or reasoning effort. When any of it is refused, nothing changes.',
    args: {
      input: t.arg({ type: UpdateSessionInputRef, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, context) => updateSession(input, context),
  }),
);
