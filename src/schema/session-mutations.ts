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
import { addMutation, addSessionMutation, sessionIdDescription } from './mutation.ts';
import { ProviderInputRef } from './provider.ts';
import { LabelInputRef, SessionRef } from './session.ts';
import { CloudInputRef, RemoteModeRef } from './session-location.ts';

const IfExistsRef = builder.enumType('IfExists', {
  description: 'What `createSession` does if the viewer already has a session with the given ID.',
  values: {
    FAIL: { description: '`createSession` fails with SESSION_EXISTS.' },
    RESUME: {
      description:
        'The existing session is resumed and returned. Of the other input fields only `gitHubToken` and `provider` are applied; the rest is ignored.',
    },
  } as const,
});

const ClientToolInputRef = builder.inputType('ClientToolInput', {
  description:
    'A tool that the agent may call and that clients of the session run themselves. Each call is a `ClientToolCall` in `Session.pendingRequests`.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'The name of the tool: 1 to 64 letters, digits, `_` and `-`. It must differ from the names of all other tools.',
    }),
    description: t.string({
      required: true,
      description:
        'What the tool does, for the agent to decide when to call it. 1 to 1024 characters.',
    }),
    parameters: t.field({
      type: 'JSON',
      required: true,
      description:
        'The JSON Schema of the arguments (draft 2020-12, or draft-07 if `$schema` says so), with `type: "object"` and `properties`. At most 16384 bytes as JSON.',
    }),
  }),
});

const CreateSessionPayloadRef = builder
  .objectRef<CreateSessionResult>('CreateSessionPayload')
  .implement({
    description: 'Result of the mutation `createSession`.',
    fields: (t) => ({
      session: t.expose('session', {
        type: SessionRef,
        description: 'The session that was created, or the existing one that was resumed.',
      }),
      created: t.exposeBoolean('created', {
        description:
          'Whether the session was created. False if it existed and was resumed (`ifExists: RESUME`).',
      }),
    }),
  });

addMutation('createSession', {
  description:
    'Creates a session. Returns it, and whether it is new. With a `sessionId` and `ifExists: RESUME` the mutation is idempotent; without a `sessionId` every call creates another session. If it fails, no session is created. Fails with BAD_USER_INPUT, SESSION_EXISTS, MODEL_NOT_FOUND, POLICY_BLOCKED, NOT_SUPPORTED, GITHUB_AUTH_REQUIRED, MODEL_AUTHENTICATION, RATE_LIMITED (too many new sessions), LIMIT_EXCEEDED (too many existing sessions), CLOUD_START_TIMEOUT (cloud sessions) or RUNTIME_UNAVAILABLE.',
  payload: CreateSessionPayloadRef,
  fields: (t) => ({
    sessionId: t.id({
      description:
        'The ID of the session, chosen by the client: 1 to 128 letters, digits, `_` and `-`. It is unique per viewer. If absent, an ID is generated.',
    }),
    ifExists: t.field({
      type: IfExistsRef,
      required: true,
      defaultValue: 'FAIL',
      description: 'What to do if the viewer already has a session with this ID.',
    }),
    profile: t.string({
      description:
        'The name of the profile that the session uses, as in `Query.profiles`; `default` if absent. BAD_USER_INPUT if there is no such profile.',
    }),
    model: t.string({
      description:
        'The name of the model that the session uses, as in `Query.models`; the default model of the profile if absent. MODEL_NOT_FOUND if the profile does not offer it. Required with `provider`, and then not restricted by the profile.',
    }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description:
        'How much the model reasons before it answers; the default of the model if absent. BAD_USER_INPUT if the model does not support the value.',
    }),
    title: t.string({
      description:
        'The title of the session, 1 to 200 characters. If absent, the runtime generates one from the conversation.',
    }),
    instructions: t.string({
      description:
        'Instructions for the agent, appended to the system message of the profile. At most 32768 bytes.',
    }),
    labels: t.field({
      type: [LabelInputRef],
      description: 'Labels to find the session by: at most 20, with unique keys.',
    }),
    gitHubToken: t.string({
      description:
        'A token of the GitHub account that the session uses instead of the account of the server. Write-only: it is held in memory and never stored, logged or returned. BAD_USER_INPUT together with `provider`. See `updateSessionCredentials`.',
    }),
    remote: t.field({
      type: RemoteModeRef,
      required: true,
      defaultValue: 'off',
      description:
        'Whether the session is shared on GitHub web and mobile; works and fails like `setSessionRemote`. If sharing fails, no session is created.',
    }),
    provider: t.field({
      type: ProviderInputRef,
      description:
        'A model provider of the client, used for this session only. Requires `model`. POLICY_BLOCKED if the profile or the server does not allow it, BAD_USER_INPUT together with `gitHubToken`.',
    }),
    cloud: t.field({
      type: CloudInputRef,
      description:
        'If given, the session runs on GitHub-hosted compute instead of on the machine of the runtime. It is STARTING until its machine has started. BAD_USER_INPUT together with `sessionId`, `model`, `reasoningEffort`, `instructions`, `clientTools`, `provider` or `remote`. POLICY_BLOCKED if the profile or the organization does not allow it, NOT_SUPPORTED if the runtime has no cloud sessions.',
    }),
    clientTools: t.field({
      type: [ClientToolInputRef],
      description:
        'Tools that the clients of the session run themselves, for the whole life of the session: at most 50, together at most 65536 bytes as JSON. POLICY_BLOCKED if the profile does not allow one of them.',
    }),
  }),
  resolve: (input, context) => createSession(input, context),
});

addSessionMutation('resumeSession', {
  description:
    'Loads a session into the runtime, for example after a restart or after it was disconnected, and optionally changes its settings. Resuming is not required before `sendMessage`, which does it automatically. The history is never changed. Safe to repeat. Fails with SESSION_NOT_FOUND, BAD_USER_INPUT, MODEL_NOT_FOUND, POLICY_BLOCKED, GITHUB_AUTH_REQUIRED, MODEL_AUTHENTICATION, NOT_SUPPORTED (another model for a cloud session), SESSION_CORRUPT or RUNTIME_UNAVAILABLE.',
  session: 'The session after it was resumed.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    model: t.string({
      description:
        'The name of the model that the session uses from now on. If absent, the model is not changed. MODEL_NOT_FOUND if the profile does not offer it.',
    }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description:
        'The reasoning effort that the session uses from now on. If absent, it is not changed. BAD_USER_INPUT if the model does not support the value.',
    }),
    continuePendingWork: t.boolean({
      required: true,
      defaultValue: true,
      description:
        'Whether pending tool calls and requests continue. If false, a turn that is WAITING_FOR_INPUT is aborted like with `abortTurn` and its requests are CANCELLED; a turn that is not waiting continues if the session is already loaded in the runtime, and is interrupted otherwise.',
    }),
    gitHubToken: t.string({
      description:
        'A GitHub token for the session, with the same effect as `updateSessionCredentials`; required again after a restart of the gateway. Write-only: it is held in memory and never stored, logged or returned.',
    }),
    provider: t.field({
      type: ProviderInputRef,
      description:
        'A model provider of the client that the session uses from now on: to supply the key again after a restart of the gateway, or to replace it. A running model call still uses the old one. Requires `model` if the session had no provider of its own. POLICY_BLOCKED if the profile or the server does not allow it, BAD_USER_INPUT if the session uses a GitHub account of its own, is shared on GitHub, or is a cloud session.',
    }),
  }),
  resolve: (input, context) => resumeSession(input, context),
});

const DeleteSessionPayloadRef = builder
  .objectRef<{ deletedSessionId: string }>('DeleteSessionPayload')
  .implement({
    description: 'Result of the mutation `deleteSession`.',
    fields: (t) => ({
      deletedSessionId: t.exposeID('deletedSessionId', {
        description: 'The ID of the session that was deleted.',
      }),
    }),
  });

addMutation('deleteSession', {
  description:
    'Deletes a session and its history permanently. A running turn is aborted, and pending requests are cancelled. Subscriptions to the session receive `SessionDeleted` and complete. What was shared on GitHub, and the task of a cloud session on GitHub, remain there. Fails with SESSION_NOT_FOUND (also when repeated) or RUNTIME_UNAVAILABLE.',
  payload: DeleteSessionPayloadRef,
  fields: (t) => ({ sessionId: t.id({ required: true, description: sessionIdDescription }) }),
  resolve: (input, context) => deleteSession(input, context),
});

addSessionMutation('disconnectSession', {
  description:
    'Releases a session from the memory of the runtime. The history is kept, and the next message resumes the session. Idle sessions are also released automatically. Safe to repeat. Fails with SESSION_BUSY while a turn is running or queued, and with SESSION_NOT_FOUND.',
  session: 'The session after it was disconnected.',
  fields: (t) => ({ sessionId: t.id({ required: true, description: sessionIdDescription }) }),
  resolve: (input, context) => disconnectSession(input, context),
});

addSessionMutation('updateSession', {
  description:
    'Changes the title, labels, model or reasoning effort of a session. A field that is absent is not changed. If one value is rejected, nothing is changed. Safe to repeat. Fails with SESSION_NOT_FOUND, BAD_USER_INPUT, MODEL_NOT_FOUND, NOT_SUPPORTED (model or reasoning effort of a cloud session) or RUNTIME_UNAVAILABLE.',
  session: 'The session after the change.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    title: t.string({
      description:
        'The new title, 1 to 200 characters. Null resets it to a title that the runtime generates from the conversation.',
    }),
    model: t.string({
      description:
        'The name of the new model, as in `Query.models`. It applies to turns that are queued after this mutation. Null resets it to the default model of the profile. MODEL_NOT_FOUND if the profile does not offer it.',
    }),
    reasoningEffort: t.field({
      type: ReasoningEffortRef,
      description:
        'The new reasoning effort. It applies to turns that are queued after this mutation. Null resets it to the default of the model. BAD_USER_INPUT if the model does not support the value.',
    }),
    labels: t.field({
      type: [LabelInputRef],
      description:
        'The new labels, which replace all existing ones: at most 20, with unique keys. Null removes all labels.',
    }),
  }),
  resolve: (input, context) => updateSession(input, context),
});

addSessionMutation('updateSessionCredentials', {
  description:
    'Sets the GitHub token that a session uses from now on, including for turns that are already queued. A running turn ends with the previous token. GitHub validates the token once. Safe to repeat. If the mutation fails, nothing is changed. Fails with GITHUB_AUTH_REQUIRED if GitHub rejects the token, with BAD_USER_INPUT if the session or its profile uses a model provider instead of GitHub or the session is shared on GitHub, and with SESSION_NOT_FOUND or RUNTIME_UNAVAILABLE.',
  session: 'The session that uses the token.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    gitHubToken: t.string({
      required: true,
      description:
        'A token of a GitHub account with access to Copilot. Write-only: it is held in memory and never stored, logged or returned, so it must be set again after a restart of the gateway.',
    }),
  }),
  resolve: (input, context) => updateSessionCredentials(input, context),
});

addSessionMutation('setSessionRemote', {
  description:
    'Shares a local session on GitHub web and mobile (Mission Control), or stops sharing it. While it is shared, its whole content is sent to GitHub; what GitHub has received stays there. Safe to repeat. Fails with POLICY_BLOCKED if the profile or the organization forbids it, GITHUB_AUTH_REQUIRED if the runtime is not signed in to GitHub, NOT_SUPPORTED for cloud sessions, for runtimes without this feature, and if both the session and the runtime have a GitHub account, BAD_USER_INPUT if the session uses a client-supplied model provider, and with SESSION_NOT_FOUND or RUNTIME_UNAVAILABLE. If it fails, nothing is changed, except that a session that was ON and cannot become EXPORT is OFF.',
  session: 'The session after the change. `Session.remote` has its URL on GitHub.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: sessionIdDescription }),
    mode: t.field({
      type: RemoteModeRef,
      required: true,
      description: 'Whether the session is shared from now on, and what can be done with it.',
    }),
  }),
  resolve: (input, context) => setSessionRemote(input, context),
});

addSessionMutation('forkSession', {
  description:
    'Creates a session that has the settings and a copy of the history of an existing session, the source. The source continues unaffected and receives a `SessionInfo`. The fork is not shared on GitHub. Messages and turns keep their IDs; cursors of one session are not valid for the other. Not idempotent: each call creates another session. If it fails, no session is created. Fails with SESSION_NOT_FOUND, BAD_USER_INPUT, SESSION_BUSY (turns of the source start faster than it can be copied; try again), NOT_SUPPORTED for cloud sessions, POLICY_BLOCKED if the profile of the source no longer exists, RATE_LIMITED, LIMIT_EXCEEDED (too many sessions) or RUNTIME_UNAVAILABLE.',
  session: 'The new session.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'The ID of the session to copy.' }),
    beforeMessageId: t.id({
      description:
        'The ID of a message in the history of the source: only what precedes it is copied. If absent, all turns that have ended are copied, and a running turn is left out. BAD_USER_INPUT if the history has no such message.',
    }),
    title: t.string({
      description:
        'The title of the new session, 1 to 200 characters. If absent, the runtime generates one.',
    }),
  }),
  resolve: (input, context) => forkSession(input, context),
});
