import { describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { MergedTexts } from '../../support/clients/merge.ts';
import { type Client, streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import {
  collectText,
  messageDelta,
  sessionEvents,
  sessionInfo,
} from '../../support/operations/events.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import {
  createSession,
  createTestSession,
  deleteSession,
  disconnectSession,
  fetchSession,
  fork,
  forkSession,
  listReplies,
  searchSessions,
  type SessionChange,
  sessionsChanged,
} from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send, toMessageId, writeAnswer } from '../../support/operations/turns.ts';

const profiles = {
  default: { models: [{ name: 'scripted' }] },
  other: { models: [{ name: 'scripted' }, { name: 'another' }], defaultModel: 'scripted' },
};
const labels = [{ key: 'team', value: 'blue' }];

const firstMessage = graphql(`
  query ReadFirstMessage($id: ID!) {
    session(id: $id) {
      messages(first: 1) {
        edges {
          cursor
        }
      }
    }
  }
`);

const messagesAfter = graphql(`
  query ReadMessageAfter($id: ID!, $after: String!) {
    session(id: $id) {
      messages(first: 1, after: $after) {
        nodes {
          id
        }
      }
    }
  }
`);

/** Ids of the sessions that the runtime has, and of those that the gateway lists, with these words in their title. */
async function idsOf({ services }: TestGateway, client: Client, words: string): Promise<string[]> {
  const found = await services.runtime.call((runtime) => runtime.listSessions());
  const inRuntime = found.filter(({ summary }) => summary?.includes(words));
  const { sessions } = await client.run(searchSessions, { search: words });
  return [...inRuntime.map(({ sessionId }) => sessionId), ...sessions.nodes.map(({ id }) => id)];
}

describe.each(transports)('`forkSession` over %s', (transport) => {
  it('copies history and settings into a new session and leaves the source unchanged', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const settings = {
      profile: 'other',
      model: 'another',
      reasoningEffort: 'LOW',
      labels,
    } as const;
    const instructions = 'Answer like a lighthouse keeper.';
    const sessionId = await createTestSession(gateway, client, { ...settings, instructions });
    await ask(client, sessionId, prompts.shell);
    await ask(client, sessionId, prompts.story);
    const source = await fetchSession(client, sessionId);

    const made = await fork(client, sessionId, { title: 'The other way' });
    expect(made.id).not.toBe(sessionId);
    expect(made).toEqual({
      ...{ ...settings, id: made.id, title: 'The other way', state: 'DISCONNECTED' },
      messages: source.messages,
    });
    expect(await ask(client, made.id, prompts.short)).toMatchObject({
      ...{ state: 'COMPLETED', reply: { content: answers.short } },
    });
    const { cursor: _cursor, ...before } = source;
    expect(await fetchSession(client, sessionId)).toMatchObject(before);
    const asked = gateway.model.requests.at(-1)!;
    expect(asked).toMatchObject({ model: 'another', reasoning_effort: 'low' });
    for (const text of [instructions, prompts.shell, 'Once upon a time', prompts.short]) {
      expect(JSON.stringify(asked.messages)).toContain(text);
    }
  });

  it('copies the history before a message of the user or of the agent', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    await ask(client, sessionId, prompts.shell);
    const { nodes } = (await fetchSession(client, sessionId)).messages;
    expect(nodes).toHaveLength(5);
    for (const [index, { id: beforeMessageId }] of nodes.entries()) {
      const made = await fork(client, sessionId, { beforeMessageId });
      expect(made.messages.nodes).toEqual(nodes.slice(0, index));
      const turn = await ask(client, made.id, prompts.story);
      expect(turn).toMatchObject({ state: 'COMPLETED', reply: { content: answers.story } });
      const heard = JSON.stringify(gateway.model.requests.at(-1)!.messages);
      expect(heard.includes(prompts.shell)).toBe(index > 2);
    }
  });

  it('omits a running turn and does not affect it', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const first = await held.nextCall();
    const empty = await fork(client, sessionId);
    expect(empty.messages.nodes).toEqual([]);
    writeAnswer(first, 'The first.');
    const { turn } = await send(client, sessionId, held.prompt);
    const second = await held.nextCall();
    second.write('The ');
    const made = await fork(client, sessionId);
    expect(made.messages.nodes.map(({ content }) => content)).toEqual([held.prompt, 'The first.']);
    await send(client, sessionId, prompts.short);
    writeAnswer(second, 'second.');

    for (const { id } of [empty, made]) await ask(client, id, prompts.story);
    expect(await listReplies(client, made.id)).toEqual(['The first.', answers.story]);
    expect(await listReplies(client, empty.id)).toEqual([answers.story]);
    await ask(client, sessionId, prompts.short);
    expect(await listReplies(client, sessionId)).toEqual([
      ...['The first.', 'The second.', answers.short, answers.short],
    ]);
    expect((await fetchTurn(client, sessionId, turn.id)).state).toBe('COMPLETED');
  });

  it('forks a session without messages, also after a restart, and a detached session', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before, { labels });
    const one = await fork(before, sessionId);
    await gateway.restart();

    const client = gateway.connect(transport);
    const two = await fork(client, sessionId);
    for (const { id } of [one, two]) {
      expect(await fetchSession(client, id)).toMatchObject({ labels, messages: { nodes: [] } });
      expect((await ask(client, id, prompts.short)).state).toBe('COMPLETED');
    }
    await client.run(disconnectSession, { input: { sessionId: one.id } });
    const three = await fork(client, one.id);
    expect(three.messages).toEqual((await fetchSession(client, one.id)).messages);
  });

  it('creates a session that survives the deletion of its source and a restart, including its turns', async () => {
    await using gateway = await startTestGateway();
    const before = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, before);
    const turn = await ask(before, sessionId, prompts.short);
    const failed = await ask(before, sessionId, prompts.refused);
    const made = await fork(before, sessionId);
    expect(await fetchTurn(before, made.id, turn.id)).toEqual(turn);
    await before.run(deleteSession, { input: { sessionId } });
    await gateway.restart();

    const client = gateway.connect(transport);
    expect(await fetchSession(client, made.id)).toMatchObject({ messages: made.messages });
    expect(await fetchTurn(client, made.id, turn.id)).toEqual(turn);
    expect(await fetchTurn(client, made.id, failed.id)).toEqual(failed);
    expect((await ask(client, made.id, prompts.story)).state).toBe('COMPLETED');
    expect(await listReplies(client, made.id)).toEqual([answers.short, answers.story]);
  });

  it('ends a turn that was copied partially', async () => {
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const held = gateway.model.hold();
    const { turn } = await send(client, sessionId, held.prompt);
    (await held.nextCall()).callTool('bash', { command: 'true', description: 'Nothing' });
    const call = await held.nextCall();
    const { nodes } = (await fetchSession(client, sessionId)).messages;
    const made = await fork(client, sessionId, { beforeMessageId: nodes.at(-1)!.id });
    expect(made).toMatchObject({ state: 'DISCONNECTED', messages: { nodes: nodes.slice(0, -1) } });
    expect(await fetchTurn(client, made.id, turn.id)).toMatchObject({
      ...{ state: 'FAILED', reply: null, error: { code: 'TURN_INTERRUPTED' } },
    });
    writeAnswer(call, 'Done.');
    expect((await ask(client, made.id, prompts.short)).state).toBe('COMPLETED');
    expect(await listReplies(client, sessionId)).toEqual(['', 'Done.']);
  });

  it('creates a new session on each call and rejects cursors of the source', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const [one, two] = await Promise.all([fork(client, sessionId), fork(client, sessionId)]);
    expect(new Set([sessionId, one.id, two.id]).size).toBe(3);
    const { session } = await client.run(firstMessage, { id: sessionId });
    const after = session.messages.edges[0]!.cursor;
    const { errors } = await client.execute(messagesAfter, { id: one.id, after });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each([
    ['an unknown message', { beforeMessageId: 'nobody' }, 'beforeMessageId', 'BAD_USER_INPUT'],
    ['an empty title', { title: ' ' }, 'title', 'BAD_USER_INPUT'],
    ['nobody’s session', { sessionId: 'nobody' }, 'session', 'SESSION_NOT_FOUND'],
  ])('with %s is refused, and nothing is made', async (_what, wrong, word, code) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const { prompt } = gateway.model.hold();
    await send(client, sessionId, prompt);
    const input = { sessionId, ...wrong };
    expect((await client.execute(forkSession, { input })).errors).toMatchObject([
      {
        message: expect.stringContaining(word) as string,
        path: ['forkSession'],
        extensions: { code },
      },
    ]);
    await expect.poll(() => idsOf(gateway, client, prompt)).toEqual([sessionId, sessionId]);
    await fork(client, sessionId);
    expect(await idsOf(gateway, client, prompt)).toHaveLength(4);
  });
});

describe.each(streamingTransports)('a fork, over %s', (transport) => {
  it('is announced once to the list and to its source, and streams from its first message', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    await using changes = await client.subscribe(sessionsChanged);
    await using notices = await client.subscribe(sessionInfo, { sessionId });
    const made = await fork(client, sessionId, { title: 'Other' });
    await using deltas = await client.subscribe(messageDelta, { sessionId: made.id });
    const held = gateway.model.hold();
    const { turn } = await send(client, made.id, held.prompt);
    writeAnswer(await held.nextCall(), 'Hello from the fork.');
    const texts = new MergedTexts(await collectText(deltas));
    expect(texts.contents).toEqual(['Hello from the fork.']);
    await changes.next(
      ({ sessionsChanged: { kind, sessionId: id } }) => kind === 'UPDATED' && id === made.id,
    );
    const told = changes.collected
      .map(({ sessionsChanged: change }) => change)
      .filter((change) => change.sessionId === made.id);
    expect(told).toMatchObject([
      { kind: 'CREATED', session: { title: 'Other' } },
      ...told.slice(1).map(() => ({ kind: 'UPDATED' })),
    ]);
    await notices.next(({ sessionInfo: { infoType } }) => infoType === 'fork');
    const { nodes } = (await fetchSession(client, made.id)).messages;
    expect(nodes.at(-2)?.id).toBe(toMessageId(turn.id));
  });

  it('rejects cursors of its source', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.short);
    const { cursor: after } = await fetchSession(client, sessionId);
    const { id } = await fork(client, sessionId);
    await using events = await client.subscribe(sessionEvents, { sessionId: id, after });
    await events.closed;
    expect(JSON.stringify(events.error)).toContain('of this session');
  });
});

describe.each(transports)('the fork of an owned session, over %s', (transport) => {
  it('is accessible to its owner only, under a single id', async () => {
    await using everybody = await startGatewayForPeople();
    const alice = everybody.client('alice', transport);
    const bob = everybody.client('bob', transport);
    const sessionId = await createTestSession(everybody.gateway, alice);
    await ask(alice, sessionId, prompts.short);
    const refused = await bob.execute(forkSession, { input: { sessionId } });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'SESSION_NOT_FOUND' } }]);

    const { id, messages } = await fork(alice, sessionId);
    expect(await fetchSession(alice, id)).toMatchObject({ id, messages });
    expect((await ask(alice, id, prompts.story)).state).toBe('COMPLETED');
    expect((await fork(alice, id)).messages.nodes).toHaveLength(4);
    const again = { input: { sessionId: id, ifExists: 'RESUME' } } as const;
    expect((await alice.run(createSession, again)).createSession).toMatchObject({
      ...{ created: false, session: { id } },
    });
    for (const input of [{ sessionId: id }, { sessionId: id, beforeMessageId: 'nobody' }]) {
      const { errors } = await bob.execute(forkSession, { input });
      expect(errors).toMatchObject([{ extensions: { code: 'SESSION_NOT_FOUND' } }]);
    }
    const { sessions } = await bob.run(searchSessions, { search: id });
    expect(sessions.nodes).toEqual([]);
    expect((await alice.run(searchSessions, { search: id })).sessions.nodes).toMatchObject([
      { id },
    ]);
  });
});

describe.each(streamingTransports)('forks of owned sessions, over %s', (transport) => {
  it('are announced to their owner, all of them', async () => {
    await using everybody = await startGatewayForPeople();
    const alice = everybody.client('alice', transport);
    const bob = everybody.client('bob', transport);
    await using told = await alice.subscribe(sessionsChanged);
    await using toldBob = await bob.subscribe(sessionsChanged);
    const { id } = await fork(alice, await createTestSession(everybody.gateway, alice));
    await ask(alice, id, prompts.short);
    const isOfIt = (wanted: string) => (value: { readonly sessionsChanged: SessionChange }) =>
      value.sessionsChanged.kind === wanted && value.sessionsChanged.sessionId === id;
    await told.next(isOfIt('UPDATED'));
    await alice.run(deleteSession, { input: { sessionId: id } });
    await told.next(isOfIt('DELETED'));
    expect(told.collected.filter(isOfIt('CREATED'))).toHaveLength(1);
    const bobs = await createTestSession(everybody.gateway, bob);
    await toldBob.next(({ sessionsChanged: change }) => change.sessionId === bobs);
    const ids = toldBob.collected.map(({ sessionsChanged: change }) => change.sessionId);
    expect(new Set(ids)).toEqual(new Set([bobs]));
  });
});
