import type { TurnUsage } from '../events/usage.ts';
import { builder } from './builder.ts';

export const TurnUsageRef = builder.objectRef<TurnUsage>('TurnUsage').implement({
  description:
    'What the model calls of a turn have cost, those of its sub-agents and compactions included: each call once, as its model server reported it. A call that failed and was tried again reports nothing. What SessionUsage says of calls while the gateway was not there holds here as well; calls that a turn makes in the runtime after the gateway was restarted count for its session only.',
  fields: (t) => ({
    inputTokens: t.exposeInt('inputTokens', {
      description: 'Tokens that were sent, those from the cache included.',
    }),
    outputTokens: t.exposeInt('outputTokens', { description: 'Tokens that were generated.' }),
    cacheReadTokens: t.exposeInt('cacheReadTokens', {
      description: 'Tokens that were read from the cache of the model server.',
    }),
    cacheWriteTokens: t.exposeInt('cacheWriteTokens', {
      description: 'Tokens that were written to it.',
    }),
    premiumRequests: t.exposeFloat('premiumRequests', {
      nullable: true,
      description: 'Premium requests, as the runtime reports them; null with an own key.',
    }),
    durationMs: t.exposeInt('durationMs', {
      nullable: true,
      description: 'Time in model calls, all of them together.',
    }),
    timeToFirstTokenMs: t.exposeInt('timeToFirstTokenMs', {
      nullable: true,
      description: 'From the first call to its first output.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description: 'The model of the last call of the main agent.',
    }),
  }),
});
