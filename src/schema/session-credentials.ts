import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { updateSessionCredentials } from '../resolvers/update-credentials.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

const UpdateSessionCredentialsInputRef = builder.inputType('UpdateSessionCredentialsInput', {
  description: 'Whose GitHub account a session is to use.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    gitHubToken: t.string({
      required: true,
      description:
        'Of an account with Copilot. Write-only: held in memory, never stored, logged or returned.',
    }),
  }),
});

const UpdateSessionCredentialsPayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('UpdateSessionCredentialsPayload')
  .implement({
    description: 'The session that has them.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

builder.mutationField('updateSessionCredentials', (t) =>
  t.field({
    type: UpdateSessionCredentialsPayloadRef,
    nullable: true,
    description:
      'Use this GitHub token for the session from now on; a running turn ends with the one it began with. GITHUB_AUTH_REQUIRED when GitHub refuses it, BAD_USER_INPUT when the session or its profile has a model provider: nothing has changed then.',
    args: {
      input: t.arg({ type: UpdateSessionCredentialsInputRef, required: true, description: 'The session and the token.' }),
    },
    resolve: (_root, { input }, context) => updateSessionCredentials(input, context),
  }),
);
