import type { SessionUsage, TurnUsage } from '../events/usage.ts';
import { builder } from './builder.ts';

const descriptions = {
  inputTokens:
    'The number of tokens that were sent to the model, including those from the prompt cache.',
  outputTokens: 'The number of tokens that the model generated.',
  cacheReadTokens:
    'The number of input tokens that were read from the prompt cache of the model provider. They are included in `inputTokens`.',
  cacheWriteTokens:
    'The number of input tokens that were written to the prompt cache of the model provider.',
  premiumRequests:
    'The number of GitHub premium requests, as reported by the runtime. Null if the model provider is not GitHub.',
};

export const TurnUsageRef = builder.objectRef<TurnUsage>('TurnUsage').implement({
  description:
    'The total usage of the model calls of a turn, including those of its sub-agents and of compactions. Each call counts once, as reported by the model provider; a failed call that was tried again reports nothing. Calls that the runtime makes while the gateway is not connected are added later, as for `SessionUsage`; those after a restart of the gateway count for the session only, not for their turn.',
  fields: (t) => ({
    inputTokens: t.exposeInt('inputTokens', { description: descriptions.inputTokens }),
    outputTokens: t.exposeInt('outputTokens', { description: descriptions.outputTokens }),
    cacheReadTokens: t.exposeInt('cacheReadTokens', { description: descriptions.cacheReadTokens }),
    cacheWriteTokens: t.exposeInt('cacheWriteTokens', {
      description: descriptions.cacheWriteTokens,
    }),
    premiumRequests: t.exposeFloat('premiumRequests', {
      nullable: true,
      description: descriptions.premiumRequests,
    }),
    durationMs: t.exposeInt('durationMs', {
      nullable: true,
      description:
        'The total duration of the model calls in milliseconds, or null if it is unknown.',
    }),
    timeToFirstTokenMs: t.exposeInt('timeToFirstTokenMs', {
      nullable: true,
      description:
        'The time from the start of the first model call of the main agent to its first output, in milliseconds, or null if it is unknown.',
    }),
    model: t.exposeString('model', {
      nullable: true,
      description:
        'The name of the model of the last call of the main agent, or null if there was none.',
    }),
  }),
});

export const SessionUsageRef = builder.objectRef<SessionUsage>('SessionUsage').implement({
  description:
    'The total usage of the model calls of a session since the gateway first used it, kept across restarts. Calls that the runtime made while the gateway was not connected (connection lost, gateway restarted, or another client) are added, each once, when the session is next loaded. They are missing if the runtime has released the session or was restarted meanwhile; and if more than about 3500 unstored events, such as pieces of text, occurred meanwhile, the oldest calls are missing.',
  fields: (t) => ({
    turns: t.exposeInt('turns', { description: 'The number of turns that have started.' }),
    inputTokens: t.exposeFloat('inputTokens', { description: descriptions.inputTokens }),
    outputTokens: t.exposeFloat('outputTokens', { description: descriptions.outputTokens }),
    cacheReadTokens: t.exposeFloat('cacheReadTokens', {
      description: descriptions.cacheReadTokens,
    }),
    cacheWriteTokens: t.exposeFloat('cacheWriteTokens', {
      description: descriptions.cacheWriteTokens,
    }),
    premiumRequests: t.exposeFloat('premiumRequests', {
      nullable: true,
      description: descriptions.premiumRequests,
    }),
    contextTokens: t.exposeInt('contextTokens', {
      nullable: true,
      description:
        'The number of tokens in the context window of the main agent, as last reported, or null if it is unknown.',
    }),
    contextLimit: t.exposeInt('contextLimit', {
      nullable: true,
      description:
        'The number of tokens that fit into the context window of the main agent, or null if it is unknown.',
    }),
  }),
});
