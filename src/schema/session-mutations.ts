import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import {
  createSession,
  type CreateSessionResult,
  deleteSession,
  disconnectSession,
  forkSession,
  resumeSession,
  setSessionRemote,
  updateSession,
  updateSessionCredentials,
} from '../resolvers/session-mutations.ts';
import { builder } from './builder.ts';
import { ReasoningEffortRef } from './model.ts';
import { ProviderInputRef } from './provider.ts';
import { LabelInputRef, SessionRef } from './session.ts';
import { CloudInputRef } from './session-location.ts';

const IfExistsRef = builder.enumType('IfExists', {
  description: 'What to do when there is a session of the same name.',
  values: {
    FAIL: { description: 'Fail with SESSION_EXISTS.' },
    RESUME: {
      description:
        'Resume it; the other fields of the input but `gitHubToken` and `provider` are then ignored.',
    },
  } as const,
});

const ClientToolInputRef = builder.inputType('ClientToolInput', {
  description: 'A tool that clients of the session run themselves.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: '[A-Za-z0-9_-]{1,64}; not that of another tool.',
    }),
    description: t.string({
      required: true,
      description: 'What it is good for, for the agent; 1 to 1,024 characters.',
    }),
    parameters: t.field({
      type: 'JSON',
      required: true,
      description:
        'JSON Schema (2020-12, or draft-07 by `$schema`) of its arguments, with `type: "object"` and `properties`; up to 16,384 bytes.',
    }),
  }),
});

const CreateSessionInputRef = builder.inputType('CreateSessionInput', {
  description: 'What a new session is to be.',
  fields: (t) => ({
    sessionId: t.id({
      description:
        'Your own name for it, [A-Za-z0-9_-]{1,128}; generated when absent. Scoped to the viewer.',
    }),
    ifExists: t.field({
      type: IfExistsRef,
      required: true,
      defaultValue: 'FAIL',
      description: 'When there is one of this name.',
    }),
    profile: t.string({ description: 'Name of a profile; the default one when absent.' }),
    model: t.string({
      description:
        "One of the profile's `models`, else MODEL_NOT_FOUND; the profile's default when absent.",
    }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description:
        "One that the model takes, else BAD_USER_INPUT; the model's default when absent.",
    }),
    title: t.string({ description: "Up to 200 characters; the runtime's summary when absent." }),
    instructions: t.string({
      description: "Appended to the profile's system message; up to 32,768 bytes.",
    }),
    labels: t.field({ type: [LabelInputRef], description: 'Up to 20, each key once.' }),
    gitHubToken: t.string({
      description:
        "The GitHub account that the session uses instead of the server's. Write-only: held in memory only; see `updateSessionCredentials`.",
    }),
    remote: t.field({
      type: RemoteModeRef,
      required: true,
      defaultValue: 'off',
      description: 'As in `setSessionRemote`; when that fails no session is made.',
    }),
    provider: t.field({
      type: ProviderInputRef,
      description:
        'A model provider of your own, for this session; needs `model`. POLICY_BLOCKED where the profile does not allow it, BAD_USER_INPUT beside `gitHubToken`.',
    }),
    cloud: t.field({
      type: CloudInputRef,
      description:
        "To run it on a machine of GitHub's instead; STARTING until its worker is there. Not with `sessionId`, `model`, `reasoningEffort`, `instructions`, `clientTools`, `provider` or `remote`: BAD_USER_INPUT. POLICY_BLOCKED where the profile or the organisation does not allow it, NOT_SUPPORTED by runtimes without cloud sessions.",
    }),
    clientTools: t.field({
      type: [ClientToolInputRef],
      description:
        'Tools the clients themselves run; their calls arrive as ClientToolCall. Up to 50 of 65,536 bytes together; POLICY_BLOCKED when the profile does not let one in.',
    }),
  }),
});

const ResumeSessionInputRef = builder.inputType('ResumeSessionInput', {
  description: 'Which session to attach to, and with what.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Id of the session.' }),
    model: t.string({
      description: "Another of the profile's `models` from now on, else MODEL_NOT_FOUND.",
    }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description: 'Another effort from now on: one that the model takes, else BAD_USER_INPUT.',
    }),
    continuePendingWork: t.boolean({
      required: true,
      defaultValue: true,
      description:
        'Go on with tool calls and requests that were waiting. False: a turn that waits for an answer is stopped as by `abortTurn`, whenever it began, and its requests are CANCELLED; one that waits for nobody goes on when the session is attached already, and is interrupted when not.',
    }),
    gitHubToken: t.string({
      description:
        'As in `updateSessionCredentials`: for after a restart of the gateway. Write-only.',
    }),
    provider: t.field({
      type: ProviderInputRef,
      description:
        'As in `createSession`, from now on: for after a restart of the gateway, or with another key; a model call that runs ends with the one it began with. Needs `model` when the session had none of its own. BAD_USER_INPUT when it uses a GitHub account.',
    }),
  }),
});

const DeleteSessionInputRef = builder.inputType('DeleteSessionInput', {
  description: 'Which session to delete.',
  fields: (t) => ({ sessionId: t.id({ required: true, description: 'Id of the session.' }) }),
});

const DisconnectSessionInputRef = builder.inputType('DisconnectSessionInput', {
  description: 'Which session to disconnect.',
  fields: (t) => ({ sessionId: t.id({ required: true, description: 'Id of the session.' }) }),
});

const CreateSessionPayloadRef = builder
  .objectRef<CreateSessionResult>('CreateSessionPayload')
  .implement({
    description: 'What `createSession` made or found.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
      created: t.exposeBoolean('created', {
        description: 'False when `ifExists: RESUME` found it.',
      }),
    }),
  });

const ResumeSessionPayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('ResumeSessionPayload')
  .implement({
    description: 'What `resumeSession` attached to.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

const DeleteSessionPayloadRef = builder
  .objectRef<{ deletedSessionId: string }>('DeleteSessionPayload')
  .implement({
    description: 'What `deleteSession` deleted.',
    fields: (t) => ({
      deletedSessionId: t.exposeID('deletedSessionId', {
        description: 'Id of the session that is gone.',
      }),
    }),
  });

const DisconnectSessionPayloadRef = builder
  .objectRef<{ session: SessionSnapshot }>('DisconnectSessionPayload')
  .implement({
    description: 'What `disconnectSession` released.',
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, description: 'The session.' }),
    }),
  });

builder.mutationField('createSession', (t) =>
  t.field({
    type: CreateSessionPayloadRef,
    nullable: true,
    description: 'Make a session.',
    args: {
      input: t.arg({
        type: CreateSessionInputRef,
        required: true,
        description: 'What it is to be.',
      }),
    },
    resolve: (_root, { input }, context) => createSession(input, context),
  }),
);

builder.mutationField('resumeSession', (t) =>
  t.field({
    type: ResumeSessionPayloadRef,
    nullable: true,
    description:
      'Attach to a session again: after a restart, after it was disconnected, or with other settings. Never changes its history.',
    args: {
      input: t.arg({ type: ResumeSessionInputRef, required: true, description: 'Which one.' }),
    },
    resolve: (_root, { input }, context) => resumeSession(input, context),
  }),
);

builder.mutationField('deleteSession', (t) =>
  t.field({
    type: DeleteSessionPayloadRef,
    nullable: true,
    description: 'Erase a session and its history. Its subscriptions end with SessionDeleted.',
    args: {
      input: t.arg({ type: DeleteSessionInputRef, required: true, description: 'Which one.' }),
    },
    resolve: (_root, { input }, context) => deleteSession(input, context),
  }),
);

builder.mutationField('disconnectSession', (t) =>
  t.field({
    type: DisconnectSessionPayloadRef,
    nullable: true,
    description:
      "Release the session's memory in the runtime; history stays and the next message resumes it. SESSION_BUSY while a turn runs.",
    args: {
      input: t.arg({ type: DisconnectSessionInputRef, required: true, description: 'Which one.' }),
    },
    resolve: (_root, { input }, context) => disconnectSession(input, context),
  }),
);

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
      input: t.arg({
        type: UpdateSessionCredentialsInputRef,
        required: true,
        description: 'The session and the token.',
      }),
    },
    resolve: (_root, { input }, context) => updateSessionCredentials(input, context),
  }),
);

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
      input: t.arg({
        type: SetSessionRemoteInputRef,
        required: true,
        description: 'The session and the mode.',
      }),
    },
    resolve: (_root, { input }, context) => setSessionRemote(input, context),
  }),
);

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

export const RemoteModeRef = builder.enumType('RemoteMode', {
  description: 'Whether and how a local session is seen on GitHub web and mobile.',
  values: {
    OFF: { value: 'off', description: 'Not at all.' },
    EXPORT: { value: 'export', description: 'To be read.' },
    ON: { value: 'on', description: 'To be read and steered.' },
  } as const,
});
