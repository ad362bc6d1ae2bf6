import type { Client, Operation } from '../clients/transports.ts';
import type { Session } from './chat.ts';

type Forked = Omit<Session, 'cursor' | 'currentTurn'> & { readonly profile: string };

export const forkSession = `mutation ($input: ForkSessionInput!) {
  forkSession(input: $input) {
    session {
      id state title model profile reasoningEffort labels { key value }
      messages { nodes {
        __typename id turnId
        ... on UserMessage { content }
        ... on AssistantMessage { content toolCalls { name state } }
      } }
    }
  }
}` as Operation<{ readonly forkSession: { readonly session: Forked } }>;

export async function fork(client: Client, sessionId: string, input: object = {}): Promise<Forked> {
  const made = await client.run(forkSession, { input: { sessionId, ...input } });
  return made.forkSession.session;
}
