import type { SessionChange } from '../copilot/sessions/session-changes.ts';
import { followEvents, followMessageDeltas, followSessionInfo } from '../resolvers/event.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { findChangedSession, followSessions } from '../resolvers/session.ts';
import { builder } from './builder.ts';
import { MessageDeltaRef, SessionEventRef, SessionEventTypeRef, SessionInfoRef } from './event.ts';
import { sessionIdDescription } from './mutation.ts';
import { SessionRef } from './session.ts';

const afterDescription =
  'The cursor to continue after: everything that changed since then is delivered first, and then live events. If absent, the subscription starts with the texts that are being written at the moment. BAD_USER_INPUT for a cursor of another session.';
const maxLatencyDescription =
  'How long text may be held back so that it arrives in fewer, longer patches, in milliseconds, 0 to 10000.';
const subscriptionEnd =
  'Completes when the session is deleted. Fails with SESSION_NOT_FOUND, BAD_USER_INPUT, CURSOR_EXPIRED (the history was rewritten or no longer reaches back to `after`: discard local state, query `cursor` and `messages`, and subscribe again), GITHUB_AUTH_REQUIRED or MODEL_AUTHENTICATION (missed events cannot be read without credentials of the session), SHUTTING_DOWN, UNAUTHENTICATED when the credentials expire, and RATE_LIMITED (too many open subscriptions, or the maximum duration of a stream is reached: subscribe again).';

builder.subscriptionField('messageDelta', (t) =>
  t.field({
    type: MessageDeltaRef,
    description: `
Delivers the text of the agent while it is written, as positional patches. Clients apply every patch by the same rule, whatever
caused it - live text, a repetition, a reconnect, a subscription that began in the middle of a message, or a correction:
    content = content.slice(0, offset) + text
Without \`after\`, it starts with one patch (offset 0) for each message that is being written; a client that reconnects without a
cursor must discard its texts first. With \`after\`, it starts with every message that changed since that cursor, and nothing is
missing; a message may be delivered again from offset 0. To be safe from the beginning, pass \`after: Session.cursor\`.
Patches of one message arrive in order. A client that reads slowly receives fewer, longer patches; no text is lost. After a
disconnect, subscribe again with the last \`cursor\` that was received; it stays valid over restarts of the gateway and the runtime.
${subscriptionEnd}`.trim(),
    args: {
      sessionId: t.arg.id({ required: true, description: sessionIdDescription }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      maxLatencyMs: t.arg.int({
        required: true,
        defaultValue: 0,
        description: maxLatencyDescription,
      }),
    },
    subscribe: (_root, { sessionId, ...options }, context) =>
      followMessageDeltas(sessionId, options, context),
    resolve: (event) => event,
  }),
);

builder.subscriptionField('sessionInfo', (t) =>
  t.field({
    type: SessionInfoRef,
    description:
      'Delivers notices of the runtime about a session, for example its URL on GitHub: first the latest notice of each `infoType`, also from before a restart of the gateway, then new ones as they occur. It needs no cursor: after a disconnect, subscribe again. Completes when the session is deleted. Fails with SESSION_NOT_FOUND or SHUTTING_DOWN.',
    args: {
      sessionId: t.arg.id({ required: true, description: sessionIdDescription }),
      infoTypes: t.arg.stringList({
        description: 'Delivers only notices with one of these values of `infoType`.',
      }),
    },
    subscribe: (_root, { sessionId, infoTypes }, context) =>
      followSessionInfo(sessionId, infoTypes, context),
    resolve: (event) => event,
  }),
);

builder.subscriptionField('sessionEvents', (t) =>
  t.field({
    type: SessionEventRef,
    description: `Delivers all events of a session in one order: text, messages, tool calls, turns, pending requests and more. A chat client needs no other subscription; \`messageDelta\` and \`sessionInfo\` deliver parts of it. With \`after\`, no event is missing, but the same object may be delivered again. After a disconnect, subscribe again with the last \`cursor\` that was received; it stays valid over restarts of the gateway and the runtime. A client that disconnects does not stop the turn. ${subscriptionEnd}`,
    args: {
      sessionId: t.arg.id({ required: true, description: sessionIdDescription }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      maxLatencyMs: t.arg.int({
        required: true,
        defaultValue: 0,
        description: maxLatencyDescription,
      }),
      types: t.arg({
        type: [SessionEventTypeRef],
        description: 'Delivers only events of these types. If absent, all types are delivered.',
      }),
    },
    subscribe: (_root, { sessionId, ...options }, context) =>
      followEvents(sessionId, options, context),
    resolve: (event) => event,
  }),
);

const SessionChangeKindRef = builder.enumType('SessionChangeKind', {
  description: 'What happened to a session in the list of sessions.',
  values: {
    CREATED: { description: 'The session was created.' },
    UPDATED: { description: 'Fields of the session changed.' },
    DELETED: { description: 'The session was deleted.' },
  } as const,
});

const SessionChangeRef = builder.objectRef<SessionChange>('SessionChange').implement({
  description: 'A change of the list of sessions of the current viewer.',
  fields: (t) => ({
    kind: t.expose('kind', {
      type: SessionChangeKindRef,
      description: 'Whether the session was created, updated or deleted.',
    }),
    sessionId: t.id({
      description: 'The ID of the session that changed.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    session: t.field({
      type: SessionRef,
      nullable: true,
      description: 'The session after the change, or null if it was deleted.',
      resolve: (change, _args, context) => findChangedSession(change, context),
    }),
  }),
});

builder.subscriptionField('sessionsChanged', (t) =>
  t.field({
    type: SessionChangeRef,
    description:
      'Delivers changes of the list of sessions of the current viewer, also for operators: sessions that are created, updated or deleted. UPDATED is delivered at most once per second for each session. There is no cursor: after a disconnect, subscribe again and query `sessions`. Fails with SHUTTING_DOWN.',
    subscribe: (_root, _args, context) => followSessions(context),
    resolve: (change) => change,
  }),
);
