import { describe, expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { expectRateLimited } from '../../support/assertions/rate-limited.ts';
import { waitUntil } from '../../support/assertions/until.ts';
import {
  type Client,
  type Result,
  streamingTransports,
  transports,
} from '../../support/clients/transports.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { type GatewayForPeople, startGatewayForPeople } from '../../support/operations/people.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
} from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { sendMessage } from '../../support/operations/turns.ts';

/** How many of as many at once are refused, and with what. */
async function flood(client: Client, count: number): Promise<Result<unknown>[]> {
  const results = await Promise.all(
    Array.from({ length: count }, () => client.execute(readStatus)),
  );
  return results.filter(({ errors }) => errors);
}

describe.each(transports)('the operation rate, over %s', (transport) => {
  it('operations above the limit are rejected temporarily and for their viewer only', async () => {
    await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE: '20' });
    const alice = people.client('alice', transport);
    const bob = people.client('bob', transport);
    const [refused, bobs] = await Promise.all([flood(alice, 24), flood(bob, 10)]);
    expect(bobs).toEqual([]);
    expect(refused).toHaveLength(4);
    for (const result of refused) {
      expectRateLimited(result, 1_000);
      expect(result.data ?? null).toBeNull();
    }
    await waitUntil(async () => !(await alice.execute(readStatus)).errors, {
      what: () => 'the next second',
    });
  });

  it('operations from one IP address are counted together', async () => {
    await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE_PER_IP: '20' });
    const clients = (['alice', 'bob'] as const).map((person) => people.client(person, transport));
    const refused = await Promise.all(clients.map((client) => flood(client, 11)));
    expect(refused.flat()).toHaveLength(2);
    for (const result of refused.flat()) expectRateLimited(result, 1_000);
  });
});

describe('the operation rate over HTTP', () => {
  const body = JSON.stringify({ query: readStatus });

  async function post(people: GatewayForPeople, headers: Record<string, string>) {
    return fetch(people.gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...people.credentials('alice'), ...headers },
      body,
    });
  }

  it.each(['application/json', 'text/event-stream'])(
    'a rejection has status 429 and retry-after: %s',
    async (accept) => {
      await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE: '1' });
      const answers = await Promise.all([post(people, { accept }), post(people, { accept })]);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.headers.get('retry-after')).toBe('1');
      expect(await refused?.json()).toMatchObject({
        errors: [{ extensions: { code: 'RATE_LIMITED' } }],
      });
    },
  );

  it('operations without credentials are counted for their IP address before authentication', async () => {
    await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE_PER_IP: '5' });
    const authorization = 'Bearer nobody';
    const all = await Promise.all(Array.from({ length: 7 }, () => post(people, { authorization })));
    expect(all.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('behind a trusted proxy the IP address is the one that the proxy reports, and earlier entries are ignored', async () => {
    await using people = await startGatewayForPeople({
      LIMIT_OPERATION_RATE_PER_IP: '1',
      TRUST_PROXY: '1',
    });
    const from = (chain: string) => post(people, { 'x-forwarded-for': chain });
    const all = [from('1.1.1.1'), from('2.2.2.2'), from('9.9.9.9, 3.3.3.3'), from('3.3.3.3')];
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses.slice(2).sort()).toEqual([200, 429]);
  });
});

describe.each(streamingTransports)('subscriptions, over %s', (transport) => {
  it.each(['LIMIT_SUBSCRIPTIONS', 'LIMIT_SUBSCRIPTIONS_PER_IP'])(
    'one more than %s is rejected until another one ends',
    async (limit) => {
      await using people = await startGatewayForPeople({ [limit]: '2' });
      const alice = people.client('alice', transport);
      const other = people.client(limit.endsWith('IP') ? 'bob' : 'alice', transport);
      const sessionId = await createTestSession(people.gateway, alice);
      const othersId = await createTestSession(people.gateway, other);
      const first = await alice.subscribe(messageDelta, { sessionId });
      await using second = await other.subscribe(messageDelta, { sessionId: othersId });
      expectRateLimited(await alice.execute(messageDelta, { sessionId }), 1_000);
      expect(people.gateway.services.gateway.activeSubscriptions).toBe(2);
      // A failed one has no place.
      expect(await catchErrorCode(alice.run(messageDelta, { sessionId: 'none' }))).toBe(
        'RATE_LIMITED',
      );
      first.return();
      await waitUntil(() => people.gateway.services.gateway.activeSubscriptions === 1, {
        what: () => 'the first one to end',
      });
      expect(await catchErrorCode(alice.run(messageDelta, { sessionId: 'none' }))).toBe(
        'SESSION_NOT_FOUND',
      );
      await using third = await alice.subscribe(messageDelta, { sessionId });
      expect([second.hasEnded, third.hasEnded]).toEqual([false, false]);
    },
  );

  it('viewers do not share the limit', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SUBSCRIPTIONS: '1' });
    for (const person of ['alice', 'bob'] as const) {
      const client = people.client(person, transport);
      const sessionId = await createTestSession(people.gateway, client);
      const deltas = await client.subscribe(messageDelta, { sessionId });
      expect(deltas.hasEnded).toBe(false);
    }
  });
});

describe.each(transports)('turns, over %s', (transport) => {
  it.each(['LIMIT_TURNS', 'LIMIT_TURNS_PER_IP'])(
    'one more than %s is rejected before it is sent, until another one ends',
    async (limit) => {
      await using people = await startGatewayForPeople({ [limit]: '1' });
      const alice = people.client('alice', transport);
      const other = people.client(limit.endsWith('IP') ? 'bob' : 'alice', transport);
      const sessionId = await createTestSession(people.gateway, alice);
      const othersId = await createTestSession(people.gateway, other);
      const held = people.gateway.model.hold();
      await alice.run(sendMessage, { input: { sessionId, prompt: held.prompt } });
      const call = await held.nextCall();
      const input = { sessionId: othersId, prompt: prompts.short };
      const refused = await other.execute(sendMessage, { input });
      expectRateLimited(refused, 1_000);
      expect(refused.data).toEqual({ sendMessage: null });
      expect(await fetchSession(other, othersId)).toMatchObject({
        currentTurn: null,
        messages: { nodes: [] },
      });
      // It steers the turn that there is.
      const steering = { sessionId, prompt: 'Go on', delivery: 'IMMEDIATE' } as const;
      await alice.run(sendMessage, { input: steering });
      call.finish();
      await waitUntil(async () => !(await other.execute(sendMessage, { input })).errors, {
        what: () => 'the turn to end',
      });
    },
  );
});

describe.each(transports)('the prompt byte rate, over %s', (transport) => {
  it('a rejected prompt consumes nothing, and one above the limit is rejected permanently', async () => {
    const bytes = prompts.short.length;
    await using people = await startGatewayForPeople({ LIMIT_PROMPT_RATE: `${bytes * 2}` });
    const alice = people.client('alice', transport);
    const sessionId = await createTestSession(people.gateway, alice);
    const send = (prompt: string) =>
      alice.execute(sendMessage, { input: { sessionId, prompt, clientMessageId: prompt } });
    expect((await send(prompts.short)).errors).toBeUndefined();
    expectRateLimited(await send('x'.repeat(bytes + 1)), 60_000);
    expect((await send('y'.repeat(bytes))).errors).toBeUndefined();
    expectRateLimited(await send('z'), 60_000);
    expect((await send('x'.repeat(bytes * 2 + 1))).errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED', retryable: false } },
    ]);
    const bob = people.client('bob', transport);
    const bobs = await createTestSession(people.gateway, bob);
    const input = { sessionId: bobs, prompt: prompts.short };
    expect((await bob.execute(sendMessage, { input })).errors).toBeUndefined();
  });
});

describe.each(transports)('sessions, over %s', (transport) => {
  it('one more than LIMIT_SESSIONS is not created, and an existing session is still resumed', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SESSIONS: '2' });
    const alice = people.client('alice', transport);
    const first = await createTestSession(people.gateway, alice);
    await createTestSession(people.gateway, alice);
    const input = { sessionId: people.gateway.createSessionId() };
    const refused = await alice.execute(createSession, { input });
    expect(refused.errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED', retryable: false } },
    ]);
    const fork = `mutation { forkSession(input: { sessionId: "${first}" }) { session { id } } }`;
    expect((await alice.execute(fork)).errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED' } },
    ]);
    expect((await alice.execute('{ sessions { totalCount } }')).data).toEqual({
      sessions: { totalCount: 2 },
    });
    const resumed = await alice.run(createSession, {
      input: { sessionId: first, ifExists: 'RESUME' },
    });
    expect(resumed.createSession.created).toBe(false);
    await createTestSession(people.gateway, people.client('bob', transport));
    await alice.execute(
      `mutation { deleteSession(input: { sessionId: "${first}" }) { deletedSessionId } }`,
    );
    expect((await alice.execute(createSession, { input })).errors).toBeUndefined();
  });
});
