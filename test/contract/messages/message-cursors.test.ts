import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import type { ListMessagesQueryVariables } from '../../generated/operations/graphql.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { watchJournalReads } from '../../support/gateway/journal-reads.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import {
  fetchPage,
  listMessages,
  type MessagePage,
  type PageMessage,
} from '../../support/operations/message-pages.ts';
import { rejectingGateway } from '../../support/operations/requests.ts';
import {
  createTestSession,
  deleteSession,
  disconnectSession,
} from '../../support/operations/sessions.ts';
import { ask, send, sendMessage } from '../../support/operations/turns.ts';

function texts({ edges }: { readonly edges: readonly { readonly node: PageMessage }[] }): string[] {
  return edges.map(({ node }) => node.content);
}

async function codeOf(client: Client, variables: ListMessagesQueryVariables): Promise<unknown> {
  const { errors } = await client.execute(listMessages, variables);
  return errors?.[0]?.extensions['code'];
}

describe.each(transports)('cursors of messages over %s', (transport) => {
  it('stay valid while the history grows, in either direction', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const id = await createTestSession(gateway, client);
    await ask(client, id, prompts.story);
    const { startCursor, endCursor } = (await fetchPage(client, id, { last: 2 })).pageInfo;
    const { endCursor: first } = (await fetchPage(client, id, { first: 1 })).pageInfo;
    await ask(client, id, prompts.short);
    await client.run(disconnectSession, { input: { sessionId: id } });

    const whole = [prompts.story, answers.story, prompts.short, answers.short];
    expect(texts(await fetchPage(client, id, { first: 10, after: endCursor }))).toEqual(
      whole.slice(2),
    );
    expect(texts(await fetchPage(client, id, { first: 10, after: startCursor }))).toEqual(
      whole.slice(1),
    );
    expect(texts(await fetchPage(client, id, { last: 10, before: endCursor }))).toEqual(
      whole.slice(0, 1),
    );
    expect(texts(await fetchPage(client, id, { first: 2, after: first }))).toEqual(
      whole.slice(1, 3),
    );
  });

  it('are rejected for another session and expire when the history is rewritten', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const id = await createTestSession(gateway, client);
    const other = await createTestSession(gateway, client);
    await ask(client, id, prompts.short);
    const { startCursor } = (await fetchPage(client, id, { last: 1 })).pageInfo;
    expect(await codeOf(client, { id: other, after: startCursor })).toBe('BAD_USER_INPUT');
    expect(await codeOf(client, { id: other, before: startCursor })).toBe('BAD_USER_INPUT');
    const { data } = await client.execute('{ sessions { pageInfo { endCursor } } }');
    const { endCursor: ofSessions } = (data as { sessions: MessagePage }).sessions.pageInfo;
    for (const before of ['nonsense', '', ofSessions]) {
      expect(await codeOf(client, { id, before })).toBe('BAD_USER_INPUT');
    }

    await client.run(deleteSession, { input: { sessionId: id } });
    await createTestSession(gateway, client, { sessionId: id });
    expect(await codeOf(client, { id, after: startCursor })).toBe('CURSOR_EXPIRED');
    await ask(client, id, prompts.short);
    expect(await codeOf(client, { id, before: startCursor })).toBe('CURSOR_EXPIRED');
  });
});

describe('a page of messages', () => {
  it('reports hasNextPage and hasPreviousPage correctly for any range', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const id = await createTestSession(gateway, client);
    await ask(client, id, prompts.story);
    await ask(client, id, prompts.short);
    const { edges } = await fetchPage(client, id, {});
    const [a = '', b = '', c = '', d = ''] = edges.map(({ cursor }) => cursor);
    const flagsOf = async (args: Parameters<typeof fetchPage>[2]): Promise<unknown[]> => {
      const { edges: found, pageInfo } = await fetchPage(client, id, args);
      expect(pageInfo.startCursor).toBe(found[0]?.cursor ?? null);
      expect(pageInfo.endCursor).toBe(found.at(-1)?.cursor ?? null);
      return [found.length, pageInfo.hasPreviousPage, pageInfo.hasNextPage];
    };
    expect(await flagsOf({})).toEqual([4, false, false]);
    expect(await flagsOf({ first: 4 })).toEqual([4, false, false]);
    expect(await flagsOf({ first: 3 })).toEqual([3, false, true]);
    expect(await flagsOf({ last: 3 })).toEqual([3, true, false]);
    expect(await flagsOf({ first: 3, after: a })).toEqual([3, true, false]);
    expect(await flagsOf({ first: 2, after: a })).toEqual([2, true, true]);
    expect(await flagsOf({ first: 2, after: d })).toEqual([0, true, false]);
    expect(await flagsOf({ last: 3, before: d })).toEqual([3, false, true]);
    expect(await flagsOf({ last: 2, before: d })).toEqual([2, true, true]);
    expect(await flagsOf({ last: 2, before: a })).toEqual([0, false, true]);
    expect(await flagsOf({ first: 1, after: a, before: d })).toEqual([1, true, true]);
    expect(await flagsOf({ last: 5, after: a, before: d })).toEqual([2, true, true]);
    expect(await flagsOf({ first: 9, before: c })).toEqual([2, false, true]);
    expect(await flagsOf({ last: 9, after: b })).toEqual([2, true, false]);
  });

  it.each(['first', 'last'])('is empty for a session without messages (%s)', async (size) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const id = await createTestSession(gateway, client);
    expect(await fetchPage(client, id, { [size]: 5 })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('contains the messages and tool calls of a running turn so far', async () => {
    await using gateway = await startTestGateway(rejectingGateway);
    const client = gateway.connect('SSE');
    const id = await createTestSession(gateway, client);
    await ask(client, id, prompts.short);
    await using events = await client.subscribe(sessionEvents, { sessionId: id });
    const held = gateway.model.hold();
    const { turn } = await send(client, id, held.prompt);
    await events.next(({ sessionEvents: { userMessage } }) => userMessage?.content === held.prompt);
    const told = await fetchPage(client, id, { last: 1 });
    expect(told.edges.map(({ node }) => node)).toMatchObject([
      { content: held.prompt, turnId: turn.id },
    ]);
    expect(texts(await fetchPage(client, id, { first: 1 }))).toEqual([prompts.short]);

    (await held.nextCall()).callTool('bash', { command: 'true', description: 'Nothing' });
    await events.next(({ sessionEvents: { assistantMessage } }) => assistantMessage !== undefined);
    const [asking] = (await fetchPage(client, id, { last: 1 })).edges;
    expect(asking?.node).toMatchObject({ turnId: turn.id, toolCalls: [{}] });
    const last = await held.nextCall();
    const { state } = (await client.run(listMessages, { id })).session;
    expect(state).toBe('RUNNING');
    // What the tool came to is told before the model is asked again.
    for (const range of [{ last: 1 }, { first: 1, after: told.pageInfo.endCursor }]) {
      const [edge] = (await fetchPage(client, id, range)).edges;
      expect(edge?.node).toMatchObject({ id: asking?.node.id, toolCalls: [{ state: 'DENIED' }] });
    }
    last.finish();
  });
});

describe('the reply of a turn', () => {
  const readReplies = graphql(`
    query ReadReplyTwice($id: ID!, $turnId: ID!) {
      session(id: $id) {
        turn(id: $turnId) {
          reply {
            content
          }
        }
        again: turn(id: $turnId) {
          reply {
            content
          }
        }
        messages(last: 20) {
          edges {
            node {
              id
            }
          }
        }
      }
    }
  `);

  it('is found after a restart, in the same read as the messages', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect('HTTP');
    const id = await createTestSession(gateway, before);
    const { id: turnId } = await ask(before, id, prompts.story);
    await ask(before, id, prompts.short);
    await gateway.restart();
    const client = gateway.connect('HTTP');
    const reads = await watchJournalReads(gateway);
    await fetchPage(client, id, { last: 20 });
    const once = reads.splice(0);
    const { session } = await client.run(readReplies, { id, turnId });
    expect(session.turn.reply?.content).toBe(answers.story);
    expect(session.again?.reply?.content).toBe(answers.story);
    expect(reads).toEqual(once);
  });
});

it('a prompt of invisible characters is rejected like an empty one', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  for (const prompt of ['\u0000', ' \u0000\n', '\u200b']) {
    const { errors } = await client.execute(sendMessage, { input: { sessionId, prompt } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
  expect((await fetchPage(client, sessionId, {})).edges).toEqual([]);
});
