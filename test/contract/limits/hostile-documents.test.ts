import { afterAll, describe, expect, it } from 'vitest';

import { type Client, transports, type Variables } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { readStatus } from '../../support/operations/status.ts';

const gateway = await startTestGateway();
afterAll(() => gateway[Symbol.asyncDispose]());

const QUICKLY_MS = 1_000;
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const cycle = times(50, (index) => `fragment F${index} on Query { ...F${(index + 1) % 50} }`);
/** Each spreads the next one twice, below fields of their own. */
const bombs = times(
  14,
  (index) =>
    `fragment F${index} on __Type { a: ofType { ...F${index + 1} } ofType { ...F${index + 1} } }`,
);
const events = `subscription ($types: [SessionEventType!]) {
  sessionEvents(sessionId: "none", types: $types) { cursor }
}`;

const hostile: Record<string, readonly [query: string, variables?: Variables]> = {
  '10,000 aliases': [`{ status { ${times(10_000, (index) => `a${index}: healthy`)} } }`],
  'root fields by the hundred': [`{ ${times(600, () => 'viewer { id }')} }`],
  'one field very often': [`{ status { ${times(1_900, () => 'healthy')} } }`],
  'fragments in a circle': [`{ ...F0 } ${cycle}`],
  'fragments that double': [
    `{ __type(name: "Session") { ...F0 } } ${bombs} fragment F14 on __Type { name }`,
  ],
  'pages in pages': [
    '{ sessions(first: 100) { nodes { messages(first: 100) { edges { node { id } } nodes { id } } } } }',
  ],
  '10,000 directives': [`{ status { healthy ${times(10_000, () => '@include(if: true)')} } }`],
  '600 directives': [`{ status { healthy ${times(600, () => '@a')} } }`],
  '600 unknown fields': [`{ ${times(600, (index) => `statu${index}`)} }`],
  'a list of 100,000 values': [events, { types: Array.from({ length: 100_000 }, () => 'IDLE') }],
  'variables nested 3,000 times': [
    events,
    { types: JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) as unknown },
  ],
  '50,000 variables': [
    events,
    Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`v${index}`, 1])),
  ],
  'introspection of introspection': [
    `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`,
  ],
};

async function refusedWithin(client: Client, query: string, variables?: Variables) {
  const begun = performance.now();
  const { data, errors } = await client.execute(query, variables);
  return {
    data: data ?? null,
    code: errors?.[0]?.extensions['code'],
    ms: performance.now() - begun,
  };
}

describe.each(transports)('over %s', (transport) => {
  const client = gateway.connect(transport);

  it.each(Object.entries(hostile))('%s: rejected quickly', async (_what, [query, variables]) => {
    await client.run(readStatus);
    const refused = await refusedWithin(client, query, variables);
    expect(refused.data).toBeNull();
    expect(['LIMIT_EXCEEDED', 'BAD_USER_INPUT']).toContain(refused.code);
    expect(refused.ms).toBeLessThan(QUICKLY_MS);
    expect((await client.run(readStatus)).status.healthy).toBe(true);
  });
});
