import { GraphqlSocket } from '../support/graphql-socket.ts';
import type { Chat } from './chat.ts';

interface Patch {
  readonly messageId: string;
  readonly offset: number;
  readonly text: string;
}

const create = `mutation ($sessionId: ID!) { createSession(input: { sessionId: $sessionId }) { created } }`;
const send = `mutation ($sessionId: ID!, $prompt: String!) {
  sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) { turn { id } }
}`;
const ask = `mutation ($sessionId: ID!, $prompt: String!) {
  sendMessage(input: { sessionId: $sessionId, prompt: $prompt }) { finishedTurn { state } }
}`;
const list = `query { sessions(first: 20) { totalCount nodes { id title state updatedAt } } }`;
const release = `mutation ($sessionId: ID!) { disconnectSession(input: { sessionId: $sessionId }) { session { state } } }`;
const deltas = `subscription ($sessionId: ID!) { messageDelta(sessionId: $sessionId) { messageId offset text state } }`;

/** Of the gateway: one socket for what is asked, and one for each session that is followed. */
export async function graphqlChat(url: string): Promise<Chat> {
  const control = await GraphqlSocket.connect(url);
  const run = async (query: string, variables: Record<string, string>): Promise<void> => {
    const data = await control.run(query, variables);
    if (JSON.stringify(data).includes('"FAILED"')) throw new Error(JSON.stringify(data));
  };
  return {
    create: (sessionId) => run(create, { sessionId }),
    send: (sessionId, prompt) => run(send, { sessionId, prompt }),
    ask: (sessionId, prompt) => run(ask, { sessionId, prompt }),
    list: () => run(list, {}),
    release: (sessionId) => run(release, { sessionId }),
    follow: async (sessionId, onText) => {
      const socket = await GraphqlSocket.connect(url);
      const known = new Map<string, number>();
      socket.subscribe(
        { query: deltas, variables: { sessionId } },
        {
          next: (data) => {
            onText(newPart(data['messageDelta'] as Patch, known));
          },
          end: (problem) => {
            throw new Error(problem ?? 'the subscription has ended');
          },
        },
      );
    },
  };
}

/** @param known length of each text that is known already */
function newPart({ messageId, offset, text }: Patch, known: Map<string, number>): string {
  const length = known.get(messageId) ?? 0;
  known.set(messageId, Math.max(length, offset + text.length));
  return text.slice(Math.max(length - offset, 0));
}
