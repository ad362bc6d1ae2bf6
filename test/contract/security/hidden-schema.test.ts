import { describe, expect, it } from 'vitest';

import { type Client, type Transport, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';

const introspections = [
  '{ __schema { types { name } } }',
  '{ __type(name: "Session") { name } }',
  'query { ...Hidden } fragment Hidden on Query { a: __schema { queryType { name } } }',
];

/** Each has a name that is nearly right. */
const misspelt: [string, Record<string, unknown>][] = [
  ['{ viewr { id } }', {}],
  ['{ sessions(frst: 1) { totalCount } }', {}],
  ['{ session(id: "a") { id ... on Sesion { id } } }', {}],
  ['mutation { createSesion(input: {}) { created } }', {}],
  ['subscription { statusChange { healthy } }', {}],
  ['mutation { createSession(input: { ifExist: RESUME }) { created } }', {}],
  ['mutation { createSession(input: { ifExists: RESUMED }) { created } }', {}],
  [
    'mutation ($i: CreateSessionInput!) { createSession(input: $i) { created } }',
    { i: { ifExist: 'RESUME' } },
  ],
  [
    'mutation ($i: CreateSessionInput!) { createSession(input: $i) { created } }',
    { i: { ifExists: 'RESUMED' } },
  ],
  [
    'subscription ($t: [SessionEventType!]) { sessionEvents(sessionId: "a", types: $t) { cursor } }',
    { t: ['TurnChange'] },
  ],
  [
    'subscription ($t: [SessionEventTyp!]) { sessionEvents(sessionId: "a", types: $t) { cursor } }',
    {},
  ],
];

async function answers(client: Client): Promise<string[]> {
  const operations = [...introspections.map((each) => [each, {}] as const), ...misspelt];
  return Promise.all(
    operations.map(async ([operation, variables]) => {
      const { data, errors } = await client.execute(operation, variables);
      expect([operation, data ?? null, errors?.[0]?.extensions['code']]).toEqual([
        operation,
        null,
        'BAD_USER_INPUT',
      ]);
      return JSON.stringify(errors);
    }),
  );
}

describe.each(transports)('over %s', (transport: Transport) => {
  it('the schema is neither introspectable nor suggested where a token is required', async () => {
    await using people = await startGatewayForPeople();
    for (const answer of await answers(people.client('alice', transport))) {
      expect(answer).not.toMatch(/did you mean/i);
    }
  });

  it('INTROSPECTION=off hides the schema from everybody and affects nothing else', async () => {
    await using gateway = await startTestGateway({ env: { INTROSPECTION: 'off' } });
    const client = gateway.connect(transport);
    for (const answer of await answers(client)) expect(answer).not.toMatch(/did you mean/i);
    expect(await client.run('{ viewer { __typename id } }')).toEqual({
      viewer: { __typename: 'Viewer', id: 'viewer:local' },
    });
  });

  it('introspection and suggestions are available on loopback or with INTROSPECTION=on', async () => {
    await using gateway = await startTestGateway();
    await using people = await startGatewayForPeople({ INTROSPECTION: 'on' });
    for (const client of [gateway.connect(transport), people.client('alice', transport)]) {
      for (const operation of introspections) expect(await client.run(operation)).toBeTruthy();
      const { errors } = await client.execute(misspelt[0]![0]);
      expect(errors?.[0]?.message).toContain('Did you mean "viewer"');
    }
  });
});

it('the schema is hidden from other machines by default, also without authentication', async () => {
  const env = { HOST: '0.0.0.0', ALLOW_INSECURE: '1' };
  await using gateway: TestGateway = await startTestGateway({ env });
  const { port } = new URL(gateway.url);
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: introspections[0] }),
  });
  expect(await response.text()).toContain('introspection');
});
