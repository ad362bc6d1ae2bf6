import { once } from 'node:events';
import { connect } from 'node:net';

import { expect, it } from 'vitest';

import { startTestGateway } from '../../support/gateway/gateway.ts';

async function refused(url: string, headers: string): Promise<ReturnType<typeof connect>> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toContain('403 Forbidden');
  return socket;
}

it('a page of another origin gets no socket, and a reset of its connection affects nothing else', async () => {
  await using gateway = await startTestGateway();
  const socket = await refused(gateway.url, 'Origin: http://elsewhere.example\r\n');
  socket.resetAndDestroy();
  await once(socket, 'close');
  expect((await fetch(new URL('/health', gateway.url))).status).toBe(200);
});

it('a client that keeps its rejected connection open does not delay the shutdown', async () => {
  const gateway = await startTestGateway();
  const socket = await refused(gateway.url, 'Origin: http://elsewhere.example\r\n');
  await gateway[Symbol.asyncDispose]();
  socket.destroy();
});
