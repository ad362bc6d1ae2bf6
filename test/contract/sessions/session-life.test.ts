import { describe, expect, it } from 'vitest';

import { type Client, streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import {
  createTestSession,
  deleteSession,
  disconnectSession,
  fetchSession,
  resumeSession,
  sessionsChanged,
} from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';

async function history(client: Client, sessionId: string): Promise<string[]> {
  return (await fetchSession(client, sessionId)).messages.nodes.map(({ content }) => content);
}

describe.each(transports)('over %s', (transport) => {
  it('`disconnectSession` keeps the history, and the next message continues it', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.story);
    const input = { sessionId };
    expect(await client.run(disconnectSession, { input })).toMatchObject({
      disconnectSession: { session: { id: sessionId, state: 'DISCONNECTED' } },
    });
    expect(await history(client, sessionId)).toEqual([prompts.story, answers.story]);

    expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
    expect(await history(client, sessionId)).toEqual([
      prompts.story,
      answers.story,
      prompts.short,
      answers.short,
    ]);
    const heard = JSON.stringify(gateway.model.requests.at(-1)?.messages);
    expect(heard).toContain(prompts.story);
    expect((await fetchSession(client, sessionId)).state).toBe('IDLE');
  });

  it('`disconnectSession` is rejected while a turn runs', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();

    const { errors } = await client.execute(disconnectSession, { input: { sessionId } });
    expect(errors).toMatchObject([{ extensions: { code: 'SESSION_BUSY', retryable: true } }]);
    call.write('Undisturbed.');
    call.finish();
    await ask(client, sessionId, prompts.short);
    expect(await history(client, sessionId)).toContain('Undisturbed.');
  });

  it('`resumeSession` attaches the session again, optionally with another model', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.story);
    await client.run(disconnectSession, { input: { sessionId } });
    expect(await client.run(resumeSession, { input: { sessionId } })).toMatchObject({
      resumeSession: { session: { id: sessionId, state: 'IDLE', model: gateway.model.name } },
    });
    expect(await history(client, sessionId)).toEqual([prompts.story, answers.story]);

    await client.run(resumeSession, { input: { sessionId, model: 'another' } });
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)?.model).toBe('another');
    expect((await fetchSession(client, sessionId)).model).toBe('another');
  });

  it('`deleteSession` deletes the session, and its id can be used again', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.story);
    const input = { sessionId };
    expect(await client.run(deleteSession, { input })).toEqual({
      deleteSession: { deletedSessionId: sessionId },
    });
    const { errors } = await client.execute(deleteSession, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'SESSION_NOT_FOUND' } }]);

    await createTestSession(gateway, client, { sessionId });
    expect(await history(client, sessionId)).toEqual([]);
    await ask(client, sessionId, prompts.short);
    expect(await history(client, sessionId)).toEqual([prompts.short, answers.short]);
    const heard = JSON.stringify(gateway.model.requests.at(-1)?.messages);
    expect(heard).not.toContain(prompts.story);
  });
});

describe.each(streamingTransports)('subscriptions over %s', (transport) => {
  it('to a session complete when it is deleted', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using timeline = await client.subscribe(sessionEvents, { sessionId });
    await client.run(deleteSession, { input: { sessionId } });

    const events = await timeline.collectAll();
    expect(events.at(-1)?.sessionEvents).toMatchObject({
      __typename: 'SessionDeleted',
      deletedSessionId: sessionId,
    });
  });

  it('to the list report the creation, changes and deletion of a session', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    await using changes = await client.subscribe(sessionsChanged);
    const sessionId = await createTestSession(gateway, client, { title: 'Listed' });
    const next = async () => {
      const { sessionsChanged: change } = await changes.next(
        (value) => value.sessionsChanged.sessionId === sessionId,
      );
      return change;
    };
    expect(await next()).toMatchObject({ session: { id: sessionId, title: 'Listed' } });
    await ask(client, sessionId, prompts.short);
    expect(await next()).toMatchObject({ kind: 'UPDATED', session: { id: sessionId } });
    await client.run(deleteSession, { input: { sessionId } });
    await changes.next(
      ({ sessionsChanged: { kind, sessionId: id } }) => kind === 'DELETED' && id === sessionId,
    );
  });
});
