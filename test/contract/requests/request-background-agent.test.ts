import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  decide,
  fetchWaitingSession,
  isRequestWritten,
  requestEvents,
  shell,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { prepareDelegation } from '../../support/operations/subagents.ts';
import { ask, send } from '../../support/operations/turns.ts';

it('a request of a background sub-agent is cancelled by a restart of the gateway, and its call ends', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('WebSocket');
  const sessionId = await createTestSession(gateway, before);
  const { cursor: after } = await fetchSession(before, sessionId);
  await using early = await before.subscribe(requestEvents, { sessionId });
  const { main, sub } = prepareDelegation(gateway.model, { mode: 'background' });
  const { turn } = await send(before, sessionId, main.prompt);
  (await main.nextCall()).callTool('task', sub.task);
  const rest = await main.nextCall();
  rest.write('I wait for it.');
  rest.finish();
  (await sub.nextCall()).callTool(shell.name, shell.args);
  const request = await waitForRequest(early);
  await waitUntil(() => isRequestWritten(gateway, sessionId), {
    what: () => 'the request in the journal',
  });
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  await using events = await client.subscribe(requestEvents, { sessionId, after });
  expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'WITHDRAWN' });
  await events.next(
    ({ sessionEvents: { toolCall } }) =>
      toolCall?.name === shell.name && toolCall.state === 'INTERRUPTED',
  );
  expect(await fetchWaitingSession(client, sessionId)).toEqual({
    state: 'IDLE',
    currentTurn: null,
    pendingRequests: [],
  });
  // The main agent had said all that it had to say.
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turn.id,
    state: 'COMPLETED',
  });
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
  expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
});
