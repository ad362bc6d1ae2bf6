import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { crowdOutReading, watchJournalReads } from '../../support/gateway/journal-reads.ts';
import { writeLongHistory, type WrittenHistory } from '../../support/models/long-history.ts';
import {
  fetchPage,
  listMessages,
  type PageMessage,
} from '../../support/operations/message-pages.ts';

async function allForward(client: Client, id: string, first: number): Promise<PageMessage[]> {
  const messages: PageMessage[] = [];
  for (let after: string | null = null; ;) {
    const { edges, pageInfo } = await fetchPage(client, id, { first, after });
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    messages.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return messages;
    after = pageInfo.endCursor;
  }
}

async function allBackward(client: Client, id: string, last: number): Promise<PageMessage[]> {
  let messages: PageMessage[] = [];
  for (let before: string | null = null; ;) {
    const { edges, pageInfo } = await fetchPage(client, id, { last, before });
    expect(pageInfo.hasNextPage).toBe(before !== null);
    messages = [...edges.map(({ node }) => node), ...messages];
    if (!pageInfo.hasPreviousPage) return messages;
    before = pageInfo.startCursor;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function toldBy({ messages }: WrittenHistory): unknown[] {
  return messages.map(({ id, turnId, content, toolCalls }) => ({
    id,
    turnId,
    content,
    ...(toolCalls && {
      toolCalls: toolCalls.map((state) => ({ state, output: `output of ${content}` })),
    }),
  }));
}

// Its journal has to lie in the home of the runtime, which only the bundled one has in the test's folder.
describe.runIf(inject('runtime').kind === 'bundled')('a history of 10,000 events', () => {
  const sessionId = 'long-history';
  let gateway: TestGateway;
  let history: WrittenHistory;
  let client: Client;
  let reads: number[];
  beforeAll(async () => {
    gateway = await startTestGateway();
    await gateway.stop();
    history = await writeLongHistory(join(gateway.dataDir, 'runtime'), sessionId, 10_000);
    await gateway.start();
    client = gateway.connect('HTTP');
    await vi.waitUntil(async () => {
      const { data } = await client.execute(listMessages, { id: sessionId, last: 1 });
      return data?.session;
    });
    reads = await watchJournalReads(gateway);
  });
  beforeEach(() => {
    reads.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it('is the same list when paged from either end, including tool results', async () => {
    expect(history.events).toBeGreaterThanOrEqual(10_000);
    expect(await allForward(client, sessionId, 100)).toEqual(toldBy(history));
    expect(await allBackward(client, sessionId, 100)).toEqual(toldBy(history));
  }, 60_000);

  it.each(transports)('is read partially for its first or last page over %s', async (transport) => {
    const over = gateway.connect(transport);
    const last = await fetchPage(over, sessionId, { last: 20 });
    expect(last.edges.map(({ node }) => node)).toEqual(toldBy(history).slice(-20));
    const first = await fetchPage(over, sessionId, { first: 20 });
    expect(first.edges.map(({ node }) => node)).toEqual(toldBy(history).slice(0, 20));
    expect(sum(reads)).toBeLessThan(500);
  });

  it('is read from its end for pages near the newest messages', async () => {
    const { pageInfo } = await fetchPage(client, sessionId, { last: 20 });
    reads.length = 0;
    const earlier = await fetchPage(client, sessionId, { last: 20, before: pageInfo.startCursor });
    expect(earlier.edges.map(({ node }) => node)).toEqual(toldBy(history).slice(-40, -20));
    const rest = await fetchPage(client, sessionId, {
      first: 20,
      after: earlier.pageInfo.endCursor,
    });
    expect(rest.edges.map(({ node }) => node)).toEqual(toldBy(history).slice(-20));
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(sum(reads)).toBeLessThan(3_000);
  });

  it('is read once for all fields of one operation', async () => {
    const query = graphql(`
      query ReadPageTwice($id: ID!) {
        session(id: $id) {
          newest: messages(last: 20) {
            ...MessagePageFields
          }
          same: messages(last: 20) {
            ...MessagePageFields
          }
        }
      }
    `);
    await fetchPage(client, sessionId, { last: 20 });
    const once = reads.splice(0);
    const { session } = await client.run(query, { id: sessionId });
    expect(session.newest).toEqual(session.same);
    expect(session.newest?.edges).toHaveLength(20);
    expect(reads).toEqual(once);
  });

  it('is read without resuming the session', async () => {
    const { session } = await client.run(listMessages, { id: sessionId, last: 1 });
    expect(session.state).toBe('DISCONNECTED');
  });

  it.each([{ first: 100 }, { last: 100 }])(
    'continues at the same position when the runtime has dropped the reading (%o)',
    async (size) => {
      const { pageInfo } = await fetchPage(client, sessionId, size);
      reads.length = 0;
      const next =
        'first' in size ? { after: pageInfo.endCursor } : { before: pageInfo.startCursor };
      const undisturbed = await fetchPage(client, sessionId, { ...size, ...next });
      const once = sum(reads);
      reads.length = 0;
      await crowdOutReading(gateway, sessionId);
      expect(await fetchPage(client, sessionId, { ...size, ...next })).toEqual(undisturbed);
      expect(sum(reads)).toBeGreaterThan(once);
    },
  );

  it('is complete for each of many concurrent readers', async () => {
    const readers = Array.from({ length: 16 }, () => gateway.connect('HTTP'));
    const { pageInfo } = await fetchPage(client, sessionId, { first: 1 });
    const pages = await Promise.all(
      readers.map((reader) =>
        fetchPage(reader, sessionId, { last: 100, after: pageInfo.endCursor }),
      ),
    );
    for (const { edges } of pages) {
      expect(edges.map(({ node }) => node)).toEqual(toldBy(history).slice(-100));
    }
  }, 60_000);
});
