import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';
import { TcpProxy } from '../../support/services/tcp-proxy.ts';

const LIMIT_MS = 500;
const env = { LIMIT_STALLED_CLIENT: `${LIMIT_MS}ms`, LIMIT_LOG_BYTES: `${64 * 1024 * 1024}` };
/** More than the buffers between two processes take. */
const PIECES = 160;
const PIECE = `${'x'.repeat(65_536)}\n`;

async function answerAtLength(gateway: TestGateway, sessionId: string): Promise<string> {
  const held = gateway.model.hold();
  await send(gateway.connect('HTTP'), sessionId, held.prompt);
  const call = await held.nextCall();
  await call.writeSlowly(
    Array.from({ length: PIECES }, () => PIECE),
    1,
  );
  call.finish();
  return PIECE.repeat(PIECES);
}

function subscriptionsOf(gateway: TestGateway): number {
  return gateway.services.gateway.activeSubscriptions;
}

describe.each(streamingTransports)('a client that stops reading, over %s', (transport) => {
  it('is disconnected, and its last cursor resumes without loss; an idle client stays connected', async () => {
    await using gateway = await startTestGateway({ env });
    await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
    const client = gateway.connect(transport);
    const idleId = await createTestSession(gateway, client);
    await using idle = await client.subscribe(messageDelta, { sessionId: idleId });
    const sessionId = await createTestSession(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    await using deltas = subscribeResuming(transport, {
      url: line.toProxyUrl(gateway.url),
      operation: messageDelta,
      variables: { sessionId, after },
      retryWaitMs: 20,
    });
    await waitUntil(() => subscriptionsOf(gateway) === 2, { what: () => 'the subscription' });

    line.stall();
    const whole = await answerAtLength(gateway, sessionId);
    // The other one has been silent for longer.
    await waitUntil(() => subscriptionsOf(gateway) === 1, {
      what: () => 'the gateway to give up on the client',
    });
    expect(idle.hasEnded).toBe(false);
    await send(client, idleId, prompts.short);
    await mergeUntil(idle, holdsComplete(answers.short));
    line.resume();
    const texts = await mergeUntil(deltas, (_texts, { state }) => state === 'COMPLETE');
    expect(texts.getOnly() === whole).toBe(true);
    expect(line.accepted).toBeGreaterThan(1);
  });

  it('stays connected when it continues reading in time', async () => {
    await using gateway = await startTestGateway({ env });
    await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    await using deltas = subscribeResuming(transport, {
      url: line.toProxyUrl(gateway.url),
      operation: messageDelta,
      variables: { sessionId, after },
    });
    await waitUntil(() => subscriptionsOf(gateway) === 1, { what: () => 'the subscription' });
    line.stall();
    await send(client, sessionId, prompts.story);
    await ask(client, sessionId, prompts.short);
    line.resume();
    await mergeUntil(deltas, holdsComplete(answers.story, answers.short));
    expect(line.accepted).toBe(1);
  });
});
