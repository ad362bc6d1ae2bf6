import { afterAll, describe, expect, it } from 'vitest';

import {
  type ClientError,
  type Operation,
  uncheckVariables,
  type Variables,
} from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  readSession,
} from '../../support/operations/sessions.ts';
import { sendMessage } from '../../support/operations/turns.ts';

const PROMPT_BYTES = 262_144;
const uuid = /^[0-9a-f-]{36}$/;

interface Refusal {
  readonly what: string;
  readonly operation: Operation;
  readonly variables?: Variables;
  readonly code?: string;
  /** In the message. */
  readonly field?: string;
}

const gateway = await startTestGateway();
const clients = [
  gateway.connect('HTTP'),
  gateway.connect('SSE'),
  gateway.connect('WebSocket'),
] as const;
const known = await createTestSession(gateway, clients[0]);
const other = await createTestSession(gateway, clients[0]);
const foreignCursor = (await fetchSession(clients[0], other)).cursor;
afterAll(() => gateway[Symbol.asyncDispose]());

const listSessions = `query ($first: Int, $last: Int, $after: String, $before: String) {
  sessions(first: $first, last: $last, after: $after, before: $before) { totalCount }
}`;
const listMessages = `query ($id: ID!, $first: Int, $last: Int, $after: String) {
  session(id: $id) { messages(first: $first, last: $last, after: $after) { nodes { id } } }
}`;
const timeline = `subscription ($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
  sessionEvents(sessionId: $sessionId, after: $after, types: $types) { cursor }
}`;
const deltas = `subscription ($sessionId: ID!, $after: Cursor) {
  messageDelta(sessionId: $sessionId, after: $after) { cursor }
}`;
const wait = `mutation ($input: SendMessageInput!, $timeoutMs: Int!) {
  sendMessage(input: $input) { finishedTurn(timeoutMs: $timeoutMs) { id } }
}`;

const create = (what: string, input: Variables, field: string): Refusal => ({
  what: `createSession with ${what}`,
  operation: uncheckVariables(createSession),
  variables: { input },
  field,
});
const send = (what: string, input: Variables, field: string): Refusal => ({
  what: `sendMessage with ${what}`,
  operation: uncheckVariables(sendMessage),
  variables: { input },
  field,
});
const sessions = (what: string, variables: Variables, field: string): Refusal => ({
  what: `sessions with ${what}`,
  operation: listSessions,
  variables,
  field,
});

const malformedIds = ['', 'a b', '../x', 'é', 'x'.repeat(129)];
const refusals: Refusal[] = [
  send('an empty prompt', { sessionId: known, prompt: '' }, 'prompt'),
  send('a blank prompt', { sessionId: known, prompt: ' \n' }, 'prompt'),
  send(
    'a prompt above 256 kB',
    { sessionId: known, prompt: 'x'.repeat(PROMPT_BYTES + 1) },
    'prompt',
  ),
  send(
    'a prompt above 256 kB of UTF-8',
    { sessionId: known, prompt: 'é'.repeat(131_073) },
    'prompt',
  ),
  ...malformedIds.map((sessionId) =>
    create(`the id "${sessionId.slice(0, 9)}"`, { sessionId }, 'sessionId'),
  ),
  {
    ...create('an id that is taken', { sessionId: known }, 'sessionId'),
    code: 'SESSION_EXISTS',
  },
  create('an empty title', { title: ' ' }, 'title'),
  create('a title above 200 characters', { title: 'x'.repeat(201) }, 'title'),
  create('an empty model', { model: '' }, 'model'),
  create('an unknown profile', { profile: 'nope' }, 'profile'),
  create('instructions above 32 kB', { instructions: 'x'.repeat(32_769) }, 'instructions'),
  create('a label without a key', { labels: [{ key: '', value: 'x' }] }, 'labels.key'),
  create('a label twice', { labels: ['a', 'b'].map((value) => ({ key: 'k', value })) }, 'labels'),
  create('an unknown enum value', { ifExists: 'PERHAPS' }, 'ifExists'),
  create('an unknown input field', { nonsense: 1 }, 'nonsense'),
  sessions('both first and last', { first: 1, last: 1 }, 'last'),
  sessions('first 0', { first: 0 }, 'first'),
  sessions('first 101', { first: 101 }, 'first'),
  sessions('last -1', { last: -1 }, 'last'),
  sessions('a malformed after', { after: 'nonsense' }, 'after'),
  sessions('a malformed before', { before: 'bm9uc2Vuc2U' }, 'before'),
  {
    what: 'messages with first 101',
    operation: listMessages,
    variables: { id: known, first: 101 },
    field: 'first',
  },
  {
    what: 'messages with a malformed after',
    operation: listMessages,
    variables: { id: known, after: 'nonsense' },
    field: 'after',
  },
  {
    what: 'finishedTurn with timeoutMs 0',
    operation: wait,
    variables: { input: { sessionId: known, prompt: 'Say hello' }, timeoutMs: 0 },
    field: 'timeoutMs',
  },
  {
    what: 'an unknown profile of models',
    operation: '{ models(profile: "no") { name } }',
    field: 'profile',
  },
  { what: 'an unknown field', operation: '{ status { nope } }', field: 'nope' },
  { what: 'an unknown root field', operation: '{ nope }', field: 'nope' },
  { what: 'a syntax error', operation: '{ status { ', field: 'Syntax Error' },
  { what: 'a variable that is missing', operation: uncheckVariables(readSession), field: '$id' },
  {
    what: 'a variable of a wrong type',
    operation: uncheckVariables(readSession),
    variables: { id: [] },
    field: '$id',
  },
  {
    what: 'an unknown turn',
    operation: 'query ($id: ID!) { session(id: $id) { turn(id: "turn:x") { id } } }',
    variables: { id: known },
    code: 'TURN_NOT_FOUND',
    field: 'id',
  },
];

/** Over plain HTTP they are refused for another reason. */
const streamedRefusals: Refusal[] = [
  ...[timeline, deltas].flatMap((operation): Refusal[] => [
    {
      what: `${operation.slice(0, 60)} with a malformed cursor`,
      operation,
      variables: { sessionId: known, after: 'nonsense' },
      field: 'after',
    },
    {
      what: `${operation.slice(0, 60)} with a cursor of another session`,
      operation,
      variables: { sessionId: known, after: foreignCursor },
      field: 'after',
    },
  ]),
  {
    what: 'a cursor that is no text',
    operation: 'subscription ($id: ID!) { sessionEvents(sessionId: $id, after: true) { cursor } }',
    variables: { id: known },
    field: 'Cursor',
  },
  {
    what: 'sessionEvents with an unknown type',
    operation: timeline,
    variables: { sessionId: known, types: ['NOPE'] },
    field: 'types',
  },
];

const unknown = [
  'there-is-no-such-session',
  // What can be no session's name is nobody's.
  '',
  '../x',
  'é',
  'x'.repeat(129),
].map((sessionId) => ({ sessionId, name: sessionId.slice(0, 24) }));

const operationsOnSessions = [
  'query ($id: ID!) { session(id: $id) { id } }',
  'mutation ($id: ID!) { sendMessage(input: { sessionId: $id, prompt: "x" }) { cursor } }',
  'mutation ($id: ID!) { resumeSession(input: { sessionId: $id }) { session { id } } }',
  'mutation ($id: ID!) { disconnectSession(input: { sessionId: $id }) { session { id } } }',
  'mutation ($id: ID!) { deleteSession(input: { sessionId: $id }) { deletedSessionId } }',
];
const subscriptionsOfSessions = [
  'subscription ($id: ID!) { messageDelta(sessionId: $id) { cursor } }',
  'subscription ($id: ID!) { sessionInfo(sessionId: $id) { cursor } }',
  'subscription ($id: ID!) { sessionEvents(sessionId: $id) { cursor } }',
];

async function errorsOf(
  { operation, variables }: Pick<Refusal, 'operation' | 'variables'>,
  askedClients: readonly (typeof clients)[number][],
): Promise<ClientError[]> {
  const results = await Promise.all(
    askedClients.map((client) => client.execute(operation, variables)),
  );
  return results.map(({ errors }) => {
    expect(errors).toHaveLength(1);
    return errors![0]!;
  });
}

function expectRefused(errors: readonly ClientError[], { code = 'BAD_USER_INPUT', field = '' }) {
  for (const { message, extensions } of errors) {
    expect(message).toContain(field);
    expect(extensions).toEqual({
      code,
      retryable: false,
      requestId: expect.stringMatching(uuid) as string,
    });
  }
  expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
  expect(new Set(errors.map(({ extensions }) => extensions['requestId'])).size).toBe(errors.length);
}

describe('errors are the same on each transport', () => {
  it.each(refusals)('for $what', async (refusal) => {
    expectRefused(await errorsOf(refusal, clients), refusal);
  });

  it.each(streamedRefusals)('for $what', async (refusal) => {
    expectRefused(await errorsOf(refusal, clients.slice(1)), refusal);
  });

  it.each(unknown)('for the unknown session "$name"', async ({ sessionId: id }) => {
    const refusal = { code: 'SESSION_NOT_FOUND', field: 'session' };
    for (const operation of operationsOnSessions) {
      expectRefused(await errorsOf({ operation, variables: { id } }, clients), refusal);
    }
    for (const operation of subscriptionsOfSessions) {
      expectRefused(await errorsOf({ operation, variables: { id } }, clients.slice(1)), refusal);
    }
  });

  it.each([
    { operation: '{ status { twice } }', field: 'twice' },
    { operation: '{ twice { ', field: 'Syntax Error' },
  ])('for $operation, made twice, each time with a request id of its own', async (refusal) => {
    const all = [...(await errorsOf(refusal, clients)), ...(await errorsOf(refusal, clients))];
    expectRefused(all, refusal);
  });

  it.each(['application/json', 'text/event-stream'])(
    'for what is not JSON (%s)',
    async (accept) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: 'this is not JSON',
      });
      const { errors } = JSON.parse(/\{.*\}/.exec(await response.text())?.[0] ?? '') as {
        errors: ClientError[];
      };
      expectRefused(errors, { field: 'JSON' });
    },
  );
});

describe('a mistake over a WebSocket', () => {
  it('does not affect other operations on the same socket', async () => {
    const client = clients[2];
    await using open = await client.subscribe(timeline, { sessionId: known });
    const closesBefore = client.closes.collected.length;
    await errorsOf({ operation: '{ status { ' }, [client]);
    await errorsOf({ operation: '{ nope }' }, [client]);
    expect(open.hasEnded).toBe(false);
    expect(client.closes.collected).toHaveLength(closesBefore);
  });
});
