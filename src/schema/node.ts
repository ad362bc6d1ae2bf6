import type { SessionSnapshot } from '../copilot/sessions/session-snapshot.ts';
import { findNode } from '../resolvers/node.ts';
import { toPublicId } from '../resolvers/ownership.ts';
import { type Status, STATUS_ID } from '../resolvers/status.ts';
import { builder } from './builder.ts';

export const NodeRef = builder.interfaceRef<SessionSnapshot | Status>('Node').implement({
  description: 'An object that can be read by its ID with `Query.node`.',
  resolveType: (node) => ('profile' in node ? 'Session' : 'Status'),
  fields: (t) => ({
    id: t.id({
      description: 'The ID of the object. It is unique among all objects of all types.',
      resolve: (node, _args, context) =>
        'profile' in node ? toPublicId(node, context) : STATUS_ID,
    }),
  }),
});

builder.queryField('node', (t) =>
  t.field({
    type: NodeRef,
    nullable: true,
    description:
      'The object with the given ID, which is a session or the status. Null if there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The ID of the object.' }) },
    resolve: (_root, { id }, context) => findNode(id, context),
  }),
);
