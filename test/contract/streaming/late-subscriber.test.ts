import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { messageDelta, wholeText } from '../../support/operations/events.ts';
import { newSession } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('a client that subscribes late over %s', (transport) => {
  it('receives the text so far immediately, then the rest', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await newSession(gateway, client);
    const held = gateway.model.hold();
    const { cursor } = await send(client, sessionId, held.prompt);
    const call = await held.call();
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
    const rest = await wholeText(late);
    expect(new MergedTexts([first, second, ...rest]).only()).toBe(
      'What was said before, and after.',
    );
  });

  it('receives nothing of a finished message', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await newSession(gateway, client);
    const first = gateway.model.hold();
    const { cursor } = await send(client, sessionId, first.prompt);
    const firstCall = await first.call();
    firstCall.write('The first.');
    firstCall.finish();
    await using early = await client.subscribe(messageDelta, { sessionId, after: cursor });
    await wholeText(early);

    await using late = await client.subscribe(messageDelta, { sessionId });
    const second = gateway.model.hold();
    await send(client, sessionId, second.prompt);
    const secondCall = await second.call();
    secondCall.write('The second.');
    secondCall.finish();
    expect(new MergedTexts(await wholeText(late)).only()).toBe('The second.');
  });
});
