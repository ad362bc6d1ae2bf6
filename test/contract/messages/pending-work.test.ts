import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  decide,
  fetchWaitingSession,
  requestEvents,
  sendToolPrompt,
  shell,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, resumeSession } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';

async function resume(client: Client, sessionId: string, continuePendingWork: boolean) {
  const { resumeSession: resumed } = await client.run(resumeSession, {
    input: { sessionId, continuePendingWork },
  });
  return resumed.session;
}

describe.each(transports)('pending requests when a session is resumed, over %s', (transport) => {
  it.each(['in this gateway', 'since before a restart of the gateway'])(
    'are cancelled with continuePendingWork false, %s',
    async (when) => {
      await using gateway = await startTestGateway();
      const before = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, before);
      const { turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, shell);
      const request = await waitUntil(
        async () => (await fetchWaitingSession(before, sessionId)).pendingRequests[0],
        { what: () => 'a request' },
      );
      if (when !== 'in this gateway') await gateway.restart();

      const client = gateway.connect(transport);
      await using events = await gateway
        .connect('WebSocket')
        .subscribe(requestEvents, { sessionId });
      expect(await resume(client, sessionId, true)).toMatchObject({ state: 'WAITING_FOR_INPUT' });
      expect((await fetchWaitingSession(client, sessionId)).pendingRequests).toEqual([request]);
      expect(await resume(client, sessionId, false)).toMatchObject({ state: 'IDLE' });
      const { sessionEvents: end } = await events.next(
        ({ sessionEvents: { requestId } }) => requestId === request.id,
      );
      expect(end).toMatchObject({ resolution: 'CANCELLED' });
      await waitForTurn(events, 'ABORTED');
      expect(await fetchWaitingSession(client, sessionId)).toMatchObject({ pendingRequests: [] });
      expect(await fetchTurn(client, sessionId, turnId)).toMatchObject({ state: 'ABORTED' });
      expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
        outcome: 'ALREADY_RESOLVED',
      });
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
    },
  );
});

it('a turn without pending requests continues when the session is resumed with continuePendingWork false', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('WebSocket');
  const sessionId = await createTestSession(gateway, client);
  await using events = await client.subscribe(requestEvents, { sessionId });
  const held = gateway.model.hold();
  const { turn } = await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  call.write('Still ');
  expect(await resume(client, sessionId, false)).toMatchObject({ state: 'RUNNING' });
  call.write('here.');
  call.finish();
  expect(await waitForTurn(events, 'COMPLETED', 'ABORTED')).toMatchObject({
    id: turn.id,
    state: 'COMPLETED',
    reply: { content: 'Still here.' },
  });
});
