import { describe, expect, it } from 'vitest';

import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import {
  createTestSession,
  disconnectSession,
  fetchSession,
  searchSessions,
  type SessionChange,
  sessionsChanged,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';
import {
  ExternalRuntime,
  provideShareableRuntime,
  startOtherClient,
} from '../../support/runtimes/external-runtime.ts';

describe.each(streamingTransports)('another client of the same runtime, over %s', (transport) => {
  it('creates a session that appears in the list, and deletes it', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env });
    await using other = await startOtherClient(runtime);
    const client = gateway.connect(transport);
    const sessionId = gateway.createSessionId();
    const isOfIt = (kind: string) => (value: { readonly sessionsChanged: SessionChange }) =>
      value.sessionsChanged.sessionId === sessionId && value.sessionsChanged.kind === kind;

    await using changes = await client.subscribe(sessionsChanged);
    const session = await other.createSession({
      sessionId,
      model: gateway.model.name,
      provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
    });
    await session.sendAndWait({ prompt: prompts.short });
    expect((await changes.next(isOfIt('CREATED'))).sessionsChanged.session?.id).toBe(sessionId);
    expect((await client.run(searchSessions, { search: sessionId })).sessions.nodes).toMatchObject([
      { id: sessionId, state: 'DISCONNECTED' },
    ]);
    const { messages } = await fetchSession(client, sessionId);
    expect(messages.nodes.map(({ content }) => content)).toEqual([prompts.short, answers.short]);

    await session.disconnect();
    await other.deleteSession(sessionId);
    expect((await changes.next(isOfIt('DELETED'))).sessionsChanged.session).toBeNull();
    expect((await client.run(searchSessions, { search: sessionId })).sessions.totalCount).toBe(0);
  });

  it('deletes a session of the gateway, which disappears from the list', async () => {
    await using runtime = await provideShareableRuntime();
    await using gateway = await startTestGateway({ env: runtime.env });
    await using other = await startOtherClient(runtime);
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);

    await using changes = await client.subscribe(sessionsChanged);
    await other.deleteSession(sessionId);
    await changes.next(
      ({ sessionsChanged: { kind, sessionId: id } }) => kind === 'DELETED' && id === sessionId,
    );
    expect((await client.run(searchSessions, { search: sessionId })).sessions.totalCount).toBe(0);
  });
});

it('sessions that another process in the same home creates and deletes without announcement are detected', async () => {
  await using runtime = await ExternalRuntime.start();
  await using process_ = await runtime.startSibling();
  await using other = await startOtherClient(process_);
  const env = { ...runtime.env, SESSION_SYNC_INTERVAL: '100ms' };
  await using gateway = await startTestGateway({ env });
  const client = gateway.connect('WebSocket');
  const known = await createTestSession(gateway, client);
  await ask(client, known, prompts.short);
  await client.run(disconnectSession, { input: { sessionId: known } });

  await using changes = await client.subscribe(sessionsChanged);
  const made = gateway.createSessionId();
  const session = await other.createSession({
    sessionId: made,
    model: gateway.model.name,
    provider: { type: 'openai', baseUrl: gateway.model.baseUrl, apiKey: 'other-key' },
  });
  await session.sendAndWait({ prompt: prompts.short });
  await changes.next(
    ({ sessionsChanged: { kind, sessionId } }) => kind === 'CREATED' && sessionId === made,
  );
  await other.deleteSession(known);
  await changes.next(
    ({ sessionsChanged: { kind, sessionId } }) => kind === 'DELETED' && sessionId === known,
  );
});
