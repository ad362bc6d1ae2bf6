import type { Viewer } from '../auth/viewer.ts';
import { getViewer } from '../resolvers/ownership.ts';
import { builder } from './builder.ts';

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who the request runs as, and what it may do.',
  fields: (t) => ({
    id: t.exposeID('id', { description: '`viewer:` and the name of the viewer.' }),
    name: t.exposeString('name', { nullable: true, description: 'For people.' }),
    roles: t.exposeStringList('roles', { description: '`user`, `operator`.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: true,
    description: 'Who the request runs as, and what it may do.',
    resolve: (_root, _args, context) => getViewer(context),
  }),
);
