import type { Profile } from '../copilot/profiles/profiles.ts';
import { listProfiles } from '../resolvers/profile.ts';
import { builder } from './builder.ts';

const ProfileRef = builder.objectRef<Profile>('Profile').implement({
  description:
    'Named server-side bundle of model provider, tools, system message and permission policy.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For `createSession.profile`.' }),
    description: t.exposeString('description', { nullable: true, description: 'For people.' }),
    defaultModel: t.exposeString('defaultModel', {
      nullable: true,
      description: "Used when a session asks for none; null: the runtime's own choice.",
    }),
    tools: t.exposeStringList('tools', {
      description:
        'Patterns of the tools that the agent may call: `builtin:`, `mcp:` or `custom:` and a name or `*`.',
    }),
    allowsOwnProvider: t.exposeBoolean('allowsOwnProvider', {
      description: 'Whether a client may bring a model provider of its own.',
    }),
    allowsCloud: t.exposeBoolean('allowsCloud', {
      description: 'Whether sessions may run on GitHub-hosted compute.',
    }),
    allowsRemote: t.exposeBoolean('allowsRemote', {
      description: 'Whether sessions may be shared on GitHub web and mobile.',
    }),
  }),
});

builder.queryField('profiles', (t) =>
  t.field({
    type: [ProfileRef],
    nullable: true,
    description: 'The profiles that the viewer may use.',
    resolve: (_root, _args, context) => listProfiles(context),
  }),
);
