import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { listMessages } from '../resolvers/message.ts';
import { toPublicId } from '../resolvers/ownership.ts';
import type { Edge } from '../resolvers/pagination.ts';
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
import { findCurrentTurn, listQueuedMessages,requireTurn } from '../resolvers/turn.ts';
import type { Label } from '../store/session-store.ts';
import { builder } from './builder.ts';
import { MessageConnectionRef, QueuedMessageRef } from './message.ts';
import { ReasoningEffortRef } from './model.ts';
import { NodeRef } from './node.ts';
import { PageInfoRef } from './pagination.ts';
import {
  RemoteAccessRef,
  RepositoryInputRef,
  RepositoryRef,
  SessionLocationRef,
} from './session-location.ts';
import { TurnRef } from './turn.ts';
import { SessionUsageRef } from './usage.ts';

const SessionStateRef = builder.enumType('SessionState', {
  description: 'What a session is doing.',
  values: {
    STARTING: {
      description: 'In the cloud, and its worker is not there yet; what is sent meanwhile is held.',
    },
    IDLE: { description: 'Attached to the runtime; waits for a message.' },
    RUNNING: { description: 'A turn is under way or queued.' },
    WAITING_FOR_INPUT: { description: 'The agent waits for an answer, see `pendingRequests`.' },
    DISCONNECTED: { description: 'Not in the memory of the runtime; the next message resumes it.' },
  } as const,
});

const LabelRef = builder.objectRef<Label>('Label').implement({
  description: 'A mark that clients find sessions by.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Unique within a session.' }),
    value: t.exposeString('value', { description: 'Any text.' }),
  }),
});

const pageArgDescriptions = {
  first: 'How many from the start, 1 to 100.',
  after: 'Only what comes after this cursor.',
  last: 'How many from the end, 1 to 100.',
  before: 'Only what comes before this cursor.',
};

export const SessionRef = builder.objectRef<SessionSnapshot>('Session').implement({
  description: 'One resumable conversation with an agent.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description:
        "Its owner's own name for it; to an operator, another viewer's is `<viewer>:<name>`.",
      resolve: (session, _args, context) => toPublicId(session, context),
    }),
    title: t.string({
      nullable: true,
      description: "Chosen, or the runtime's summary. Null for an operator when it is another's.",
      resolve: (session, _args, context) => findVisibleTitle(session, context),
    }),
    owner: t.exposeID('owner', {
      nullable: true,
      description: 'Viewer id; null with AUTH=none, and for a session that was made elsewhere.',
    }),
    profile: t.exposeString('profile', { description: 'Name of its profile.' }),
    model: t.exposeString('model', {
      nullable: true,
      description: "Null: the runtime's own choice.",
    }),
    reasoningEffort: t.expose('reasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description: "Null: the model's default.",
    }),
    state: t.field({
      type: SessionStateRef,
      description: 'What it is doing.',
      resolve: (session, _args, context) => getSessionState(session, context),
    }),
    location: t.expose('location', { type: SessionLocationRef, description: 'Where it runs.' }),
    repository: t.expose('repository', {
      type: RepositoryRef,
      nullable: true,
      description:
        'The repository that its working directory belongs to, or that a cloud session was made for.',
    }),
    remote: t.field({
      type: RemoteAccessRef,
      nullable: true,
      description:
        "Where the session can be opened on GitHub web and mobile; kept across restarts. Null for an operator when it is another's.",
      resolve: (session, _args, context) => findRemoteAccess(session, context),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'Its latest activity.' }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description:
        'Position of the newest event, taken before any other field of this Session is read. Query it together with `messages`, then subscribe with `after: cursor`: no gap, no overlap to sort out.',
      resolve: (session, _args, context) => readSessionCursor(session, context),
    }),
    currentTurn: t.field({
      type: TurnRef,
      nullable: true,
      description: 'The turn that runs, else the next one in the queue; null when there is none.',
      resolve: (session, _args, context) => findCurrentTurn(session, context),
    }),
    queuedMessages: t.field({
      type: [QueuedMessageRef],
      nullable: true,
      description:
        'The messages that wait for a turn of their own, oldest first; none while the session is not attached. What was sent with IMMEDIATE is not among them: the running turn takes it up, and `abortTurn` gives it back when it has not.',
      resolve: (session, _args, context) => listQueuedMessages(session, context),
    }),
    turn: t.field({
      type: TurnRef,
      nullable: true,
      description: 'A turn of this session. TURN_NOT_FOUND when there is none with this id.',
      args: { id: t.arg.id({ required: true, description: 'Id of the turn.' }) },
      resolve: (session, { id }, context) => requireTurn(session, id, context),
    }),
    messages: t.field({
      type: MessageConnectionRef,
      nullable: true,
      description:
        'The history, oldest first; the last 50 when neither `first` nor `last` is given. Readable without resuming the session.',
      extensions: { pageSize: 50 },
      args: {
        first: t.arg.int({ description: pageArgDescriptions.first }),
        after: t.arg.string({ description: pageArgDescriptions.after }),
        last: t.arg.int({ description: pageArgDescriptions.last }),
        before: t.arg.string({ description: pageArgDescriptions.before }),
      },
      resolve: (session, args, context) => listMessages(session, args, context),
    }),
    labels: t.expose('labels', {
      type: [LabelRef],
      description: 'In the order in which they were given.',
    }),
  }),
});

const SessionEdgeRef = builder.objectRef<Edge<SessionSnapshot>>('SessionEdge').implement({
  description: 'A session and its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'For `after` and `before`.' }),
    node: t.expose('node', { type: SessionRef, description: 'The session.' }),
  }),
});

const SessionConnectionRef = builder
  .objectRef<SessionPageWithCount>('SessionConnection')
  .implement({
    description: 'A page of sessions, newest activity first.',
    fields: (t) => ({
      edges: t.expose('edges', {
        type: [SessionEdgeRef],
        description: 'The sessions with their cursors.',
      }),
      nodes: t.field({
        type: [SessionRef],
        description: 'The sessions.',
        resolve: (page) => page.edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: 'Where the page lies.',
        resolve: (page) => page,
      }),
      totalCount: t.exposeInt('totalCount', {
        description: 'Sessions that match the filter, on all pages.',
      }),
    }),
  });

export const LabelInputRef = builder.inputType('LabelInput', {
  description: 'A mark that clients find sessions by.',
  fields: (t) => ({
    key: t.string({ required: true, description: '1 to 64 characters.' }),
    value: t.string({ required: true, description: 'Up to 256 characters.' }),
  }),
});

const SessionFilterRef = builder.inputType('SessionFilter', {
  description: 'All that is given must hold.',
  fields: (t) => ({
    states: t.field({ type: [SessionStateRef], description: 'In one of these states.' }),
    location: t.field({ type: SessionLocationRef, description: 'Running there.' }),
    repository: t.field({ type: RepositoryInputRef, description: 'In this repository.' }),
    label: t.field({ type: LabelInputRef, description: 'With this label.' }),
    updatedAfter: t.field({ type: 'DateTime', description: 'With activity later than this.' }),
    allOwners: t.boolean({
      required: true,
      defaultValue: false,
      description: "Other viewers' sessions as well. Operators only, else FORBIDDEN.",
    }),
    search: t.string({ description: 'Part of the title or the id, whatever its case.' }),
  }),
});

builder.queryField('session', (t) =>
  t.field({
    type: SessionRef,
    nullable: true,
    description: 'A session by its id. SESSION_NOT_FOUND when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the session.' }) },
    resolve: (_root, { id }, context) => requireSession(id, context),
  }),
);

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnectionRef,
    nullable: true,
    description:
      "The viewer's sessions, newest activity first; the first 20 when neither `first` nor `last` is given.",
    extensions: { pageSize: 20 },
    args: {
      first: t.arg.int({ description: pageArgDescriptions.first }),
      after: t.arg.string({ description: pageArgDescriptions.after }),
      last: t.arg.int({ description: pageArgDescriptions.last }),
      before: t.arg.string({ description: pageArgDescriptions.before }),
      filter: t.arg({ type: SessionFilterRef, description: 'Only some of them.' }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      listSessions(page, filter ?? { allOwners: false }, context),
  }),
);

builder.objectField(SessionRef, 'usage', (t) =>
  t.field({
    type: SessionUsageRef,
    nullable: true,
    description: 'What it has cost so far.',
    resolve: (session, _args, context) => readSessionUsage(session, context),
  }),
);
