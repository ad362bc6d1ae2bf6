import type { Viewer } from '../auth/viewer.ts';
import { builder } from './builder.ts';

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The user or service on whose behalf a request runs.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The ID of the viewer: `viewer:` followed by the name of the viewer.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'The name of the viewer for display, or null if it is unknown.',
    }),
    roles: t.exposeStringList('roles', {
      description:
        'The roles of the viewer: `user` (may use sessions of their own) and `operator` (may also see the metadata of all sessions and the details of the status).',
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: true,
    description: 'The viewer on whose behalf this request runs.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
