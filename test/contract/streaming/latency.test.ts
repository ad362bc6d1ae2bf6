import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

const slowDelta = graphql(`
  subscription SlowMessageDelta($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {
    messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {
      ...DeltaFields
    }
  }
`);
const slowEvents = graphql(`
  subscription SlowSessionEvents($sessionId: ID!, $maxLatencyMs: Int!) {
    sessionEvents(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) {
      cursor
    }
  }
`);

const PIECES = 200;
const PAUSE_MS = 5;

describe.each(streamingTransports)('a client with maxLatencyMs, over %s', (transport) => {
  it('receives the same text in far fewer patches', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    await using eager = await client.subscribe(messageDelta, { sessionId, after });
    await using patient = await client.subscribe(slowDelta, {
      sessionId,
      after,
      maxLatencyMs: 300,
    });
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const pieces = Array.from({ length: PIECES }, (_, index) => `piece ${index} 🌉, `);
    await call.writeSlowly(pieces, PAUSE_MS);
    call.finish();

    const whole = pieces.join('');
    await mergeUntil(eager, holdsComplete(whole));
    await mergeUntil(patient, holdsComplete(whole));
    expect(eager.collected.length).toBeGreaterThan(PIECES / 4);
    // At least the first patch and the last one; at most one for each 300 ms, and those two.
    const atMost = Math.ceil((PIECES * PAUSE_MS * 3) / 300) + 2;
    expect(patient.collected.length).toBeLessThanOrEqual(atMost);
    expect(patient.collected.length).toBeLessThan(eager.collected.length / 3);
  });

  it.each([
    ['messageDelta', String(slowDelta)],
    ['sessionEvents', String(slowEvents)],
  ])('of %s may wait 10 s at most, and not a negative time', async (_name, operation) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    for (const maxLatencyMs of [-1, 10_001]) {
      const refusal = await client.execute(operation, { sessionId, maxLatencyMs });
      expect(refusal.errors).toMatchObject([
        {
          message: expect.stringContaining('maxLatencyMs') as string,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
    await using longest = await client.subscribe(operation, { sessionId, maxLatencyMs: 10_000 });
    expect(longest.hasEnded).toBe(false);
  });
});
