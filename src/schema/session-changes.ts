import type { SessionChange } from '../copilot/sessions/session-changes.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { findChangedSession, followSessions } from '../resolvers/session.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

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
