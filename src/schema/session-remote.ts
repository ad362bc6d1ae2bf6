import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { setSessionRemote } from '../resolvers/session-remote.ts';
import { builder } from './builder.ts';
import { RemoteModeRef } from './remote-mode.ts';
import { SessionRef } from './session.ts';

const SetSessionRemoteInputRef = builder.inputType('SetSessionRemoteInput', {
  description: 'How a session is to be seen on GitHub.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    mode: t.field({ type: RemoteModeRef, required: true, description: 'From now on.' }),
  }),
});

const SetSessionRemotePayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('SetSessionRemotePayload')
  .implement({
    description: 'The session that is shared, or no longer.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

builder.mutationField('setSessionRemote', (t) =>
  t.field({
    type: SetSessionRemotePayloadRef,
    nullable: true,
    description:
      'Share a local session on GitHub web and mobile (Mission Control), or stop sharing it; what GitHub has got stays there. POLICY_BLOCKED where the profile or the organisation forbids it, GITHUB_AUTH_REQUIRED when the runtime is not signed in, NOT_SUPPORTED for cloud sessions, runtimes that cannot, and GitHub accounts beside that of the runtime: nothing has changed then, except that what was ON and cannot become EXPORT is OFF.',
    args: {
      input: t.arg({ type: SetSessionRemoteInputRef, required: true, description: 'The session and the mode.' }),
    },
    resolve: (_root, { input }, context) => setSessionRemote(input, context),
  }),
);
