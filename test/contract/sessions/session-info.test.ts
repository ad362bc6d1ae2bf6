import { describe, expect, it } from 'vitest';

import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { logNotice } from '../../support/gateway/log-notice.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { sessionInfo } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

const url = 'https://github.com/copilot/tasks/1';

/** A runtime of today gives no second type of notice without a cloud. */
async function rememberRemoteNotice(gateway: TestGateway, sessionId: string): Promise<void> {
  await gateway.store.saveNotice(sessionId, {
    infoType: 'remote',
    message: 'Remote control connected',
    tip: null,
    url,
    occurredAt: new Date(0),
  });
  await gateway.store.update(sessionId, { remoteUrl: url });
}

describe.each(streamingTransports)('sessionInfo over %s', (transport) => {
  it('emits a notice of the runtime immediately', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using notices = await client.subscribe(sessionInfo, { sessionId });
    await logNotice(gateway, sessionId, 'Look here');

    expect((await notices.next()).sessionInfo).toMatchObject({
      infoType: 'notification',
      message: 'Look here',
    });
  });

  it('repeats the latest notice of each type to a client that subscribes late', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await rememberRemoteNotice(gateway, sessionId);
    await using early = await client.subscribe(sessionInfo, { sessionId });
    await logNotice(gateway, sessionId, 'The first');
    await logNotice(gateway, sessionId, 'The second');
    await early.next(({ sessionInfo: { message } }) => message === 'The second');

    await using late = await client.subscribe(sessionInfo, { sessionId });
    expect((await late.next()).sessionInfo).toMatchObject({ infoType: 'remote', url });
    expect((await late.next()).sessionInfo.message).toBe('The second');
    await logNotice(gateway, sessionId, 'The third');
    expect((await late.next()).sessionInfo.message).toBe('The third');

    const infoTypes = ['remote'];
    await using chosen = await client.subscribe(sessionInfo, { sessionId, infoTypes });
    expect((await chosen.next()).sessionInfo.url).toBe(url);
    expect(chosen.collected).toHaveLength(1);
  });

  it('repeats the latest notice after a restart of the gateway', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    await send(before, sessionId, prompts.short);
    await rememberRemoteNotice(gateway, sessionId);
    await using early = await before.subscribe(sessionInfo, { sessionId });
    await logNotice(gateway, sessionId, 'Still to be seen');
    await early.next(({ sessionInfo: { infoType } }) => infoType === 'notification');
    early.return();
    await gateway.restart();

    const after = gateway.connect(transport);
    await using late = await after.subscribe(sessionInfo, { sessionId });
    expect((await late.next()).sessionInfo).toMatchObject({ infoType: 'remote', url });
    expect((await late.next()).sessionInfo).toMatchObject({
      infoType: 'notification',
      message: 'Still to be seen',
    });
  });
});
