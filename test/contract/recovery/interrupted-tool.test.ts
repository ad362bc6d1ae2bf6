import { describe, expect, it } from 'vitest';

import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';
import { ExternalRuntime, startOtherClient } from '../../support/runtimes/external-runtime.ts';

describe.each(streamingTransports)(
  'a tool that runs when the connection to its runtime is lost, over %s',
  (transport) => {
    it('is reported as interrupted before its turn fails', async () => {
      await using runtime = await ExternalRuntime.start();
      await using gateway = await startTestGateway({ env: runtime.env });
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      await ask(client, sessionId, prompts.short);
      const other = await startOtherClient(runtime);
      await other.resumeSession(sessionId, {
        model: gateway.model.name,
        streaming: true,
        provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
        onPermissionRequest: () => ({ kind: 'approve-once' }),
        tools: [
          {
            name: 'endless_tool',
            description: 'Never ends.',
            parameters: { type: 'object', properties: {} },
            skipPermission: true,
            handler: () => new Promise<string>(() => undefined),
          },
        ],
      });
      const { cursor: after } = await fetchSession(client, sessionId);
      await using events = await client.subscribe(sessionEvents, { sessionId, after });
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.nextCall()).callTool('endless_tool', {});
      const { sessionEvents: running } = await events.next(
        ({ sessionEvents: { toolCall } }) => toolCall?.state === 'RUNNING',
      );

      await runtime.kill();
      await other.forceStop();
      const rest = await events.collectUntil(
        ({ sessionEvents: event }) => event.turn?.state === 'FAILED',
      );
      const calls = rest.flatMap(({ sessionEvents: { toolCall } }) => toolCall ?? []);
      expect(calls).toMatchObject([{ id: running.toolCall?.id, state: 'INTERRUPTED' }]);
      expect(rest.at(-1)?.sessionEvents.turn).toMatchObject({
        id: turn.id,
        error: { code: 'TURN_INTERRUPTED' },
      });
    });
  },
);
