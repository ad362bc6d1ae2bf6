import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { graphql } from '../../generated/operations/gql.ts';
import { Collector } from '../../support/clients/collector.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import { statusChanged } from '../../support/operations/status.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';
import { Issuer } from '../../support/services/issuer.ts';

const FORBIDDEN = 4403;
const whoAmI = graphql(`
  query WhoAmI {
    viewer {
      id
      name
      roles
    }
  }
`);

type Headers = Readonly<Record<string, string>>;

async function answerOf(url: string, headers: Headers, accept: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query: whoAmI }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

async function closeCode(url: string, payload: object, headers: Headers = {}): Promise<number> {
  await using socket = await RawSocket.open(url, { ...headers });
  socket.send({ type: 'connection_init', payload });
  return await socket.closed;
}

async function expectRefused(url: string, headers: Headers): Promise<void> {
  for (const accept of ['application/json', 'text/event-stream']) {
    const { status, body } = await answerOf(url, headers, accept);
    expect(status).toBe(401);
    expect(body).toMatchObject({
      errors: [
        {
          extensions: {
            code: 'UNAUTHENTICATED',
            retryable: false,
            requestId: expect.any(String) as string,
          },
        },
      ],
    });
  }
  expect(await closeCode(url, headers)).toBe(FORBIDDEN);
}

describe('AUTH=tokens', () => {
  it.each(transports)('identifies the viewer by the token over %s', async (transport) => {
    await using people = await startGatewayForPeople();
    const ask = async (person: 'alice' | 'olga') =>
      (await people.client(person, transport).run(whoAmI)).viewer;
    expect(await ask('alice')).toEqual({ id: 'viewer:alice', name: null, roles: ['user'] });
    expect(await ask('olga')).toMatchObject({ id: 'viewer:olga', roles: ['operator'] });
  });

  it('rejects every other caller on each transport, including tokens in cookies or query parameters', async () => {
    await using people = await startGatewayForPeople();
    const { url } = people.gateway;
    const { authorization } = people.credentials('alice');
    const token = authorization.replace('Bearer ', '');
    const others: Headers[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: `${authorization}x` },
      { authorization: `Bearer ${'x'.repeat(20_000)}` },
      { cookie: `authorization=${authorization}; token=${token}` },
    ];
    for (const headers of others.slice(0, -2)) await expectRefused(url, headers);
    await expectRefused(url, others.at(-1) ?? {});
    expect((await answerOf(`${url}?token=${token}`, {}, 'application/json')).status).toBe(401);
    // Headers of the upgrade are not asked: a browser sends those along for any page.
    expect(await closeCode(url, {}, { authorization, cookie: `token=${token}` })).toBe(FORBIDDEN);
  });

  it('reveals nothing without credentials, not even suggestions for field names', async () => {
    await using people = await startGatewayForPeople();
    for (const query of ['{ viewr { id } }', '{ __schema { types { name } } }', '{ {']) {
      const response = await fetch(`${people.gateway.url}?query=${encodeURIComponent(query)}`);
      const text = await response.text();
      expect([response.status, text]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')]);
      expect(text).not.toContain('viewer');
    }
    expect((await fetch(new URL('/health', people.gateway.url))).status).toBe(200);
  });
});

describe('AUTH=jwt', () => {
  it('accepts only tokens of its issuer, for its audience, with an allowed algorithm', async () => {
    await using issuer = await Issuer.start();
    await using stranger = await Issuer.start();
    await using gateway = await startTestGateway({ env: { ...issuer.env, OPERATORS: 'olga' } });
    const now = Math.floor(Date.now() / 1000);
    const viewer = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await gateway.connect('HTTP', headers).run(whoAmI)).viewer;
    };
    expect(await viewer(await issuer.createToken({ name: 'Alice' }))).toEqual({
      id: 'viewer:alice',
      name: 'Alice',
      roles: ['user'],
    });
    expect(await viewer(await issuer.createToken({ sub: 'olga' }))).toMatchObject({
      roles: ['user', 'operator'],
    });
    // Within the leeway.
    expect(await viewer(await issuer.createToken({ exp: now - 5 }))).toMatchObject({
      id: 'viewer:alice',
    });

    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"alice"}')}.`.replaceAll('=', '');
    const bad = [
      await stranger.createToken({ iss: issuer.url }),
      await issuer.createToken({ aud: 'another' }),
      await issuer.createToken({ iss: stranger.url }),
      await issuer.createToken({ exp: now - 60 }),
      await issuer.createToken({ exp: undefined }),
      await issuer.createToken({ sub: undefined }),
      await issuer.createToken({ nbf: now + 600 }),
      await issuer.forgeToken(),
      unsigned,
      'nonsense',
    ];
    for (const token of bad) await expectRefused(gateway.url, { authorization: `Bearer ${token}` });
  });

  it('follows a key rotation and fetches keys only when a key is unknown', async () => {
    await using issuer = await Issuer.start();
    await using gateway = await startTestGateway({ env: { ...issuer.env, JWKS_COOLDOWN: '1ms' } });
    const isAccepted = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await answerOf(gateway.url, headers, 'application/json')).status === 200;
    };
    const old = await issuer.createToken();
    expect(await isAccepted(old)).toBe(true);
    expect(await isAccepted(old)).toBe(true);
    expect(issuer.keyReads).toBe(1);
    await issuer.rotate();
    expect(await isAccepted(await issuer.createToken())).toBe(true);
    expect(await isAccepted(old)).toBe(false);
  });

  it('accepts only the allowed viewers when a list is set', async () => {
    await using issuer = await Issuer.start();
    const env = { ...issuer.env, ALLOWED_VIEWERS: 'bob' };
    await using gateway = await startTestGateway({ env });
    const authorization = async (sub: string) => ({
      authorization: `Bearer ${await issuer.createToken({ sub })}`,
    });
    await expectRefused(gateway.url, await authorization('alice'));
    const bob = gateway.connect('WebSocket', await authorization('bob'));
    expect((await bob.run(whoAmI)).viewer.id).toBe('viewer:bob');
  });
});

describe('AUTH=github', () => {
  it('asks GitHub for the identity and caches it for a limited time', async () => {
    await using gitHub = await FakeCopilot.start();
    gitHub.accounts.set('gho_alice', { id: 1, login: 'alice' });
    gitHub.accounts.set('gho_bob', { id: 2, login: 'bob' });
    await using gateway = await startTestGateway({
      env: { ...gitHub.authEnv, ALLOWED_VIEWERS: '1, 3', OPERATORS: '1' },
    });
    const alice = { authorization: 'Bearer gho_alice' };
    for (const transport of transports) {
      expect(await gateway.connect(transport, alice).run(whoAmI)).toEqual({
        viewer: { id: 'viewer:1', name: 'alice', roles: ['user', 'operator'] },
      });
    }
    expect(gitHub.usedTokens).toEqual(['gho_alice']);
    await expectRefused(gateway.url, { authorization: 'Bearer gho_bob' });
    await expectRefused(gateway.url, { authorization: 'Bearer gho_nobody' });
  });

  it('closes the socket of a revoked token at the next operation', async () => {
    await using gitHub = await FakeCopilot.start();
    gitHub.accounts.set('gho_alice', { id: 1, login: 'alice' });
    await using gateway = await startTestGateway({
      env: { ...gitHub.authEnv, ALLOWED_VIEWERS: '*', GITHUB_CACHE: '1ms' },
    });
    await using socket = await RawSocket.open(gateway.url);
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer gho_alice' } });
    await socket.frames.next();
    socket.subscribe('1', whoAmI);
    await socket.frames.next(({ type }) => type === 'complete');
    gitHub.accounts.clear();
    socket.subscribe('2', whoAmI);
    expect(await socket.closed).toBe(FORBIDDEN);
    expect(socket.frames.collected.filter(({ id }) => id === '2')).toEqual([]);
  });

  it('rejects callers while GitHub is unreachable and does not cache that', async () => {
    await using gitHub = await FakeCopilot.start();
    gitHub.accounts.set('gho_alice', { id: 1, login: 'alice' });
    await using gateway = await startTestGateway({
      env: { ...gitHub.authEnv, ALLOWED_VIEWERS: '*' },
    });
    const headers = { authorization: 'Bearer gho_alice' };
    gitHub.isBroken = true;
    await expectRefused(gateway.url, headers);
    gitHub.isBroken = false;
    expect((await gateway.connect('HTTP', headers).run(whoAmI)).viewer.id).toBe('viewer:1');
  });
});

describe('when credentials expire', () => {
  const lifetimeMs = 2_000;
  const shortLived = (issuer: Issuer): Promise<string> =>
    issuer.createToken({ exp: Math.floor((Date.now() + lifetimeMs) / 1000) });

  it('a socket is closed with 4403, and its subscriptions are not completed', async () => {
    await using issuer = await Issuer.start();
    await using gateway = await startTestGateway({ env: { ...issuer.env, JWT_LEEWAY: '1ms' } });
    await using socket = await RawSocket.open(gateway.url);
    const authorization = `Bearer ${await shortLived(issuer)}`;
    socket.send({ type: 'connection_init', payload: { authorization } });
    await socket.frames.next();
    socket.subscribe('1', statusChanged);
    expect(await socket.closed).toBe(FORBIDDEN);
    const types = socket.frames.collected.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['connection_ack', 'next']);
    expect(types).not.toContain('complete');
    expect(types).not.toContain('error');
  });

  it('the stock client continues with fresh credentials, including its subscription', async () => {
    await using issuer = await Issuer.start();
    await using gateway = await startTestGateway({ env: { ...issuer.env, JWT_LEEWAY: '1ms' } });
    const connections = new Collector<number>();
    const values = new Collector<unknown>();
    let count = 0;
    const client = createClient({
      url: gateway.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryWait: () => Promise.resolve(),
      connectionParams: async () => ({
        authorization: `Bearer ${await (count++ === 0 ? shortLived(issuer) : issuer.createToken())}`,
      }),
      on: { connected: () => connections.push(count) },
    });
    client.subscribe(
      { query: String(statusChanged) },
      {
        next: (value) => values.push(value),
        error: (error) => values.fail(error),
        complete: () => values.end(),
      },
    );
    await connections.next((connection) => connection === 2);
    await values.next();
    await values.next();
    expect(values.hasEnded).toBe(false);
    await client.dispose();
  });

  it('a stream over SSE ends with UNAUTHENTICATED', async () => {
    await using issuer = await Issuer.start();
    await using gateway = await startTestGateway({ env: { ...issuer.env, JWT_LEEWAY: '1ms' } });
    const authorization = `Bearer ${await shortLived(issuer)}`;
    const client = gateway.connect('SSE', { authorization });
    await using changes = await client.subscribe(statusChanged);
    await changes.next();
    expect(await changes.waitForFailure()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(gateway.services.gateway.activeSubscriptions).toBe(0);
  });
});
