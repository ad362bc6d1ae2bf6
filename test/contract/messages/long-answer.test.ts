import { describe, expect, it } from 'vitest';

import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

const env = { LIMIT_LOG_BYTES: '20000' };
const pieces = Array.from({ length: 20 }, (_, index) => `${index} ${'long '.repeat(1_000)}\n`);
const whole = pieces.join('');

describe.each(streamingTransports)(
  'an answer that is longer than the log, over %s',
  (transport) => {
    it('reaches a live client, a client that reconnects during the answer, and a late client', async () => {
      await using gateway = await startTestGateway({ env });
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using live = await client.subscribe(messageDelta, { sessionId, after });
      await using away = await client.subscribe(messageDelta, { sessionId, after });
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.write(pieces[0]!);
      await mergeUntil(away, holds(pieces[0]!));
      const left = away.collected.at(-1)!.messageDelta;
      away.return();
      await call.writeSlowly(pieces.slice(1), 1);
      call.finish();

      await mergeUntil(live, holdsComplete(whole));
      await using back = await client.subscribe(messageDelta, { sessionId, after: left.cursor });
      await mergeUntil(back, holdsComplete(whole));
      await using late = await client.subscribe(messageDelta, { sessionId, after });
      await mergeUntil(late, holdsComplete(whole));
      await using events = await client.subscribe(sessionEvents, { sessionId, after });
      const { sessionEvents: end } = await events.next(
        ({ sessionEvents: event }) => event.turn?.state === 'COMPLETED',
      );
      expect(end.turn?.reply?.content).toBe(whole);
    });
  },
);
