import type { SessionChange } from '../copilot/sessions/session-changes.ts';
import { followEvents, followMessageDeltas, followSessionInfo } from '../resolvers/event.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { findChangedSession, followSessions } from '../resolvers/session.ts';
import { builder } from './builder.ts';
import { MessageDeltaRef, SessionEventRef, SessionEventTypeRef,SessionInfoRef } from './event.ts';
import { SessionRef } from './session.ts';

const sessionIdDescription = 'Id of the session.';
const afterDescription =
  'Continue after this position: everything that changed since, then live. Absent: what is in flight, then live.';

const maxLatencyDescription =
  'Text may be held back up to this long, 0 to 10000 ms, and comes in fewer, longer patches.';

builder.subscriptionField('messageDelta', (t) =>
  t.field({
    type: MessageDeltaRef,
    description: `
Text as it is produced. Every value is a positional patch, so one rule merges everything a client can ever receive -
live text, a repeat, a catch-up after a reconnect, a late join in mid-message, a repaired gap:
    content = content.slice(0, offset) + text
Without \`after\`: one patch (offset 0) for each message in flight, then live; a reconnect without a cursor is a new late join, so
clear the screen. To survive a reconnect before the first value, pass \`after: Session.cursor\`.
With \`after\`: every message that changed since that cursor, then live, with nothing missing and no end-of-history marker needed;
a message may be sent again whole (offset 0), so a client that holds nothing of it is right as well.
A client that reads slowly gets fewer, longer patches; nothing is dropped.`.trim(),
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
      '`session.info` notices, the Mission Control URL among them. The latest notice of each infoType is repeated first, also after a restart of the gateway: a client that mounts late still gets the URL.',
    args: {
      sessionId: t.arg.id({ required: true, description: sessionIdDescription }),
      infoTypes: t.arg.stringList({ description: 'Only notices of these types.' }),
    },
    subscribe: (_root, { sessionId, infoTypes }, context) =>
      followSessionInfo(sessionId, infoTypes, context),
    resolve: (event) => event,
  }),
);

builder.subscriptionField('sessionEvents', (t) =>
  t.field({
    type: SessionEventRef,
    description:
      'The whole timeline in one order, text included: all that a chat needs. messageDelta and sessionInfo are selections of it.',
    args: {
      sessionId: t.arg.id({ required: true, description: sessionIdDescription }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
      maxLatencyMs: t.arg.int({
        required: true,
        defaultValue: 0,
        description: maxLatencyDescription,
      }),
      types: t.arg({ type: [SessionEventTypeRef], description: 'Only events of these types.' }),
    },
    subscribe: (_root, { sessionId, ...options }, context) =>
      followEvents(sessionId, options, context),
    resolve: (event) => event,
  }),
);

const SessionChangeKindRef = builder.enumType('SessionChangeKind', {
  description: 'What happened to a session in the list.',
  values: {
    CREATED: { description: 'It is new.' },
    UPDATED: { description: 'Its fields changed.' },
    DELETED: { description: 'It is gone.' },
  } as const,
});

const SessionChangeRef = builder.objectRef<SessionChange>('SessionChange').implement({
  description: 'One change of the session list.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SessionChangeKindRef, description: 'What happened.' }),
    sessionId: t.id({
      description: 'To which session.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    session: t.field({
      type: SessionRef,
      nullable: true,
      description: 'As it is now; null when it is gone.',
      resolve: (change, _args, context) => findChangedSession(change, context),
    }),
  }),
});

builder.subscriptionField('sessionsChanged', (t) =>
  t.field({
    type: SessionChangeRef,
    description:
      "The viewer's session list as it changes, at most one UPDATED a second for each session. No cursor: query `sessions` after a reconnect.",
    subscribe: (_root, _args, context) => followSessions(context),
    resolve: (change) => change,
  }),
);
