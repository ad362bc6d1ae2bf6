import { expect, it } from 'vitest';

import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { send } from '../../support/operations/turns.ts';

const SOCKETS = 20;
const PER_TICK = 20;
const TICK_MS = 100;
const PIECES = Array.from({ length: 200 }, (_, index) => `${index} `);

it.each(streamingTransports)(
  'a viewer who floods with valid operations is rejected, and the stream of another viewer over %s is complete',
  async (transport) => {
    // Both come from one address: this is about who they are.
    await using people = await startGatewayForPeople({ LIMIT_OPERATION_RATE_PER_IP: '2000' });
    const { gateway } = people;
    const sockets = await Promise.all(
      Array.from({ length: SOCKETS }, async () => {
        const socket = await RawSocket.open(gateway.url);
        socket.send({ type: 'connection_init', payload: people.credentials('alice') });
        await socket.frames.next();
        return socket;
      }),
    );
    const bob = people.client('bob', transport);
    const sessionId = await createTestSession(gateway, bob);
    const held = gateway.model.hold();
    await using deltas = await bob.subscribe(messageDelta, { sessionId });
    await send(bob, sessionId, held.prompt);
    const call = await held.nextCall();

    let sent = 0;
    const flood = setInterval(() => {
      for (let index = 0; index < PER_TICK; index++) {
        sockets[sent % SOCKETS]?.subscribe(String(sent), `{ a${sent}: status { healthy } }`);
        sent++;
      }
    }, TICK_MS);
    await call.writeSlowly(PIECES, 10);
    call.finish();
    await mergeUntil(deltas, holdsComplete(PIECES.join('')));
    clearInterval(flood);

    const frames = sockets.flatMap((socket) => socket.frames.collected);
    const refused = frames.filter(({ type }) => type === 'error');
    expect(refused.length).toBeGreaterThan(0);
    for (const { payload } of refused) {
      expect(payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    }
    expect((await bob.run(readStatus)).status.healthy).toBe(true);
    await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
  },
);
