import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { waitUntil } from '../../support/assertions/until.ts';
import { Collector } from '../../support/clients/collector.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  type GatewayForPeople,
  type Person,
  startGatewayForPeople,
} from '../../support/operations/people.ts';
import { readStatus } from '../../support/operations/status.ts';

const TRY_AGAIN_LATER = 1013;
const TOO_BIG = 1009;
const INIT_TIMEOUT = 4408;

async function open(people: GatewayForPeople, person: Person): Promise<RawSocket> {
  const socket = await RawSocket.open(people.gateway.url);
  socket.send({ type: 'connection_init', payload: people.credentials(person) });
  return socket;
}

async function isServed(socket: RawSocket): Promise<boolean> {
  const first = await Promise.race([socket.frames.next(), socket.closed]).catch(() => undefined);
  return typeof first === 'object' && first.type === 'connection_ack';
}

describe('sockets', () => {
  it('one more than LIMIT_SOCKETS is closed with 1013 until another one closes', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SOCKETS: '2' });
    const first = await open(people, 'alice');
    await using second = await open(people, 'alice');
    expect([await isServed(first), await isServed(second)]).toEqual([true, true]);
    await using third = await open(people, 'alice');
    expect(await third.closed).toBe(TRY_AGAIN_LATER);
    await using bobs = await open(people, 'bob');
    expect(await isServed(bobs)).toBe(true);
    await first[Symbol.asyncDispose]();
    await waitUntil(
      async () => {
        await using next = await open(people, 'alice');
        return await isServed(next);
      },
      { what: () => 'the place of the first one' },
    );
  });

  it('one more than LIMIT_SOCKETS_PER_IP is closed before authentication', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SOCKETS_PER_IP: '2' });
    await using first = await open(people, 'alice');
    await using second = await RawSocket.open(people.gateway.url);
    expect(await isServed(first)).toBe(true);
    await using third = await RawSocket.open(people.gateway.url);
    expect(await third.closed).toBe(TRY_AGAIN_LATER);
    await second[Symbol.asyncDispose]();
  });

  it('the stock client retries automatically and connects when another socket has closed', async () => {
    await using people = await startGatewayForPeople({ LIMIT_SOCKETS: '1' });
    const first = await open(people, 'alice');
    expect(await isServed(first)).toBe(true);
    const closes = new Collector<number>();
    const client = createClient({
      url: people.gateway.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: people.credentials('alice'),
      on: { closed: (event) => closes.push((event as { code: number }).code) },
    });
    const results = client.iterate({ query: String(readStatus) });
    const result = results.next();
    expect(await closes.next()).toBe(TRY_AGAIN_LATER);
    await first[Symbol.asyncDispose]();
    expect((await result).value).toMatchObject({ data: { status: { healthy: true } } });
    await client.dispose();
  });

  it('a socket without connection_init within LIMIT_SOCKET_INIT is closed', async () => {
    await using gateway = await startTestGateway({ env: { LIMIT_SOCKET_INIT: '50ms' } });
    await using socket = await RawSocket.open(gateway.url);
    expect(await socket.closed).toBe(INIT_TIMEOUT);
  });

  it('a message of one MiB is accepted, and a longer one closes the socket with 1009', async () => {
    await using gateway = await startTestGateway();
    await using socket = await RawSocket.open(gateway.url);
    socket.send({ type: 'connection_init' });
    await socket.frames.next();
    const frame = (size: number): object => {
      const message = { type: 'subscribe', id: '1', payload: { query: '#{ status { healthy } }' } };
      const rest = JSON.stringify(message).length;
      const query = message.payload.query.replace('#', `#${'x'.repeat(size - rest - 2)}\n`);
      return { ...message, payload: { query } };
    };
    socket.send(frame(1_048_576) as never);
    expect(await socket.frames.next()).toMatchObject({ type: 'next' });
    socket.send(frame(1_048_577) as never);
    expect(await socket.closed).toBe(TOO_BIG);
  });
});

it('a rejected operation gets an error message, and its socket stays open', async () => {
  await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE: '1' });
  await using socket = await open(people, 'alice');
  await socket.frames.next();
  for (const id of ['1', '2', '3']) socket.subscribe(id, readStatus);
  await socket.frames.next(({ type }) => type === 'complete');
  const errors = await waitUntil(
    () => {
      const refused = socket.frames.collected.filter(({ type }) => type === 'error');
      return refused.length === 2 && refused;
    },
    { what: () => JSON.stringify(socket.frames.collected) },
  );
  for (const { payload } of errors) {
    expect(payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryable: true } }]);
    expect(JSON.stringify(payload)).not.toContain('"http"');
  }
  await waitUntil(
    async () => {
      const id = crypto.randomUUID();
      socket.subscribe(id, readStatus);
      return (await socket.frames.next((frame) => frame.id === id)).type === 'next';
    },
    { what: () => 'the next second' },
  );
});

it('an operation that exceeds a limit gets an error message, whichever part exceeds it', async () => {
  await using gateway = await startTestGateway({
    env: { LIMIT_QUERY_TOKENS: '100', LIMIT_QUERY_COST: '50', LIMIT_SUBSCRIPTIONS: '1' },
  });
  await using socket = await RawSocket.open(gateway.url);
  socket.send({ type: 'connection_init' });
  await socket.frames.next();
  socket.subscribe('tokens', `{ status { ${'healthy '.repeat(100)} } }`);
  socket.subscribe('cost', '{ sessions(first: 51) { nodes { id } } }');
  socket.subscribe(
    'cost-of-change',
    'mutation { createSession(input: {}) { session { messages { nodes { id } } } } }',
  );
  for (const id of ['tokens', 'cost', 'cost-of-change']) {
    const frame = await waitUntil(
      () => socket.frames.collected.find((one) => one.id === id) ?? false,
      {
        what: () => id,
      },
    );
    expect(frame).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }],
    });
  }
  socket.subscribe('first', 'subscription { statusChanged { healthy } }');
  await socket.frames.next(({ id }) => id === 'first');
  socket.subscribe('second', 'subscription { statusChanged { healthy } }');
  expect(await socket.frames.next(({ id }) => id === 'second')).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'RATE_LIMITED', retryAfterMs: 1_000 } }],
  });
});
