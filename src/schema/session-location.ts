import type { RemoteAccess } from '../resolvers/session.ts';
import type { Repository } from '../store/session-store.ts';
import { builder } from './builder.ts';

export const SessionLocationRef = builder.enumType('SessionLocation', {
  description: 'Where a session runs.',
  values: {
    LOCAL: { value: 'local', description: 'Where its runtime does.' },
    CLOUD: { value: 'cloud', description: "On a machine of GitHub's." },
  } as const,
});

export const RemoteAccessRef = builder.objectRef<RemoteAccess>('RemoteAccess').implement({
  description: 'A session as it is seen on GitHub.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Its page in Mission Control.' }),
    steerable: t.exposeBoolean('steerable', {
      description: 'Whether messages can be sent and turns stopped from there.',
    }),
  }),
});

export const RepositoryRef = builder.objectRef<Repository>('Repository').implement({
  description: 'A repository on GitHub.',
  fields: (t) => ({
    owner: t.exposeString('owner', { description: 'User or organisation.' }),
    name: t.exposeString('name', { description: 'Without the owner.' }),
    branch: t.exposeString('branch', { nullable: true, description: 'When it is known.' }),
  }),
});

export const RepositoryInputRef = builder.inputType('RepositoryInput', {
  description: 'A repository on GitHub.',
  fields: (t) => ({
    owner: t.string({ required: true, description: 'User or organisation.' }),
    name: t.string({ required: true, description: 'Without the owner.' }),
    branch: t.string({ description: 'Any, or the default one, when absent.' }),
  }),
});

export const CloudInputRef = builder.inputType('CloudInput', {
  description: "What a session on a machine of GitHub's begins with.",
  fields: (t) => ({
    repository: t.field({
      type: RepositoryInputRef,
      description:
        'What it works on; without one it has none. Runtimes of today do not pass the branch on to GitHub.',
    }),
  }),
});
