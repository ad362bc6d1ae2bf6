import { describe, expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
} from '../../support/operations/sessions.ts';

describe.each(transports)('createSession over %s', (transport) => {
  it('creates a session under the id that the client chose, with an empty history', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = gateway.createSessionId();
    const labels = [
      { key: 'team', value: 'docs' },
      { key: 'priority', value: '' },
    ];
    const input = {
      sessionId,
      title: 'Mine',
      labels,
      reasoningEffort: 'HIGH',
      model: 'another',
    } as const;
    const { createSession: made } = await client.run(createSession, { input });

    expect(made).toMatchObject({
      created: true,
      session: {
        id: sessionId,
        state: 'IDLE',
        title: 'Mine',
        model: 'another',
        profile: 'default',
        reasoningEffort: 'HIGH',
        labels,
      },
    });
    expect(await fetchSession(client, sessionId)).toMatchObject({
      state: 'IDLE',
      currentTurn: null,
      messages: { nodes: [] },
    });
  });

  it('generates an id when the client supplies none', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const input = { labels: [] };
    const { createSession: one } = await client.run(createSession, { input });
    const { createSession: two } = await client.run(createSession, { input });
    expect(one.session.id).toMatch(/^[\w-]{1,128}$/);
    expect(two.session.id).not.toBe(one.session.id);
    expect(one.session.model).toBe(gateway.model.name);
  });

  it('returns the existing session with ifExists RESUME, also to concurrent callers', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = gateway.createSessionId();
    const create = (title: string) =>
      client.run(createSession, { input: { sessionId, title, ifExists: 'RESUME' } });
    const atOnce = await Promise.all([create('One'), create('Two'), create('Three')]);
    const later = await create('Four');

    const created = atOnce.filter((made) => made.createSession.created);
    expect(created).toHaveLength(1);
    const { title } = created[0]!.createSession.session;
    expect(later.createSession).toMatchObject({
      created: false,
      session: { id: sessionId, title },
    });
  });

  it('rejects an id that is taken without ifExists RESUME and leaves the session unchanged', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, { title: 'The first' });
    const { data, errors } = await client.execute(createSession, {
      input: { sessionId, title: 'The second' },
    });

    expect(data).toEqual({ createSession: null });
    expect(errors).toMatchObject([{ extensions: { code: 'SESSION_EXISTS', retryable: false } }]);
    expect((await fetchSession(client, sessionId)).title).toBe('The first');
  });
});
