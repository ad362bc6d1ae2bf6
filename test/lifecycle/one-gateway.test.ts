import { expect, it } from 'vitest';

import { startGatewayProcess } from '../support/gateway/gateway-process.ts';

it('a second gateway on the same DATA_DIR stops with one line that names it, and the first keeps serving', async () => {
  await using first = await startGatewayProcess();
  const url = await first.url;
  await using second = await startGatewayProcess({ DATA_DIR: first.dataDir, LOG_LEVEL: 'error' });
  expect(await second.exit).toBe(1);
  expect(second.output()).toMatch(/^DATA_DIR: another gateway .*\n$/);
  expect((await fetch(new URL('/ready', url))).status).toBe(200);
}, 60_000);

it('DATA_DIR can be used again as soon as its gateway was killed', async () => {
  await using first = await startGatewayProcess();
  await first.url;
  first.process.kill('SIGKILL');
  await first.exit;
  await using second = await startGatewayProcess({ DATA_DIR: first.dataDir });
  expect((await fetch(new URL('/health', await second.url))).status).toBe(200);
}, 60_000);
