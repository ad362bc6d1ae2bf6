import type { SessionUsage,TurnUsage } from '../events/usage.ts';
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

export const SessionUsageRef = builder.objectRef<SessionUsage>('SessionUsage').implement({
  description:
    'What a session has cost since this gateway has known it, over all restarts. Model calls that the runtime made while the gateway was not there (cut off, restarted, or for another client) count as soon as it is attached again, each once. They are missing when the runtime has let go of the session meanwhile or was restarted itself, and of more than about 3,500 events that it does not write down, such as pieces of text, the oldest are.',
  fields: (t) => ({
    turns: t.exposeInt('turns', { description: 'Turns that have begun.' }),
    inputTokens: t.exposeFloat('inputTokens', {
      description: 'Tokens that were sent, those from the cache included.',
    }),
    outputTokens: t.exposeFloat('outputTokens', { description: 'Tokens that were generated.' }),
    cacheReadTokens: t.exposeFloat('cacheReadTokens', {
      description: 'Tokens that were read from the cache of the model server.',
    }),
    cacheWriteTokens: t.exposeFloat('cacheWriteTokens', {
      description: 'Tokens that were written to it.',
    }),
    premiumRequests: t.exposeFloat('premiumRequests', {
      nullable: true,
      description: 'Premium requests, as the runtime reports them; null with an own key.',
    }),
    contextTokens: t.exposeInt('contextTokens', {
      nullable: true,
      description: "Tokens in the main agent's context window, as last reported.",
    }),
    contextLimit: t.exposeInt('contextLimit', {
      nullable: true,
      description: 'How many fit into it.',
    }),
  }),
});
