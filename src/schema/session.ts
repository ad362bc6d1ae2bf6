import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { listMessages } from '../resolvers/message.ts';
import { requireOwner, toPublicId } from '../resolvers/ownership.ts';
import {
  findRemoteAccess,
  findVisibleTitle,
  getSessionState,
  listSessions,
  readSessionCursor,
  readSessionUsage,
  requireSession,
  type SessionPageWithCount,
} from '../resolvers/session.ts';
import { findCurrentTurn, listQueuedMessages, requireTurn } from '../resolvers/turn.ts';
import type { Label } from '../store/session-store.ts';
import { builder } from './builder.ts';
import { MessageConnectionRef, QueuedMessageRef } from './message.ts';
import { ReasoningEffortRef } from './model.ts';
import { NodeRef } from './node.ts';
import {
  RemoteAccessRef,
  RepositoryInputRef,
  RepositoryRef,
  SessionLocationRef,
} from './session-location.ts';
import { TurnRef } from './turn.ts';
import { SessionUsageRef } from './usage.ts';

const SessionStateRef = builder.enumType('SessionState', {
  description: 'The state of a session.',
  values: {
    STARTING: {
      description:
        'A cloud session whose machine has not started yet. Messages are accepted and sent when it has started.',
    },
    IDLE: { description: 'The session is loaded in the runtime and no turn is running or queued.' },
    RUNNING: { description: 'A turn is running or queued.' },
    WAITING_FOR_INPUT: {
      description:
        'A turn is running and waits for a response to a request in `Session.pendingRequests`.',
    },
    DISCONNECTED: {
      description:
        'The session is not loaded in the runtime. Its history is kept, and the next message resumes it.',
    },
  } as const,
});

const LabelRef = builder.objectRef<Label>('Label').implement({
  description: 'A key-value pair that a client attached to a session, to find it again.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'The key of the label. It is unique within its session.',
    }),
    value: t.exposeString('value', { description: 'The value of the label.' }),
  }),
});

const forOwner = 'FORBIDDEN for a session of another viewer.';

export const SessionRef = builder.objectRef<SessionSnapshot>('Session').implement({
  description:
    'A conversation with an agent. It is stored on the server and can be resumed at any time, by any number of clients of its owner.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description:
        'The ID of the session. For a session of another viewer, which only operators see, it is `<viewer>:<ID>`.',
      resolve: (session, _args, context) => toPublicId(session, context),
    }),
    title: t.string({
      nullable: true,
      description:
        'The title of the session: set by a client, or a summary that the runtime generated. Null if there is none yet, and for an operator who reads a session of another viewer.',
      resolve: (session, _args, context) => findVisibleTitle(session, context),
    }),
    owner: t.exposeID('owner', {
      nullable: true,
      description:
        'The ID of the viewer who owns the session. Null without authentication (setting AUTH=none), and for sessions that were created outside of this gateway.',
    }),
    profile: t.exposeString('profile', {
      description: 'The name of the profile that the session uses.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description:
        'The name of the model that the session uses, or null if the runtime chooses the model.',
    }),
    reasoningEffort: t.expose('reasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description:
        'The reasoning effort that the session uses, or null for the default of the model.',
    }),
    state: t.field({
      type: SessionStateRef,
      description: 'The current state of the session.',
      resolve: (session, _args, context) => getSessionState(session, context),
    }),
    location: t.expose('location', {
      type: SessionLocationRef,
      description: 'Where the session runs.',
    }),
    repository: t.expose('repository', {
      type: RepositoryRef,
      nullable: true,
      description:
        'The GitHub repository that the working directory of the session belongs to, or that the cloud session was created for. Null if there is none.',
    }),
    remote: t.field({
      type: RemoteAccessRef,
      nullable: true,
      description:
        'How the session can be opened on GitHub web and mobile. It is kept across restarts. Null if the session is not shared on GitHub, and for an operator who reads a session of another viewer.',
      resolve: (session, _args, context) => findRemoteAccess(session, context),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'The time at which the session was created.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'The time of the latest activity in the session.',
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: `The position after the newest event, read before all other fields of the session. Query it together with \`messages\` and then subscribe with \`after: cursor\`: no event is missed. An object that is in both has the same ID. ${forOwner}`,
      resolve: (session, _args, context) => readSessionCursor(session, context),
    }),
    currentTurn: t.field({
      type: TurnRef,
      nullable: true,
      description: `The running turn, or the next queued turn if none is running. Null if there is neither. ${forOwner}`,
      resolve: (session, _args, context) => findCurrentTurn(session, context),
    }),
    queuedMessages: t.field({
      type: [QueuedMessageRef],
      nullable: true,
      description: `The messages that wait for a turn of their own, oldest first. Empty while the session is DISCONNECTED. Messages that steer the running turn (\`delivery: IMMEDIATE\`) are not included; if the turn is aborted before the agent reads them, \`abortTurn\` returns them in \`discardedMessages\`. ${forOwner}`,
      resolve: (session, _args, context) => listQueuedMessages(session, context),
    }),
    turn: t.field({
      type: TurnRef,
      nullable: true,
      description: `The turn of this session with the given ID. TURN_NOT_FOUND if there is none. ${forOwner}`,
      args: { id: t.arg.id({ required: true, description: 'The ID of the turn.' }) },
      resolve: (session, { id }, context) =>
        requireTurn(requireOwner(session, context), id, context),
    }),
    messages: t.field({
      type: MessageConnectionRef,
      nullable: true,
      description: `The complete messages of the session, oldest first; the last 50 if neither \`first\` nor \`last\` is given. Reading them does not resume the session. ${forOwner}`,
      extensions: { pageSize: 50 },
      args: t.arg.connectionArgs(),
      resolve: (session, args, context) => listMessages(session, args, context),
    }),
    labels: t.expose('labels', {
      type: [LabelRef],
      description: 'The labels of the session, in the order in which the client set them.',
    }),
  }),
});

const SessionConnectionRef = builder.connectionObject<typeof SessionRef, SessionPageWithCount>(
  {
    name: 'SessionConnection',
    type: SessionRef,
    description: 'A page of sessions, those with the newest activity first.',
    fields: (t) => ({
      totalCount: t.exposeInt('totalCount', {
        description: 'The number of sessions that match the filter, on all pages together.',
      }),
    }),
  },
  { name: 'SessionEdge', description: 'A session, with its position in the list.' },
);

export const LabelInputRef = builder.inputType('LabelInput', {
  description: 'A key-value pair for a session, or to find sessions by.',
  fields: (t) => ({
    key: t.string({
      required: true,
      description: 'The key of the label, 1 to 64 characters. Keys are case-sensitive.',
    }),
    value: t.string({
      required: true,
      description: 'The value of the label, at most 256 characters. It may be empty.',
    }),
  }),
});

const SessionFilterRef = builder.inputType('SessionFilter', {
  description: 'Conditions on sessions. A session must meet all conditions that are given.',
  fields: (t) => ({
    states: t.field({
      type: [SessionStateRef],
      description: 'Selects sessions that are in one of these states.',
    }),
    location: t.field({
      type: SessionLocationRef,
      description: 'Selects sessions that run at this location.',
    }),
    repository: t.field({
      type: RepositoryInputRef,
      description: 'Selects sessions that work in this GitHub repository.',
    }),
    label: t.field({
      type: LabelInputRef,
      description: 'Selects sessions that have a label with this key and this value.',
    }),
    updatedAfter: t.field({
      type: 'DateTime',
      description: 'Selects sessions whose latest activity is after this time.',
    }),
    allOwners: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Whether sessions of all viewers are selected, not only those of the current viewer. FORBIDDEN unless the viewer is an operator.',
    }),
    search: t.string({
      description:
        'Selects sessions whose title or ID contains this text, regardless of upper and lower case. For sessions of other viewers, only the ID is searched.',
    }),
  }),
});

builder.queryField('session', (t) =>
  t.field({
    type: SessionRef,
    nullable: true,
    description:
      'The session with the given ID. SESSION_NOT_FOUND if there is none that the viewer may see.',
    args: {
      id: t.arg.id({
        required: true,
        description:
          'The ID of the session. Operators name a session of another viewer as `<viewer>:<ID>`.',
      }),
    },
    resolve: (_root, { id }, context) => requireSession(id, context),
  }),
);

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnectionRef,
    nullable: true,
    description:
      'The sessions of the current viewer, those with the newest activity first; the first 20 if neither `first` nor `last` is given.',
    extensions: { pageSize: 20 },
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({
        type: SessionFilterRef,
        description:
          'Returns only sessions that meet these conditions. If absent, all are returned.',
      }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      listSessions(page, filter ?? { allOwners: false }, context),
  }),
);

builder.objectField(SessionRef, 'usage', (t) =>
  t.field({
    type: SessionUsageRef,
    nullable: true,
    description: `The tokens and premium requests that the session has used so far. ${forOwner}`,
    resolve: (session, _args, context) => readSessionUsage(session, context),
  }),
);
