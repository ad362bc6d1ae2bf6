import { afterAll, describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { type Result, transports, type Variables } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { createSession } from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';

const gateway = await startTestGateway();
afterAll(() => gateway[Symbol.asyncDispose]());

interface Case {
  readonly what: string;
  /** Of a size: the limit passes, one more does not. */
  readonly query: (size: number) => string;
  readonly limit: number;
  readonly variables?: (size: number) => Variables;
  readonly message: string;
}

/** All but the values have 16 tokens. */
const values = (count: number): string =>
  `{sessions(filter:{states:[${'IDLE '.repeat(count)}]}){totalCount}}`;
const nested = (depth: number): string =>
  `{__type(name:"Session"){${'ofType{'.repeat(depth - 2)}name${'}'.repeat(depth - 2)}}}`;
const aliases = (count: number): string =>
  `{status{${Array.from({ length: count }, (_, index) => `a${index}:healthy`).join(' ')}}}`;
const roots = (count: number): string =>
  `{...F} fragment F on Query{${Array.from({ length: count }, (_, index) => `a${index}:status{healthy}`).join(' ')}}`;
const TYPES = 'query ($types: [SessionState!]){sessions(filter:{states:$types}){totalCount}}';
/** Of nobody's sessions: a runtime may have those of others, which come and go. */
const pages = graphql(`
  query ListToolCalls($first: Int, $last: Int = 100) {
    sessions(first: $first, filter: { search: "no session has this" }) {
      nodes {
        messages(last: $last) {
          edges {
            node {
              ... on AssistantMessage {
                toolCalls {
                  id
                }
              }
            }
          }
        }
      }
    }
  }
`);

const cases: Case[] = [
  { what: 'tokens', query: (size) => values(size - 16), limit: 2000, message: 'tokens' },
  { what: 'levels', query: nested, limit: 16, message: 'nested too deeply' },
  { what: 'aliases', query: aliases, limit: 30, message: 'aliases' },
  { what: 'root fields, by a fragment', query: roots, limit: 10, message: 'root fields' },
  {
    what: 'values in variables',
    query: () => TYPES,
    // The list is one as well.
    variables: (size) => ({ types: Array.from({ length: size - 1 }, () => 'IDLE') }),
    limit: 1000,
    message: 'values in variables',
  },
];

function expectRefused(result: Result<unknown>, message: string): void {
  expect(result.data ?? null).toBeNull();
  expect(result.errors).toMatchObject([
    {
      message: expect.stringContaining(message) as string,
      extensions: {
        code: 'LIMIT_EXCEEDED',
        retryable: false,
        requestId: expect.any(String) as string,
      },
    },
  ]);
  expect(result.errors?.[0]?.extensions).not.toHaveProperty('retryAfterMs');
}

describe.each(transports)('over %s', (transport) => {
  const client = gateway.connect(transport);

  it.each(cases)(
    'the allowed number of $what passes, and one more is rejected',
    async ({ query, variables, limit, message }) => {
      const run = (size: number): Promise<Result<unknown>> =>
        client.execute(query(size), variables?.(size));
      expect((await run(limit)).errors).toBeUndefined();
      expectRefused(await run(limit + 1), message);
      // A document that is known by now.
      expectRefused(await run(limit + 1), message);
      expect((await client.run(readStatus)).status.healthy).toBe(true);
    },
  );

  it('the cost counts full pages with the sizes of the variables or their defaults', async () => {
    const cost = (variables: Variables) => client.execute(pages, variables);
    expect((await cost({ first: 100, last: 80 })).errors).toBeUndefined();
    expectRefused(await cost({ first: 100, last: 100 }), 'up to 30201 objects');
    expectRefused(await cost({ first: 100 }), 'up to 30201 objects');
    expect((await cost({ first: 10 })).errors).toBeUndefined();
  });

  it('a rejected document changes nothing, including its mutations', async () => {
    const sessionId = gateway.createSessionId();
    const tooMany = `mutation ($input: CreateSessionInput!) {
      createSession(input: $input) { ${Array.from({ length: 31 }, (_, index) => `a${index}: created`).join(' ')} }
    }`;
    expectRefused(await client.execute(tooMany, { input: { sessionId } }), 'aliases');
    const { createSession: made } = await client.run(createSession, { input: { sessionId } });
    expect(made.created).toBe(true);
  });
});
