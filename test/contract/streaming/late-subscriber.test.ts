import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { collectText, messageDelta } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('a client that subscribes late over %s', (transport) => {
  it('receives the text so far immediately, then the rest', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { cursor } = await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    call.write('What was said ');
    call.write('before, ');
    await using early = await client.subscribe(messageDelta, { sessionId, after: cursor });
    await early.next(({ messageDelta: { offset, text } }) => offset + text.length === 22);

    await using late = await client.subscribe(messageDelta, { sessionId });
    const { messageDelta: first } = await late.next();
    expect(first).toMatchObject({
      offset: 0,
      text: 'What was said before, ',
      state: 'STREAMING',
    });

    call.write('and after.');
    const { messageDelta: second } = await late.next();
    expect(second).toMatchObject({ offset: 22, text: 'and after.' });
    call.finish();
    const rest = await collectText(late);
    expect(new MergedTexts([first, second, ...rest]).getOnly()).toBe(
      'What was said before, and after.',
    );
  });

  it('receives nothing of a finished message', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const first = gateway.model.hold();
    const { cursor } = await send(client, sessionId, first.prompt);
    const firstCall = await first.nextCall();
    firstCall.write('The first.');
    firstCall.finish();
    await using early = await client.subscribe(messageDelta, { sessionId, after: cursor });
    await collectText(early);

    await using late = await client.subscribe(messageDelta, { sessionId });
    const second = gateway.model.hold();
    await send(client, sessionId, second.prompt);
    const secondCall = await second.nextCall();
    secondCall.write('The second.');
    secondCall.finish();
    expect(new MergedTexts(await collectText(late)).getOnly()).toBe('The second.');
  });
});
