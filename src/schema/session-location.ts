import type { RemoteAccess } from '../resolvers/session.ts';
import type { Repository } from '../store/session-store.ts';
import { builder } from './builder.ts';

export const SessionLocationRef = builder.enumType('SessionLocation', {
  description: 'The place where a session runs.',
  values: {
    LOCAL: {
      value: 'local',
      description: 'The session runs on the machine of the runtime that the gateway uses.',
    },
    CLOUD: {
      value: 'cloud',
      description: 'The session runs on GitHub-hosted compute (a cloud session).',
    },
  } as const,
});

export const RemoteModeRef = builder.enumType('RemoteMode', {
  description:
    'Whether a local session is shared on GitHub web and mobile (Mission Control), and what can be done with it there.',
  values: {
    OFF: { value: 'off', description: 'The session is not shared.' },
    EXPORT: { value: 'export', description: 'The session can be read on GitHub.' },
    ON: {
      value: 'on',
      description:
        'The session can be read and steered on GitHub: messages can be sent and turns aborted there.',
    },
  } as const,
});

export const RemoteAccessRef = builder.objectRef<RemoteAccess>('RemoteAccess').implement({
  description: 'How a session can be opened on GitHub web and mobile (Mission Control).',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'The URL of the session on GitHub.' }),
    steerable: t.exposeBoolean('steerable', {
      description: 'Whether messages can be sent and turns aborted there, not only read.',
    }),
  }),
});

export const RepositoryRef = builder.objectRef<Repository>('Repository').implement({
  description: 'A repository on GitHub.',
  fields: (t) => ({
    owner: t.exposeString('owner', {
      description: 'The login of the user or organization that owns the repository.',
    }),
    name: t.exposeString('name', {
      description: 'The name of the repository, without its owner.',
    }),
    branch: t.exposeString('branch', {
      nullable: true,
      description: 'The name of the branch, or null if it is unknown.',
    }),
  }),
});

export const RepositoryInputRef = builder.inputType('RepositoryInput', {
  description: 'A repository on GitHub, to filter sessions by or to create a cloud session for.',
  fields: (t) => ({
    owner: t.string({
      required: true,
      description: 'The login of the user or organization that owns the repository.',
    }),
    name: t.string({
      required: true,
      description: 'The name of the repository, without its owner.',
    }),
    branch: t.string({
      description:
        'The name of the branch. If absent: any branch in a filter, the default branch for a new cloud session.',
    }),
  }),
});

export const CloudInputRef = builder.inputType('CloudInput', {
  description: 'Settings of a new cloud session, which runs on GitHub-hosted compute.',
  fields: (t) => ({
    repository: t.field({
      type: RepositoryInputRef,
      description:
        'The repository that the session works on. If absent, it has none. Current runtimes do not send the branch to GitHub.',
    }),
  }),
});
