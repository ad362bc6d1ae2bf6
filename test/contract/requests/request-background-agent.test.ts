import { expect, it } from 'vitest';

import { until } from '../../support/assertions/until.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  decide,
  endOf,
  isRequestWritten,
  nextRequest,
  requestEvents,
  shell,
  turnIn,
  waiting,
} from '../../support/operations/requests.ts';
import { newSession, read } from '../../support/operations/sessions.ts';
import { delegation } from '../../support/operations/subagents.ts';
import { ask, send } from '../../support/operations/turns.ts';

it('a request of a background sub-agent is cancelled by a restart of the gateway, and its call ends', async () => {
  await using gateway = await startTestGateway();
  const before = gateway.connect('WebSocket');
  const sessionId = await newSession(gateway, before);
  const { cursor: after } = await read(before, sessionId);
  await using early = await before.subscribe(requestEvents, { sessionId });
  const { main, sub } = delegation(gateway.model, { mode: 'background' });
  const { turn } = await send(before, sessionId, main.prompt);
  (await main.call()).callTool('task', sub.task);
  const rest = await main.call();
  rest.write('I wait for it.');
  rest.finish();
  (await sub.call()).callTool(shell.name, shell.args);
  const request = await nextRequest(early);
  await until(() => isRequestWritten(gateway, sessionId), {
    what: () => 'the request in the journal',
  });
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  await using events = await client.subscribe(requestEvents, { sessionId, after });
  expect(await endOf(events, request)).toMatchObject({ resolution: 'WITHDRAWN' });
  await events.next(
    ({ sessionEvents: { toolCall } }) =>
      toolCall?.name === shell.name && toolCall.state === 'INTERRUPTED',
  );
  expect(await waiting(client, sessionId)).toEqual({
    state: 'IDLE',
    currentTurn: null,
    pendingRequests: [],
  });
  // The main agent had said all that it had to say.
  expect(await turnIn(events, 'COMPLETED', 'FAILED')).toMatchObject({
    id: turn.id,
    state: 'COMPLETED',
  });
  expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
    outcome: 'ALREADY_RESOLVED',
  });
  expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
});
