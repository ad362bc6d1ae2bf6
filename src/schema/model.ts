import type { Model } from '../copilot/profiles/models.ts';
import { listModels } from '../resolvers/profile.ts';
import { builder } from './builder.ts';

export const ReasoningEffortRef = builder.enumType('ReasoningEffort', {
  description:
    'How much a model reasons before it answers. More effort takes longer and uses more tokens.',
  values: {
    LOW: { description: 'Low effort: the shortest reasoning.' },
    MEDIUM: { description: 'Medium effort.' },
    HIGH: { description: 'High effort.' },
    XHIGH: { description: 'Extra high effort: more than HIGH.' },
    MAX: { description: 'Maximum effort of the model.' },
  } as const,
});

const ModelRef = builder.objectRef<Model>('Model').implement({
  description: 'A language model that sessions can use.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of the model, for `CreateSessionInput.model`.',
    }),
    displayName: t.exposeString('displayName', {
      description: 'The name of the model for display.',
    }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Whether the GitHub account may use the model. If false, a policy forbids it.',
    }),
    vision: t.exposeBoolean('vision', {
      description: 'Whether the model accepts images as attachments.',
    }),
    contextWindow: t.exposeInt('contextWindow', {
      nullable: true,
      description: 'The size of the context window in tokens, or null if it is unknown.',
    }),
    reasoningEfforts: t.expose('reasoningEfforts', {
      type: [ReasoningEffortRef],
      description: 'The reasoning efforts that the model supports. Empty if it supports none.',
    }),
    defaultReasoningEffort: t.expose('defaultReasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description:
        'The reasoning effort that is used if a session does not choose one, or null if it is unknown.',
    }),
    billingMultiplier: t.exposeFloat('billingMultiplier', {
      nullable: true,
      description:
        'The number of GitHub premium requests that one request to the model counts as. Null for models of another provider than GitHub.',
    }),
  }),
});

builder.queryField('models', (t) =>
  t.field({
    type: [ModelRef],
    nullable: true,
    description:
      'The models that sessions with the given profile can use: those of its model provider, or those of the GitHub account of the server. GITHUB_AUTH_REQUIRED if the server has no account, BAD_USER_INPUT if there is no such profile.',
    args: {
      profile: t.arg.string({
        description: 'The name of a profile, as in `Query.profiles`; `default` if absent.',
      }),
    },
    resolve: (_root, { profile }, context) => listModels(profile ?? null, context),
  }),
);
