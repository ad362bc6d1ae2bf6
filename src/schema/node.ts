import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { findNode } from '../resolvers/node.ts';
import { toPublicId } from '../resolvers/ownership.ts';
import { type Status, STATUS_ID } from '../resolvers/status.ts';
import { builder } from './builder.ts';

export const NodeRef = builder.interfaceRef<SessionSnapshot | Status>('Node').implement({
  description: 'An object that can be fetched again by its id.',
  resolveType: (node) => ('profile' in node ? 'Session' : 'Status'),
  fields: (t) => ({
    id: t.id({
      description: 'Unique across types.',
      resolve: (node, _args, context) =>
        'profile' in node ? toPublicId(node, context) : STATUS_ID,
    }),
  }),
});

builder.queryField('node', (t) =>
  t.field({
    type: NodeRef,
    nullable: true,
    description: 'The object with this id: a session or the status. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the object.' }) },
    resolve: (_root, { id }, context) => findNode(id, context),
  }),
);
