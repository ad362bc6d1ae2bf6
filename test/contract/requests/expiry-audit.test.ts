import { expect, it } from 'vitest';

import type { CreateSessionInput } from '../../generated/operations/graphql.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { lookup, lookupCall, trustingProfile } from '../../support/operations/client-tools.ts';
import { elicit, elicitingProfile } from '../../support/operations/elicitation.ts';
import {
  question,
  replyAfterTool,
  requestEvents,
  sendToolPrompt,
  type ToolCall,
  waitForEnd,
  waitForRequest,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';

interface Kind {
  readonly what: string;
  readonly tool: ToolCall;
  readonly profile: object;
  readonly clientTools?: CreateSessionInput['clientTools'];
}

const kinds: readonly Kind[] = [
  { what: 'USER_INPUT', tool: question, profile: { tools: ['builtin:*'] } },
  { what: 'ELICITATION', tool: elicit('A planted word?'), profile: elicitingProfile },
  { what: 'CLIENT_TOOL', tool: lookupCall, profile: trustingProfile, clientTools: [lookup] },
];

it.each(kinds)(
  '$what that expires leaves one audit line without its content',
  async ({ what, tool, profile, clientTools = null }) => {
    await using gateway = await startTestGateway({
      profiles: { default: { ...profile, requestTimeout: '1s' } },
    });
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client, { clientTools });
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendToolPrompt(gateway, { client, sessionId }, tool);
    const request = await waitForRequest(events);
    expect(await waitForEnd(events, request)).toMatchObject({ resolution: 'EXPIRED' });
    await replyAfterTool(held, 'Then without.');
    await waitForTurn(events, 'COMPLETED');

    const lines = gateway.logs.filter(({ audit }) => audit === 'request');
    expect(lines).toEqual([
      {
        ...{ level: 30, time: expect.any(Number) as number, msg: 'audit', audit: 'request' },
        ...{ by: 'expiry', what, request: request.id, outcome: 'ACCEPTED' },
        ...{ session: sessionId, owner: null, viewer: null },
      },
    ]);
    const log = JSON.stringify(gateway.logs);
    for (const words of ['planted', 'Which colour', '"gateway"}']) expect(log).not.toContain(words);
  },
);
