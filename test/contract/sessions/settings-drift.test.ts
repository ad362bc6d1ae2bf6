import { describe, expect, inject, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import {
  createTestSession,
  disconnectSession,
  fetchSession,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';
import {
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

const warnings = graphql(`
  subscription SettingsWarnings($sessionId: ID!) {
    sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING, USER_MESSAGE_ADDED]) {
      __typename
      ... on SessionWarning {
        warningType
        message
        url
      }
    }
  }
`);

const drift = (settings: string) => ({
  __typename: 'SessionWarning',
  warningType: 'settings_drift',
  message: `The runtime uses other values for these settings: ${settings}.`,
  url: null,
});

describe('a resumed session', () => {
  it('emits no drift warning when its settings are unchanged', async () => {
    const thinker = { models: ['deep'], tools: ['builtin:view'] };
    await using gateway = await startTestGateway({ profiles: { default: thinker } });
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'), {
      reasoningEffort: 'HIGH',
      instructions: 'Rhyme.',
    });
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    await gateway.restart();
    const client = gateway.connect('WebSocket');
    await using events = await client.subscribe(warnings, { sessionId });
    await ask(client, sessionId, prompts.short);
    await ask(client, sessionId, prompts.short);
    const seen = [await events.next(), await events.next()];
    expect(seen.map((value) => value.sessionEvents.__typename)).toEqual([
      'UserMessageAdded',
      'UserMessageAdded',
    ]);
    expect(gateway.logs.filter(({ msg }) => msg === 'settings drift')).toEqual([]);
  });

  it('warns about a model that its profile no longer has and an MCP server that does not run', async () => {
    const profiles: Record<string, object> = { default: { models: ['old', 'new'] } };
    await using gateway = await startTestGateway({ profiles });
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
    await ask(gateway.connect('HTTP'), sessionId, prompts.short);
    profiles['default'] = {
      models: ['new'],
      tools: ['mcp:*'],
      mcpServers: { dead: { type: 'stdio', command: '/nowhere/at-all' } },
    };
    await gateway.restart();

    const client = gateway.connect('WebSocket');
    await using events = await client.subscribe(warnings, { sessionId });
    const { sessionEvents: warning } = await events.next();
    expect(warning).toEqual(drift('model, mcpServers'));
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)?.model).toBe('new');
    expect((await fetchSession(client, sessionId)).model).toBe('old');
  });

  it('warns about tools that another client added, or removes them', async () => {
    await using runtime = await provideShareableRuntime();
    const profiles = { default: { tools: ['builtin:view'], workingDirectory: 'runtime' } };
    await using gateway = await startTestGateway({ env: runtime.env, profiles });
    const client = gateway.connect('WebSocket');
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    await client.run(disconnectSession, { input: { sessionId } });

    await using other = await startOtherClient(runtime);
    const provider = { type: 'openai', baseUrl: gateway.model.baseUrl } as const;
    const taken = await other.resumeSession(sessionId, { provider, availableTools: ['builtin:*'] });
    await taken.sendAndWait({ prompt: prompts.short });
    await using events = await client.subscribe(warnings, { sessionId });
    if (inject('runtime').kind === 'bundled') {
      const { sessionEvents: warning } = await events.next(
        (value) => value.sessionEvents.__typename === 'SessionWarning',
      );
      expect(warning).toEqual(drift('tools'));
    } else {
      // The CLI takes the gateway's list for everybody who is attached.
      await ask(client, sessionId, prompts.short);
      const offered = gateway.model.requests.at(-1)?.tools?.map((tool) => tool.function.name);
      expect(offered).toEqual(['view']);
    }
    await taken.disconnect();
  });
});
