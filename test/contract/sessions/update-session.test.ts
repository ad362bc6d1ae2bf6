import { describe, expect, it } from 'vitest';

import type { UpdateSessionInput } from '../../generated/operations/graphql.ts';
import { type Client, streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import {
  createTestSession,
  disconnectSession,
  fetchSession,
  sessionsChanged,
  updateSession,
} from '../../support/operations/sessions.ts';
import { abort, ask, listQueue, send, writeAnswer } from '../../support/operations/turns.ts';

async function update(client: Client, sessionId: string, change: Partial<UpdateSessionInput>) {
  const input = { sessionId, ...change };
  return (await client.run(updateSession, { input })).updateSession.session;
}

const profiles = {
  default: { models: ['scripted', 'another', 'third'].map((name) => ({ name })) },
};
const labels = [{ key: 'team', value: 'blue' }];

describe.each(transports)('`updateSession` over %s', (transport) => {
  it('changes title and labels, keeps absent fields, and resets fields that are null', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, { labels });
    const { name: model } = gateway.model;
    await ask(client, sessionId, prompts.short);
    expect(await update(client, sessionId, { title: 'Chosen' })).toMatchObject({
      ...{ id: sessionId, title: 'Chosen', model, reasoningEffort: null, labels },
    });
    await ask(client, sessionId, prompts.story);
    const other = [{ key: 'stage', value: 'test' }];
    expect(await update(client, sessionId, { labels: other })).toMatchObject({
      ...{ title: 'Chosen', labels: other },
    });
    expect(await update(client, sessionId, { labels: null, title: null })).toMatchObject({
      ...{ title: prompts.short, labels: [] },
    });
    expect(await update(client, sessionId, {})).toEqual(await update(client, sessionId, {}));
  });

  it('switches model and reasoning effort of an attached session from the next turn on', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const change = { model: 'another', reasoningEffort: 'HIGH' } as const;
    expect(await update(client, sessionId, change)).toMatchObject(change);
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({
      ...{ model: 'another', reasoning_effort: 'high' },
    });
    const reset = { model: null, reasoningEffort: null };
    expect(await update(client, sessionId, reset)).toMatchObject({
      ...{ model: gateway.model.name, reasoningEffort: null },
    });
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({ model: gateway.model.name });
    expect(gateway.model.requests.at(-1)).not.toHaveProperty('reasoning_effort');
  });

  it('switches the model of a disconnected session when it is resumed', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    await client.run(disconnectSession, { input: { sessionId } });
    await update(client, sessionId, { model: 'another', reasoningEffort: 'LOW' });
    expect((await fetchSession(client, sessionId)).state).toBe('DISCONNECTED');
    await ask(client, sessionId, prompts.short);
    expect(gateway.model.requests.at(-1)).toMatchObject({
      ...{ model: 'another', reasoning_effort: 'low' },
    });
  });

  it('does not affect the running turn and stays in force when that turn is aborted', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    for (const [model, ends] of [
      ['another', true],
      ['third', false],
    ] as const) {
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      await update(client, sessionId, { model });
      expect(await listQueue(client, sessionId)).toEqual([]);
      if (ends) writeAnswer(call, 'Undisturbed.');
      else expect((await abort(client, sessionId)).abortedTurn?.state).toBe('ABORTED');
      await ask(client, sessionId, prompts.short);
      expect(gateway.model.requests.at(-1)?.model).toBe(model);
      expect((await fetchSession(client, sessionId)).model).toBe(model);
    }
  });

  it.each([
    ['an empty model', { model: '' }, 'model', 'BAD_USER_INPUT'],
    ['an unknown model', { model: 'nobody' }, 'model', 'MODEL_NOT_FOUND'],
    ['an empty title', { title: ' ' }, 'title', 'BAD_USER_INPUT'],
    ['a long title', { title: 'x'.repeat(201) }, 'title', 'BAD_USER_INPUT'],
    ['one label twice', { labels: [...labels, ...labels] }, 'labels', 'BAD_USER_INPUT'],
    ['nobody’s session', { sessionId: 'nobody' }, 'session', 'SESSION_NOT_FOUND'],
  ])('with %s is refused, and changes nothing', async (_what, wrong, word, code) => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, { title: 'Before', labels });
    const input = { sessionId, title: 'After', labels: [], ...wrong };
    expect((await client.execute(updateSession, { input })).errors).toMatchObject([
      {
        message: expect.stringContaining(word) as string,
        path: ['updateSession'],
        extensions: { code },
      },
    ]);
    expect(await fetchSession(client, sessionId)).toMatchObject({ title: 'Before', labels });
  });
});

describe.each(streamingTransports)('an updated session, over %s', (transport) => {
  it('is announced to the session list and on its timeline', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using changes = await client.subscribe(sessionsChanged);
    await using events = await client.subscribe(sessionEvents, { sessionId });
    await update(client, sessionId, { title: 'Chosen' });
    await changes.next(
      ({ sessionsChanged: { kind, session } }) =>
        kind === 'UPDATED' && session?.id === sessionId && session.title === 'Chosen',
    );
    await events.next(({ sessionEvents: { title } }) => title === 'Chosen');
  });
});
