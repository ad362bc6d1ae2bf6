import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const list = graphql(`
  query ListSessions(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filter: SessionFilter
  ) {
    sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      nodes {
        id
      }
      edges {
        cursor
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

const nodes = graphql(`
  query ReadNodes($id: ID!) {
    session: node(id: $id) {
      __typename
      id
      ... on Session {
        title
      }
    }
    status: node(id: "status:gateway") {
      __typename
      id
      ... on Status {
        healthy
      }
    }
    nothing: node(id: "there-is-no-such-thing") {
      id
    }
  }
`);

const messages = graphql(`
  query ListMessageTexts($id: ID!, $first: Int, $after: String, $last: Int) {
    session(id: $id) {
      messages(first: $first, after: $after, last: $last) {
        nodes {
          ... on UserMessage {
            content
          }
          ... on AssistantMessage {
            content
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
      }
    }
  }
`);

async function page(client: Client, args: Readonly<Record<string, unknown>>): Promise<Page> {
  return (await client.run(list, args)).sessions;
}

describe.each(transports)('over %s', (transport) => {
  it('`sessions` pages through the sessions with a label, most recent activity first', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const label = { key: 'test', value: gateway.createSessionId() };
    const made: string[] = [];
    for (let count = 0; count < 5; count++) {
      made.unshift(await createTestSession(gateway, client, { labels: [label] }));
    }
    await createTestSession(gateway, client);

    const filter = { label };
    const first = await page(client, { first: 2, filter });
    expect(first).toMatchObject({
      totalCount: 5,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await page(client, { first: 2, after: first.pageInfo.endCursor, filter });
    const third = await page(client, { first: 2, after: second.pageInfo.endCursor, filter });
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const all = [first, second, third].flatMap(({ nodes: found }) => found.map(({ id }) => id));
    expect(all).toEqual(made);
    const back = await page(client, { last: 2, before: third.pageInfo.startCursor, filter });
    expect(back.nodes).toEqual(second.nodes);
  });

  it('`sessions` filters by title, id and state', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const mark = gateway.createSessionId();
    const titled = await createTestSession(gateway, client, {
      title: `About ${mark.toUpperCase()}`,
    });
    const busy = await createTestSession(gateway, client, { title: `Busy ${mark}` });
    await ask(client, busy, prompts.short);

    const found = await page(client, { filter: { search: mark } });
    expect(found.nodes).toEqual([{ id: busy }, { id: titled }]);
    expect((await page(client, { filter: { search: titled } })).nodes).toEqual([{ id: titled }]);
    const idle = await page(client, { filter: { search: mark, states: ['IDLE'] } });
    expect(idle.totalCount).toBe(2);
    const gone = await page(client, { filter: { search: mark, states: ['DISCONNECTED'] } });
    expect(gone.totalCount).toBe(0);
  });

  it('`node` returns a session and the status by id, and null for any other id', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const id = await createTestSession(gateway, client, { title: 'Found' });
    expect(await client.run(nodes, { id })).toEqual({
      session: { __typename: 'Session', id, title: 'Found' },
      status: { __typename: 'Status', id: 'status:gateway', healthy: true },
      nothing: null,
    });
  });

  it('`messages` pages through the history, oldest first', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const id = await createTestSession(gateway, client);
    await ask(client, id, `${prompts.short} 1`);
    await ask(client, id, `${prompts.short} 2`);

    const said = async (args: Readonly<Record<string, unknown>>) => {
      const { session } = await client.run(messages, { id, ...args });
      return session.messages;
    };
    const first = await said({ first: 3 });
    expect(first.nodes.map(({ content }) => content)).toEqual([
      'Say hello 1',
      'Hello.',
      'Say hello 2',
    ]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await said({ first: 3, after: first.pageInfo.endCursor });
    expect(rest.nodes).toEqual([{ content: 'Hello.' }]);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect((await said({ last: 1 })).nodes).toEqual(rest.nodes);
  });
});
