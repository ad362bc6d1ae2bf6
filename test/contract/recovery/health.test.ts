import { connect as connectSocket } from 'node:net';
import { text as readText } from 'node:stream/consumers';

import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { createSession } from '../../support/operations/sessions.ts';
import { countOpenSessions, readStatus, statusChanged } from '../../support/operations/status.ts';
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';

const quickPings = { RUNTIME_PING_INTERVAL: '100ms', RUNTIME_PING_TIMEOUT: '500ms' };

async function probe(
  url: string,
  path: string,
): Promise<{ readonly code: number; readonly body: unknown }> {
  const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(5_000) });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { code: response.status, body: await response.json() };
}

it('distinguishes a live process from one that can serve, also while the runtime hangs', async () => {
  await using runtime = await ExternalRuntime.start();
  await using gateway = await startTestGateway({ env: { ...runtime.env, ...quickPings } });
  const { url } = gateway;
  const client = gateway.connect('WebSocket');
  await using statuses = await client.subscribe(statusChanged);
  expect(await probe(url, '/health')).toEqual({ code: 200, body: { status: 'ok' } });
  expect(await probe(url, '/ready')).toEqual({ code: 200, body: { status: 'ready' } });

  runtime.signal('SIGSTOP');
  await statuses.next(({ statusChanged: { healthy } }) => !healthy);
  expect(await probe(url, '/health')).toEqual({ code: 200, body: { status: 'ok' } });
  expect(await probe(url, '/ready')).toEqual({
    code: 503,
    body: { status: 'runtime unavailable' },
  });
  const { status } = await client.run(readStatus);
  expect(status).toMatchObject({ healthy: false, gateway: { draining: false } });
  expect(status.runtimes[0]!.state).not.toBe('CONNECTED');
  expect(status.runtimes[0]!.lastError).toEqual(expect.any(String));

  runtime.signal('SIGCONT');
  await statuses.next(({ statusChanged: { healthy } }) => healthy);
  expect(await probe(url, '/ready')).toEqual({ code: 200, body: { status: 'ready' } });
});

it('is live but not ready when it starts without a runtime', async () => {
  await using gateway = await startTestGateway({ env: { CLI_URL: '127.0.0.1:1' } });
  expect((await probe(gateway.url, '/health')).code).toBe(200);
  expect((await probe(gateway.url, '/ready')).code).toBe(503);
});

const statusBody = JSON.stringify({ query: readStatus });

it.each([
  {
    asked: '/ready',
    request: 'GET /ready HTTP/1.1\r\nhost: localhost\r\n\r\n',
    answer: ['HTTP/1.1 503', '{"status":"draining"}'],
  },
  {
    asked: 'status',
    request: post(statusBody),
    answer: ['"draining":true', '"healthy":false'],
  },
])('reports on $asked that the gateway is shutting down', async ({ request, answer }) => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { url, client, current } = gateway;
  const [runtime] = await current.runtimes();
  process.kill(runtime!, 'SIGSTOP');
  // New connections are refused while it drains; one that has an answer to come is kept.
  const socket = connectSocket(Number(new URL(url).port), '127.0.0.1');
  const answers = readText(socket);
  const variables = { input: { sessionId: gateway.createSessionId() } };
  socket.write(post(JSON.stringify({ query: createSession, variables })));
  const isAsked = async (): Promise<boolean> => (await countOpenSessions(client)) === 1;
  await waitUntil(isAsked, { what: () => 'the session to be asked for' });
  current.process.kill('SIGTERM');
  await waitUntil(() => current.output().includes('shutting down'), { what: () => 'the end' });
  socket.write(request);
  process.kill(runtime!, 'SIGCONT');

  const said = await answers;
  for (const part of answer) expect(said).toContain(part);
  expect(await current.exit).toBe(0);
});

function post(body: string): string {
  return [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
