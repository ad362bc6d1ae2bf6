import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

import { expect, it } from 'vitest';

import { waitUntil } from '../support/assertions/until.ts';
import { isRunning, startGatewayProcess } from '../support/gateway/gateway-process.ts';

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

it('the gateway starts without an account, logs one line about it, and turns fail with GITHUB_AUTH_REQUIRED', async () => {
  await using gateway = await startGatewayProcess();
  const url = await gateway.url;
  await waitUntil(() => gateway.output().includes('no model yet'), {
    what: () => gateway.output(),
  });
  const lines = gateway
    .output()
    .split('\n')
    .filter((line) => line.includes('COPILOT_GITHUB_TOKEN'));
  expect(lines).toHaveLength(1);
  await ask(url, 'mutation { createSession(input: { sessionId: "a" }) { created } }');
  expect(
    await ask(
      url,
      'mutation { sendMessage(input: { sessionId: "a", prompt: "hi" }) { finishedTurn { state error { code } } } }',
    ),
  ).toEqual({
    data: {
      sendMessage: { finishedTurn: { state: 'FAILED', error: { code: 'GITHUB_AUTH_REQUIRED' } } },
    },
  });
});

it('a port in use stops the start with one line that names PORT', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  await using gateway = await startGatewayProcess({ PORT: port, LOG_LEVEL: 'error' });
  expect(await gateway.exit).toBe(1);
  expect(gateway.output()).toMatch(/^PORT: .*\n$/);
  other.close();
});

it('a malformed setting stops the start with one line that names it', async () => {
  await using gateway = await startGatewayProcess({ PORT: 'many' });
  expect(await gateway.exit).toBe(1);
  expect(gateway.output()).toMatch(/^PORT: .*\n$/);
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops the gateway and its runtime; the gateway exits with code 0',
  async (signal) => {
    await using gateway = await startGatewayProcess();
    await gateway.url;
    const [runtime] = await waitUntil(() => gateway.runtimes(), { what: () => 'a runtime' });
    gateway.process.kill(signal);
    expect(await gateway.exit).toBe(0);
    await waitUntil(() => !isRunning(runtime!), { what: () => 'the runtime to end' });
  },
);

/** Sends SIGTERM to the gateway while it writes the line that others wait for. */
const signalOnListening = `const write = process.stdout.write;
process.stdout.write = function (text, ...rest) {
  if (String(text).includes('listening on')) process.kill(process.pid, 'SIGTERM');
  return write.call(this, text, ...rest);
};`;

it('a signal that arrives with the line of the listening address shuts the gateway down in order', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(signalOnListening)}`;
  await using gateway = await startGatewayProcess({ NODE_OPTIONS: `--import=${preload}` });
  expect(await gateway.exit).toBe(0);
  expect(gateway.output()).toContain('shutting down');
});

it('the gateway exits within 10 s while its runtime hangs', async () => {
  await using gateway = await startGatewayProcess();
  await gateway.url;
  const [runtime] = await gateway.runtimes();
  process.kill(runtime!, 'SIGSTOP');
  const signalledAt = performance.now();
  gateway.process.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(performance.now() - signalledAt).toBeLessThan(10_000);
  await waitUntil(() => !isRunning(runtime!), { what: () => 'the runtime to end' });
});

it('a killed gateway leaves no runtime behind', async () => {
  await using gateway = await startGatewayProcess();
  await gateway.url;
  const [runtime] = await gateway.runtimes();
  gateway.process.kill('SIGKILL');
  await gateway.exit;
  await waitUntil(() => !isRunning(runtime!), { what: () => 'the runtime to end' });
});

it('the gateway replaces a runtime that was killed or hangs, and is ready again', async () => {
  await using gateway = await startGatewayProcess({
    RUNTIME_PING_INTERVAL: '100ms',
    RUNTIME_PING_TIMEOUT: '500ms',
  });
  const url = await gateway.url;
  const ready = async (): Promise<boolean> => (await fetch(new URL('/ready', url))).status === 200;
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    const [before] = await gateway.runtimes();
    process.kill(before!, signal);
    await waitUntil(
      async () => {
        const [now] = await gateway.runtimes();
        return now !== undefined && now !== before && (await ready());
      },
      { what: () => `another runtime after ${signal}: ${gateway.output()}` },
    );
    expect(isRunning(before!)).toBe(false);
  }
  expect((await fetch(new URL('/health', url))).status).toBe(200);
});

it('the gateway serves and shuts down while its log is not read', async () => {
  await using gateway = await startGatewayProcess({ LIMIT_OPERATION_RATE: '1000' });
  const url = await gateway.url;
  gateway.process.stdout?.pause();
  const missing = 'disconnectSession(input: { sessionId: "missing" }) { session { id } }';
  const audited = Array.from({ length: 10 }, (_line, index) => `m${index}: ${missing}`);
  // More bytes than the pipe and the buffer of its reader can hold.
  for (let request = 0; request < 250; request++) {
    const response = await ask(url, `mutation { ${audited.join(' ')} }`);
    if (request === 0) expect(response).toHaveProperty('errors');
  }
  gateway.process.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
});

it('the gateway serves and shuts down after the reader of its log has closed', async () => {
  await using gateway = await startGatewayProcess();
  const url = await gateway.url;
  gateway.process.stdout?.destroy();
  const missing = 'disconnectSession(input: { sessionId: "missing" }) { session { id } }';
  for (let line = 0; line < 3; line++) await ask(url, `mutation { ${missing} }`);
  expect((await fetch(new URL('/health', url))).status).toBe(200);
  gateway.process.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
});
