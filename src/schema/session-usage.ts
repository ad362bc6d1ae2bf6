import type { SessionUsage } from '../events/usage.ts';
import { readSessionUsage } from '../resolvers/usage.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

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

builder.objectField(SessionRef, 'usage', (t) =>
  t.field({
    type: SessionUsageRef,
    nullable: true,
    description: 'What it has cost so far.',
    resolve: (session, _args, context) => readSessionUsage(session, context),
  }),
);
