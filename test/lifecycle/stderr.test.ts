import { once } from 'node:events';

import { expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { RawSocket } from '../support/clients/raw-socket.ts';
import { startGatewayProcess } from '../support/gateway/gateway-process.ts';

const TOO_BIG = 1009;
const INVALID = 1007;

it('protocol violations on a WebSocket print nothing but log lines', async () => {
  await using gateway = await startGatewayProcess();
  const url = await gateway.url;
  await using tooBig = await RawSocket.open(url);
  tooBig.send({ type: 'x'.repeat(2 ** 20) });
  expect(await tooBig.closed).toBe(TOO_BIG);
  const invalid = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  await once(invalid, 'open');
  invalid.send(Buffer.from([0xff]), { binary: false });
  const [code] = (await once(invalid, 'close')) as [number];
  expect(code).toBe(INVALID);
  gateway.process.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);

  const lines = gateway.output().trim().split('\n');
  for (const line of lines) expect(line).toMatch(/^\{.*\}$/);
});
