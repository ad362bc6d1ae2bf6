import { describe, expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import {
  decide,
  rejectingGateway,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  shell,
  waitForRequest,
  waitForResolution,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createSession, createTestSession } from '../../support/operations/sessions.ts';
import { sendMessage } from '../../support/operations/turns.ts';

const anyId = expect.stringMatching(/^[\w-]{36}$/) as string;

function records({ logs }: TestGateway, kind: string): Record<string, unknown>[] {
  return logs
    .filter(({ msg, audit }) => msg === 'audit' && audit === kind)
    .map(({ level: _level, time: _time, msg: _msg, audit: _audit, ...rest }) => rest);
}

describe.each(transports)('over %s', (transport) => {
  it('each mutation writes one line with viewer, action, session and outcome', async () => {
    await using people = await startGatewayForPeople();
    const { gateway } = people;
    const client = people.client('alice', transport);
    const planted = 'a planted word';
    const name = await createTestSession(gateway, client, {
      title: planted,
      instructions: planted,
    });
    await client.execute(createSession, { input: { sessionId: name, title: planted } });
    await client.execute(sendMessage, { input: { sessionId: name, prompt: '' } });
    await client.execute(
      `mutation ($id: ID!, $gone: ID!) {
        first: disconnectSession(input: { sessionId: $id }) { session { id } }
        ... on Mutation { again: disconnectSession(input: { sessionId: $gone }) { session { id } } }
      }`,
      { id: name, gone: planted },
    );
    await people
      .client('bob', transport)
      .execute(
        `mutation ($id: ID!) { deleteSession(input: { sessionId: $id }) { deletedSessionId } }`,
        { id: name },
      );

    const viewer = 'viewer:alice';
    const requestId = anyId;
    const session = name;
    expect(records(gateway, 'mutation')).toEqual([
      { what: 'createSession', session, viewer, outcome: 'ok', requestId },
      { what: 'createSession', session, viewer, outcome: 'SESSION_EXISTS', requestId },
      { what: 'sendMessage', session, viewer, outcome: 'BAD_USER_INPUT', requestId },
      { what: 'disconnectSession', session, viewer, outcome: 'ok', requestId },
      {
        what: 'disconnectSession',
        session: null,
        viewer,
        outcome: 'SESSION_NOT_FOUND',
        requestId,
      },
      {
        what: 'deleteSession',
        session,
        viewer: 'viewer:bob',
        outcome: 'SESSION_NOT_FOUND',
        requestId,
      },
    ]);
    expect(JSON.stringify(gateway.logs)).not.toContain(planted);
  });

  it('a session that was created without an id is logged with its generated id', async () => {
    await using people = await startGatewayForPeople();
    const client = people.client('alice', transport);
    const { createSession: made } = await client.run(createSession, { input: {} });
    expect(records(people.gateway, 'mutation')).toMatchObject([{ session: made.session.id }]);
  });

  it('a decision of a viewer is logged with viewer, decision and kind of permission', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
    const request = await waitForRequest(events);
    await decide(client, request, 'REJECT', 'a planted word');
    await decide(client, request, 'APPROVE_ONCE');
    await replyAfterTool(held, 'Then not.');
    await waitForTurn(events, 'COMPLETED');

    const decision = {
      by: 'viewer',
      what: 'SHELL',
      session: sessionId,
      viewer: 'viewer:local',
      decision: 'REJECT',
      permissionRequest: request.id,
      outcome: 'ACCEPTED',
      requestId: anyId,
    };
    const late = { what: 'unknown', permissionRequest: 'unknown', outcome: 'ALREADY_RESOLVED' };
    expect(records(gateway, 'permission')).toEqual([
      decision,
      { ...decision, ...late, decision: 'APPROVE_ONCE' },
    ]);
    const log = JSON.stringify(gateway.logs);
    for (const content of ['planted', 'touch made-by-agent', 'Make a file']) {
      expect(log).not.toContain(content);
    }
  });
});

const allowing = {
  profiles: {
    default: { tools: ['builtin:*'], permissions: { mode: 'ask', allow: ['SHELL'] } },
  },
} as const;

it.each([
  ['REJECT', rejectingGateway],
  ['APPROVE_ONCE', allowing],
])('a decision of the policy to %s leaves a line, without a viewer', async (decision, options) => {
  await using gateway = await startTestGateway(options);
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
  const { requestId } = await waitForResolution(events);
  await replyAfterTool(held, 'So be it.');
  await waitForTurn(events, 'COMPLETED');
  expect(records(gateway, 'permission')).toEqual([
    {
      by: 'policy',
      what: 'SHELL',
      decision,
      session: sessionId,
      owner: null,
      viewer: null,
      permissionRequest: requestId,
      outcome: 'ACCEPTED',
    },
  ]);
});

it('an expired permission is logged with the owner of its session', async () => {
  const profiles = { default: { tools: ['builtin:*'], requestTimeout: '1s' } };
  await using gateway = await startTestGateway({ profiles });
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, shell);
  const { requestId } = await waitForResolution(events);
  await replyAfterTool(held, 'So be it.');
  await waitForTurn(events, 'COMPLETED');
  expect(records(gateway, 'permission')).toMatchObject([
    {
      by: 'expiry',
      what: 'SHELL',
      decision: 'REJECT',
      session: sessionId,
      permissionRequest: requestId,
    },
  ]);
});

it('queries write no line', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  await client.run('{ viewer { id } }');
  expect([...records(gateway, 'mutation'), ...records(gateway, 'permission')]).toEqual([]);
});
