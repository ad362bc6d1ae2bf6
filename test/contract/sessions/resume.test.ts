import { describe, expect, it } from 'vitest';

import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession, listReplies } from '../../support/operations/sessions.ts';
import { send } from '../../support/operations/turns.ts';
import { TcpProxy } from '../../support/services/tcp-proxy.ts';

const RETRY_MS = 20;

describe.each(streamingTransports)(
  'a client that reconnects automatically over %s',
  (transport) => {
    it('resumes at its last cursor when the connection drops during an answer, with its first variables', async () => {
      await using gateway = await startTestGateway();
      await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
      const client = gateway.connect('HTTP');
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using deltas = subscribeResuming(transport, {
        url: line.toProxyUrl(gateway.url),
        operation: messageDelta,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      });
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.write('Read before. ');
      await mergeUntil(deltas, holds('Read before. '));

      line.cut();
      call.write('Missed. ');
      await deltas.ends.next();
      await mergeUntil(deltas, holds('Read before. Missed. '));
      line.cut();
      await deltas.ends.next();
      call.write('Live.');
      call.finish();
      await mergeUntil(deltas, holdsComplete('Read before. Missed. Live.'));
      expect(await listReplies(gateway.connect('HTTP'), sessionId)).toEqual([
        'Read before. Missed. Live.',
      ]);
      expect(line.accepted).toBe(3);
    });

    it('receives the next answer when the connection dropped between two answers', async () => {
      await using gateway = await startTestGateway();
      await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
      const client = gateway.connect('HTTP');
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using deltas = subscribeResuming(transport, {
        url: line.toProxyUrl(gateway.url),
        operation: messageDelta,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      });
      const [first, second] = [gateway.model.hold(), gateway.model.hold()];
      await send(client, sessionId, first.prompt);
      await send(client, sessionId, second.prompt);
      const one = await first.nextCall();
      one.write('The first');
      await mergeUntil(deltas, holds('The first'));

      line.stall();
      one.write(' answer.');
      one.finish();
      const two = await second.nextCall();
      two.write('The second');
      line.cut();
      line.resume();
      await mergeUntil(deltas, holds('The first answer.', 'The second'));
      two.write(' answer.');
      two.finish();
      const whole = ['The first answer.', 'The second answer.'];
      await mergeUntil(deltas, holdsComplete(...whole));
      expect(await listReplies(gateway.connect('HTTP'), sessionId)).toEqual(whole);
    });

    it('reconnects after a gateway restart, discards partial text, and holds everything else once', async () => {
      await using gateway = await startTestGateway();
      const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
      const { cursor: after } = await fetchSession(gateway.connect('HTTP'), sessionId);
      await using deltas = subscribeResuming(transport, {
        url: gateway.url,
        operation: messageDelta,
        variables: { sessionId, after },
        retryWaitMs: RETRY_MS,
      });
      await send(gateway.connect('HTTP'), sessionId, prompts.story);
      await mergeUntil(deltas, holdsComplete(answers.story));
      const held = gateway.model.hold();
      await send(gateway.connect('HTTP'), sessionId, held.prompt);
      (await held.nextCall()).write('Never fini');
      await mergeUntil(deltas, holds(answers.story, 'Never fini'));

      await gateway.restart();
      expect(await deltas.ends.next()).toBe(transport === 'SSE' ? 'SHUTTING_DOWN' : 1012);
      await mergeUntil(deltas, holds(answers.story));
      await send(gateway.connect('HTTP'), sessionId, prompts.short);
      await mergeUntil(deltas, holdsComplete(answers.story, answers.short));
      expect(await listReplies(gateway.connect('HTTP'), sessionId)).toEqual([
        answers.story,
        answers.short,
      ]);
    });
  },
);

it('survives a gateway restart with the stock retries of the WebSocket client', async () => {
  await using gateway = await startTestGateway();
  const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
  const { cursor: after } = await fetchSession(gateway.connect('HTTP'), sessionId);
  await using deltas = subscribeResuming('WebSocket', {
    url: gateway.url,
    operation: messageDelta,
    variables: { sessionId, after },
  });
  await send(gateway.connect('HTTP'), sessionId, prompts.story);
  await mergeUntil(deltas, holdsComplete(answers.story));
  await gateway.restart();

  await send(gateway.connect('HTTP'), sessionId, prompts.short);
  await mergeUntil(deltas, holdsComplete(answers.story, answers.short));
});
