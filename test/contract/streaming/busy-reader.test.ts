import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { expect, it } from 'vitest';

import type { ClientError } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

/** More than the buffers between two processes take. */
const PIECES = 160;
const PIECE = `${'x'.repeat(65_536)}\n`;
const env = { LIMIT_LOG_BYTES: `${64 * 1024 * 1024}` };

it('an SSE client that is behind at shutdown receives all sent events and then SHUTTING_DOWN', async () => {
  await using gateway = await startTestGateway({ env });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const { cursor: after } = await fetchSession(client, sessionId);
  const asked = request(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  asked.end(JSON.stringify({ query: messageDelta, variables: { sessionId, after } }));
  // Not read, so that the gateway has more for it than it takes.
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const held = gateway.model.hold();
  const answered = ask(client, sessionId, held.prompt);
  const call = await held.nextCall();
  await call.writeSlowly(
    Array.from({ length: PIECES }, () => PIECE),
    1,
  );
  call.finish();
  expect(await answered).toMatchObject({ state: 'COMPLETED' });

  const stopped = gateway.stop();
  const [, last, end] = (await text(response)).split('\n\n').slice(-4);
  await stopped;
  expect(end).toContain('event: complete');
  const { errors } = JSON.parse(/^data: (.*)$/m.exec(last ?? '')?.[1] ?? '{}') as {
    errors?: ClientError[];
  };
  expect(errors).toMatchObject([{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }]);
});
