import { expect, it } from 'vitest';

import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { subscribeWithGraphqlSse } from '../../support/clients/stock-sse-client.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { statusChanged } from '../../support/operations/status.ts';
import { ask, send } from '../../support/operations/turns.ts';
import { TcpProxy } from '../../support/services/tcp-proxy.ts';

it('the stock client resumes exactly when it sends its last cursor as Last-Event-ID', async () => {
  await using gateway = await startTestGateway();
  await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const { cursor: after } = await fetchSession(client, sessionId);
  await using deltas = subscribeWithGraphqlSse({
    url: line.toProxyUrl(gateway.url),
    operation: messageDelta,
    variables: { sessionId, after },
    retryWaitMs: 20,
  });
  await ask(client, sessionId, prompts.short);
  await mergeUntil(deltas, holdsComplete(answers.short));
  const held = gateway.model.hold();
  await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  call.write('Cut ');
  await mergeUntil(deltas, holds(answers.short, 'Cut '));

  line.cut();
  call.write('in the middle.');
  call.finish();
  await mergeUntil(deltas, holdsComplete(answers.short, 'Cut in the middle.'));
  expect(deltas.ends.collected).toEqual(['broken']);
  // The body still says `after` the beginning: the header, not the body, decided.
  const texts = deltas.collected.map(({ messageDelta: { text } }) => text);
  expect(texts.filter((text) => text === answers.short)).toHaveLength(1);
});

it('the stock client without Last-Event-ID receives the text from its start and merges it correctly', async () => {
  await using gateway = await startTestGateway();
  await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using deltas = subscribeWithGraphqlSse({
    url: line.toProxyUrl(gateway.url),
    operation: messageDelta,
    variables: { sessionId },
    retryWaitMs: 20,
    resumes: false,
  });
  const held = gateway.model.hold();
  await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  call.write('Cut ');
  await mergeUntil(deltas, holds('Cut '));

  line.cut();
  const again = await deltas.next();
  expect(again.messageDelta).toMatchObject({ offset: 0, text: 'Cut ' });
  call.write('in the middle.');
  call.finish();
  await mergeUntil(deltas, holdsComplete('Cut in the middle.'));
});

it('the stock client treats SHUTTING_DOWN as the last value and does not reconnect', async () => {
  await using gateway = await startTestGateway();
  await using statuses = subscribeWithGraphqlSse({
    url: gateway.url,
    operation: statusChanged,
    variables: {},
  });
  await statuses.next();
  await gateway.stop();
  expect(await statuses.waitForFailure()).toMatchObject({ code: 'SHUTTING_DOWN' });
  expect(statuses.ends.collected).toEqual([]);
});
