import { expect, it } from 'vitest';

import type { CreateSessionInput } from '../../generated/operations/graphql.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { lookingUp, lookup, trusting } from '../../support/operations/client-tools.ts';
import { asking, elicit } from '../../support/operations/elicitation.ts';
import {
  endOf,
  nextRequest,
  question,
  requestEvents,
  sayAfterTool,
  sendCalling,
  type ToolCall,
  turnIn,
} from '../../support/operations/requests.ts';
import { newSession } from '../../support/operations/sessions.ts';

interface Kind {
  readonly what: string;
  readonly tool: ToolCall;
  readonly profile: object;
  readonly clientTools?: CreateSessionInput['clientTools'];
}

const kinds: readonly Kind[] = [
  { what: 'USER_INPUT', tool: question, profile: { tools: ['builtin:*'] } },
  { what: 'ELICITATION', tool: elicit('A planted word?'), profile: asking },
  { what: 'CLIENT_TOOL', tool: lookingUp, profile: trusting, clientTools: [lookup] },
];

it.each(kinds)(
  '$what that expires leaves one audit line without its content',
  async ({ what, tool, profile, clientTools = null }) => {
    await using gateway = await startTestGateway({
      profiles: { default: { ...profile, requestTimeout: '1s' } },
    });
    const client = gateway.connect('HTTP');
    const sessionId = await newSession(gateway, client, { clientTools });
    await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
    const { held } = await sendCalling(gateway, { client, sessionId }, tool);
    const request = await nextRequest(events);
    expect(await endOf(events, request)).toMatchObject({ resolution: 'EXPIRED' });
    await sayAfterTool(held, 'Then without.');
    await turnIn(events, 'COMPLETED');

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
