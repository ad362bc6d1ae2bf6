import { expect, inject, it } from 'vitest';

import { pushEvent } from '../../support/gateway/attached.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { startLockedMcpServer } from '../../support/models/locked-mcp-server.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { elicitingProfile } from '../../support/operations/elicitation.ts';
import {
  fetchWaitingSession,
  getToolResult,
  replyAfterTool,
  type RequestEvents,
  requestEvents,
  sendToolPrompt,
  type ToolCall,
  waitForTurn,
} from '../../support/operations/requests.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';

const profiles = {
  default: { ...elicitingProfile, permissions: { mode: 'reject', allow: ['MCP'] } },
};

/** A turn that calls a tool, and ends whatever comes of it. */
async function callTool(gateway: TestGateway, tool: ToolCall, session?: string) {
  const client = gateway.connect('HTTP');
  const sessionId = session ?? (await createTestSession(gateway, client));
  const events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const { held } = await sendToolPrompt(gateway, { client, sessionId }, tool);
  await replyAfterTool(held, 'Done.');
  expect(await waitForTurn(events, 'COMPLETED', 'FAILED')).toMatchObject({ state: 'COMPLETED' });
  return { events, result: String(getToolResult(gateway)) };
}

function warningsIn(events: RequestEvents): (string | undefined)[] {
  return events.collected.flatMap(({ sessionEvents: { __typename, warningType } }) =>
    __typename === 'SessionWarning' ? [warningType] : [],
  );
}

it('an MCP server that requires a sign-in is reported once as a warning and blocks no turn', async () => {
  await using locked = await startLockedMcpServer();
  const vault = { type: 'http', url: locked.url };
  await using gateway = await startTestGateway({
    profiles: {
      default: { ...profiles.default, mcpServers: { ...elicitingProfile.mcpServers, vault } },
    },
  });
  const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
  await ask(gateway.connect('HTTP'), sessionId, prompts.short);
  await gateway.restart();
  const { events } = await callTool(
    gateway,
    { name: 'shop-say', args: { text: 'Hello' } },
    sessionId,
  );
  expect(warningsIn(events).filter((type) => type === 'mcp_oauth')).toEqual(['mcp_oauth']);
});

it('a sampling request of an MCP server is cancelled', async () => {
  await using gateway = await startTestGateway({ profiles });
  const messages = [{ role: 'user', content: { type: 'text', text: 'Hello' } }];
  const args = { messages, maxTokens: 5 };
  const { events, result } = await callTool(gateway, { name: 'shop-sample', args });
  expect(result).toMatch(/cancel/i);
  // The runtime that comes with the SDK does not tell of it, and refuses it itself.
  const isTold = inject('runtime').kind === 'external';
  expect(warningsIn(events)).toEqual(isTold ? ['mcp_sampling'] : []);
});

it('an agent in plan mode has no tool to leave it', async () => {
  await using gateway = await startTestGateway({ profiles });
  const { result } = await callTool(gateway, {
    name: 'exit_plan_mode',
    args: { summary: 'A plan' },
  });
  expect(result).toContain("Tool 'exit_plan_mode' does not exist");
});

const requestId = 'r1';
const server = { requestId, serverName: 'vault', serverUrl: 'https://vault.test/?key=secret' };

/** None of these can be provoked in a runtime that nobody has told to send them. */
it.each([
  [
    'exit_plan_mode.requested',
    'exit_plan_mode',
    {
      requestId,
      actions: [],
      planContent: 'secret',
      recommendedAction: 'interactive',
      summary: '',
    },
  ],
  ['auto_mode_switch.requested', 'auto_mode_switch', { requestId, retryAfterSeconds: 60 }],
  [
    'session_limits_exhausted.requested',
    'session_limits_exhausted',
    { requestId, maxAiCredits: 30, usedAiCredits: 31 },
  ],
  ['mcp.oauth_required', 'mcp_oauth', { ...server, reason: 'initial' }],
  ['mcp.headers_refresh_required', 'mcp_headers_refresh', { ...server, reason: 'startup' }],
  ['sampling.requested', 'mcp_sampling', { requestId, serverName: 'vault', mcpRequestId: 1 }],
  ['command.queued', 'command_queued', { requestId, command: '/secret' }],
])('an event %s is told as a warning, and the turn goes on', async (type, warningType, data) => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  await using events = await gateway.connect('WebSocket').subscribe(requestEvents, { sessionId });
  const held = gateway.model.hold();
  await send(client, sessionId, held.prompt);
  const call = await held.nextCall();
  await pushEvent(gateway, sessionId, { id: 'pushed', type, data });
  const { sessionEvents: warning } = await events.next(
    ({ sessionEvents: { __typename } }) => __typename === 'SessionWarning',
  );
  expect(warning).toMatchObject({ warningType });
  expect(JSON.stringify(warning)).not.toContain('secret');
  expect(await fetchWaitingSession(client, sessionId)).toMatchObject({
    state: 'RUNNING',
    pendingRequests: [],
  });
  call.write('Done.');
  call.finish();
  await waitForTurn(events, 'COMPLETED');
});
