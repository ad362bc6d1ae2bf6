import { expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  decide,
  fetchWaitingSession,
  getToolResult,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  shell,
  waitForEnd,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';

it.each([
  { rules: { mode: 'reject' }, decision: 'REJECT', told: /not allowed|denied|reject/i },
  {
    rules: { mode: 'ask', allow: ['SHELL'] },
    decision: 'APPROVE_ONCE',
    told: /completed|exit/i,
  },
])(
  'a permission that waits over a restart is decided by the rules that the profile has then: $decision',
  async ({ rules, decision, told }) => {
    const profile: { tools: string[]; permissions: object } = {
      tools: ['builtin:*'],
      permissions: { mode: 'ask' },
    };
    await using gateway = await startTestGateway({ profiles: { default: profile } });
    const before = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, before);
    const { cursor: after } = await fetchSession(before, sessionId);
    const { held, turnId } = await sendToolPrompt(gateway, { client: before, sessionId }, shell);
    const request = await waitUntil(
      async () => (await fetchWaitingSession(before, sessionId)).pendingRequests[0],
      {
        what: () => 'a request',
      },
    );
    profile.permissions = rules;
    await gateway.restart();

    const client = gateway.connect('HTTP');
    await using events = await gateway
      .connect('WebSocket')
      .subscribe(requestEvents, { sessionId, after });
    expect(await waitForEnd(events, request)).toMatchObject({
      resolution: 'BY_POLICY',
      feedback: null,
    });
    await replyAfterTool(held, 'So be it.');
    expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({
      id: turnId,
      state: 'COMPLETED',
    });
    expect(getToolResult(gateway)).toMatch(told);
    expect(await decide(client, request, 'APPROVE_ONCE')).toMatchObject({
      outcome: 'ALREADY_RESOLVED',
    });
    const [line, ...more] = gateway.logs.filter(
      ({ audit, by }) => audit === 'permission' && by !== 'viewer',
    );
    console.log(more);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ by: 'policy', decision, outcome: 'ACCEPTED', viewer: null });
  },
);
