import type { Model } from '../copilot/profiles/models.ts';
import { listModels } from '../resolvers/profile.ts';
import { builder } from './builder.ts';

export const ReasoningEffortRef = builder.enumType('ReasoningEffort', {
  description: 'How long a model thinks before it answers.',
  values: {
    LOW: { description: 'Short.' },
    MEDIUM: { description: 'In between.' },
    HIGH: { description: 'Long.' },
    XHIGH: { description: 'Longer.' },
    MAX: { description: 'As long as the model can.' },
  } as const,
});

const ModelRef = builder.objectRef<Model>('Model').implement({
  description: 'A language model that sessions may use.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For `createSession.model`.' }),
    displayName: t.exposeString('displayName', { description: 'For people.' }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Whether a policy lets the account use it.',
    }),
    vision: t.exposeBoolean('vision', { description: 'Whether it reads images.' }),
    contextWindow: t.exposeInt('contextWindow', {
      nullable: true,
      description: 'In tokens; null when not known.',
    }),
    reasoningEfforts: t.expose('reasoningEfforts', {
      type: [ReasoningEffortRef],
      description: 'What it accepts as `reasoningEffort`; empty when it takes none.',
    }),
    defaultReasoningEffort: t.expose('defaultReasoningEffort', {
      type: ReasoningEffortRef,
      nullable: true,
      description: 'Used when none is asked for.',
    }),
    billingMultiplier: t.exposeFloat('billingMultiplier', {
      nullable: true,
      description: 'Premium requests that one of its requests counts as; null with an own key.',
    }),
  }),
});

builder.queryField('models', (t) =>
  t.field({
    type: [ModelRef],
    nullable: true,
    description: "The models of the signed-in account, or of the profile's own provider.",
    args: {
      profile: t.arg.string({ description: 'Name of a profile; the default one when absent.' }),
    },
    resolve: (_root, { profile }, context) => listModels(profile ?? null, context),
  }),
);
