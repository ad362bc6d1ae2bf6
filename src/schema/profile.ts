import type { Profile } from '../copilot/profiles/profiles.ts';
import { listProfiles } from '../resolvers/profile.ts';
import { builder } from './builder.ts';

const ProfileRef = builder.objectRef<Profile>('Profile').implement({
  description:
    'A named set of server-side settings for sessions: model provider, models, tools, system message and permission policy. Operators define profiles; clients choose one by name.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of the profile, for `CreateSessionInput.profile`.',
    }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'A description of the profile for display, or null if there is none.',
    }),
    defaultModel: t.exposeString('defaultModel', {
      nullable: true,
      description:
        'The name of the model that a session uses if it does not choose one, or null if the runtime chooses the model.',
    }),
    tools: t.exposeStringList('tools', {
      description:
        'Patterns of the tools that the agent may call: `builtin:` (tools of the runtime), `mcp:` (tools of MCP servers) or `custom:` (client tools), followed by a name or `*` for all.',
    }),
    allowsOwnProvider: t.exposeBoolean('allowsOwnProvider', {
      description:
        'Whether clients may supply their own model provider and key (`CreateSessionInput.provider`).',
    }),
    allowsCloud: t.exposeBoolean('allowsCloud', {
      description:
        'Whether sessions may run on GitHub-hosted compute (`CreateSessionInput.cloud`).',
    }),
    allowsRemote: t.exposeBoolean('allowsRemote', {
      description:
        'Whether sessions may be shared on GitHub web and mobile, which sends their content to GitHub.',
    }),
  }),
});

builder.queryField('profiles', (t) =>
  t.field({
    type: [ProfileRef],
    nullable: true,
    description: 'The profiles that sessions can be created with.',
    resolve: (_root, _args, context) => listProfiles(context),
  }),
);
