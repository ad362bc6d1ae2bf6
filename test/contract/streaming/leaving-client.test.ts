import { describe, expect, it, vi } from 'vitest';

import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta, sessionEvents, sessionInfo } from '../../support/operations/events.ts';
import { createTestSession, sessionsChanged } from '../../support/operations/sessions.ts';
import { readStatus, statusChanged } from '../../support/operations/status.ts';
import { send } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('a client that disconnects over %s', (transport) => {
  it('releases its subscriptions while no event occurs', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const log = gateway.findOpenSession(sessionId)!.log;
    const open = [
      await client.subscribe(messageDelta, { sessionId }),
      await client.subscribe(sessionInfo, { sessionId }),
      await client.subscribe(sessionEvents, { sessionId }),
      await client.subscribe(sessionsChanged),
      await client.subscribe(statusChanged),
    ];
    expect(gateway.services.gateway.activeSubscriptions).toBe(open.length);
    expect(log.readerCount).toBe(3);

    for (const subscription of open) subscription.return();
    await vi.waitUntil(() => gateway.services.gateway.activeSubscriptions === 0);
    expect(log.readerCount).toBe(0);
    expect((await client.run(readStatus)).status.gateway.activeSubscriptions).toBe(0);
  });

  it('releases its subscriptions during an answer, which continues for other clients', async () => {
    await using gateway = await startTestGateway();
    const [leaving, staying] = [gateway.connect(transport), gateway.connect(transport)];
    const sessionId = await createTestSession(gateway, staying);
    const log = gateway.findOpenSession(sessionId)!.log;
    await using gone = await leaving.subscribe(messageDelta, { sessionId });
    await using stays = await staying.subscribe(messageDelta, { sessionId });
    const held = gateway.model.hold();
    await send(staying, sessionId, held.prompt);
    const call = await held.nextCall();
    call.write('One ');
    await Promise.all([gone.next(), stays.next()]);

    gone.return();
    await leaving[Symbol.asyncDispose]();
    await vi.waitUntil(() => log.readerCount === 1);
    call.write('two.');
    expect((await stays.next()).messageDelta).toMatchObject({ offset: 4, text: 'two.' });
    expect(gateway.services.gateway.activeSubscriptions).toBe(1);
  });
});
