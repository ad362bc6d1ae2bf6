import { afterAll, describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { uncheckVariables } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { lookup } from '../../support/operations/client-tools.ts';
import { createSession, createTestSession } from '../../support/operations/sessions.ts';

const echo = { type: 'http', url: 'http://127.0.0.1:9/mcp' };
const gateway = await startTestGateway({
  profiles: {
    default: { tools: ['builtin:view', 'mcp:*', 'custom:*'], mcpServers: { echo } },
    one: { tools: ['custom:lookup'] },
    none: { tools: ['builtin:*'] },
  },
});
afterAll(() => gateway[Symbol.asyncDispose]());
const client = gateway.connect('HTTP');

const nested = (depth: number): object =>
  depth === 0 ? { type: 'string' } : { type: 'array', items: nested(depth - 1) };
const withField = (field: object) => ({
  ...lookup,
  parameters: { type: 'object', properties: { field } },
});
const many = (count: number, description = 'd') =>
  Array.from({ length: count }, (_, index) => ({ ...lookup, name: `tool${index}`, description }));

/** What a session with such tools is refused with; its message names the field. */
async function refusal(clientTools: readonly object[], profile = 'default') {
  const sessionId = gateway.createSessionId();
  const { errors } = await client.execute(uncheckVariables(createSession), {
    input: { sessionId, clientTools, profile },
  });
  const read = 'query ($id: ID!) { session(id: $id) { id } }';
  expect((await client.execute(read, { id: sessionId })).data).toEqual({ session: null });
  return { code: errors?.[0]?.extensions['code'], message: errors?.[0]?.message };
}

describe('a declared client tool', () => {
  it.each([
    ['a name of other characters', { ...lookup, name: 'look up' }, 'clientTools[0].name'],
    ['an empty name', { ...lookup, name: '' }, 'clientTools[0].name'],
    ['a long name', { ...lookup, name: 'x'.repeat(65) }, 'clientTools[0].name'],
    ['no description', { ...lookup, description: ' ' }, 'clientTools[0].description'],
    ['a long one', { ...lookup, description: 'x'.repeat(1_025) }, 'clientTools[0].description'],
    ['parameters of no kind', { ...lookup, parameters: 'x' }, 'clientTools[0].parameters'],
    ['a list of them', { ...lookup, parameters: [] }, 'clientTools[0].parameters'],
    [
      'those of no object',
      { ...lookup, parameters: { type: 'string' } },
      'clientTools[0].parameters',
    ],
    [
      'those without fields',
      { ...lookup, parameters: { type: 'object' } },
      'clientTools[0].parameters',
    ],
    ['a field of no type', withField({ type: 'nonsense' }), 'clientTools[0].parameters'],
    ['a field of no sense', withField({ minLength: 'x' }), 'clientTools[0].parameters'],
    ['fields in fields in fields', withField(nested(50)), 'clientTools[0].parameters'],
    ['a large field', withField({ enum: ['x'.repeat(17_000)] }), 'clientTools[0].parameters'],
    [
      'another dialect',
      { ...lookup, parameters: { ...lookup.parameters, $schema: 'https://example.com/mine' } },
      'clientTools[0].parameters',
    ],
  ])('with %s is refused', async (_name, tool, field) => {
    expect(await refusal([tool])).toEqual({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(field) as string,
    });
  });

  it.each(['bash', 'view', 'ask_user', 'task', 'skill', 'BASH', 'echo-say', 'sql'])(
    'named %s is rejected because the agent has a tool of that name',
    async (name) => {
      expect(await refusal([{ ...lookup, name }])).toEqual({
        code: 'BAD_USER_INPUT',
        message: `clientTools: tool "${name}" has the name of another tool`,
      });
    },
  );

  it('is rejected when it exceeds the count, is a duplicate, or exceeds the total size', async () => {
    expect(await refusal(many(51))).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(
      await refusal(
        many(50, 'x'.repeat(1_024)).map((tool) => ({
          ...tool,
          parameters: {
            ...lookup.parameters,
            $comment: 'x'.repeat(400),
          },
        })),
      ),
    ).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal([lookup, { ...lookup, name: 'Lookup' }])).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('is accepted as far as the profile allows', async () => {
    expect(await refusal([lookup], 'none')).toEqual({
      code: 'POLICY_BLOCKED',
      message: expect.stringContaining('lookup') as string,
    });
    expect(await refusal([lookup, { ...lookup, name: 'another' }], 'one')).toEqual({
      code: 'POLICY_BLOCKED',
      message: expect.stringContaining('another') as string,
    });
    await createTestSession(gateway, client, { profile: 'one', clientTools: [lookup] });
  });

  it('may be one of fifty and use either dialect of JSON Schema', async () => {
    await createTestSession(gateway, client, { clientTools: many(50) });
    for (const $schema of [
      'http://json-schema.org/draft-07/schema#',
      'https://json-schema.org/draft/2020-12/schema',
    ]) {
      const parameters = { ...lookup.parameters, $schema };
      await createTestSession(gateway, client, { clientTools: [{ ...lookup, parameters }] });
    }
  });
});

it('an existing session keeps its tools when it is created again with others', async () => {
  const sessionId = await createTestSession(gateway, client, { clientTools: [lookup] });
  const input = {
    sessionId,
    ifExists: 'RESUME',
    clientTools: [{ ...lookup, name: 'another' }],
  } as const;
  await client.run(createSession, { input });
  const record = await gateway.store.find(sessionId);
  expect(record?.clientTools).toEqual([lookup]);
  const malformed = { input: { ...input, clientTools: [{}] } };
  expect(await catchErrorCode(client.run(uncheckVariables(createSession), malformed))).toBe(
    'BAD_USER_INPUT',
  );
});
