import { afterAll, describe, expect, it } from 'vitest';

import { graphql } from '../../generated/operations/gql.ts';
import { streamingTransports, transports } from '../../support/clients/transports.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { sessionEvents } from '../../support/operations/events.ts';
import { startGatewayForPeople } from '../../support/operations/people.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
  sessionsChanged,
} from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const everybody = await startGatewayForPeople();
const { gateway } = everybody;
afterAll(() => everybody[Symbol.asyncDispose]());

const list = graphql(`
  query ListOwnedSessions($allOwners: Boolean! = false, $search: String) {
    sessions(first: 100, filter: { allOwners: $allOwners, search: $search }) {
      totalCount
      nodes {
        id
        owner
        title
        state
      }
    }
  }
`);

/** As the gateway and the runtime call sessions among themselves. */
const INSIDE = /[0-9a-f]{16}_/;

describe.each(transports)('over %s', (transport) => {
  it('two viewers can use the same session id and see only their own messages', async () => {
    const sessionId = `main-${transport}`;
    const said: Record<string, string[]> = {};
    for (const [person, prompt] of [
      ['alice', prompts.short],
      ['bob', prompts.story],
    ] as const) {
      const client = everybody.client(person, transport);
      const created = await client.run(createSession, { input: { sessionId } });
      expect(created.createSession).toMatchObject({ created: true, session: { id: sessionId } });
      await ask(client, sessionId, prompt);
    }
    for (const person of ['alice', 'bob'] as const) {
      const client = everybody.client(person, transport);
      const again = await client.run(createSession, { input: { sessionId, ifExists: 'RESUME' } });
      expect(again.createSession.created).toBe(false);
      const session = await fetchSession(client, sessionId);
      said[person] = session.messages.nodes.map(({ content }) => content);
      expect(JSON.stringify([again, session])).not.toMatch(INSIDE);
    }
    expect(said).toEqual({
      alice: [prompts.short, answers.short],
      bob: [prompts.story, answers.story],
    });
  });

  it('the list contains the caller’s own sessions, and operators see metadata of all sessions but no content', async () => {
    const title = `Alice's secret ${transport}`;
    const alice = everybody.client('alice', transport);
    const olga = everybody.client('olga', transport);
    const sessionId = await createTestSession(gateway, alice, { title });
    const own = (await alice.run(list)).sessions.nodes;
    expect(own).toContainEqual(
      expect.objectContaining({ id: sessionId, owner: 'viewer:alice', title }),
    );
    const bobs = (await everybody.client('bob', transport).run(list)).sessions.nodes;
    expect(bobs.filter(({ owner }) => owner !== 'viewer:bob')).toEqual([]);
    expect((await olga.run(list)).sessions.nodes).toEqual([]);

    const all = (await olga.run(list, { allOwners: true })).sessions.nodes;
    expect(all).toContainEqual(
      expect.objectContaining({ id: `alice:${sessionId}`, owner: 'viewer:alice', title: null }),
    );
    expect((await olga.run(list, { allOwners: true, search: title })).sessions.nodes).toEqual([]);
    const byName = await olga.run(list, { allOwners: true, search: sessionId });
    expect(byName.sessions.totalCount).toBe(1);
    const bob = await everybody.client('bob', transport).execute(list, { allOwners: true });
    expect(bob.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('a session that another program created has no owner and is visible to operators only', async () => {
    const id = `elsewhere-${transport}`;
    const now = new Date();
    await gateway.store.insert({
      id,
      owner: null,
      profile: 'default',
      model: null,
      reasoningEffort: null,
      title: 'Not for everybody',
      titleChosen: false,
      instructions: null,
      labels: [],
      clientTools: [],
      repository: null,
      gitHubAccount: 'server',
      ownProvider: null,
      hasMessages: false,
      rewinds: 0,
      location: 'local',
      remoteMode: 'off',
      isStarting: false,
      remoteUrl: null,
      remoteSteerable: false,
      workingDirectory: 'runtime',
      createdAt: now,
      updatedAt: now,
    });
    for (const person of ['alice', 'olga'] as const) {
      const client = everybody.client(person, transport);
      const nodes = (await client.run(list)).sessions.nodes;
      expect(nodes.map((node) => node.id)).not.toContain(id);
      await expect(fetchSession(client, id)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    }
    const all = await everybody.client('olga', transport).run(list, { allOwners: true });
    expect(all.sessions.nodes).toContainEqual(
      expect.objectContaining({ id: `:${id}`, owner: null, title: null }),
    );
  });
});

it('an operator finds the session of another viewer by its listed id, without its content', async () => {
  const alice = everybody.client('alice', 'HTTP');
  const olga = everybody.client('olga', 'HTTP');
  const id = `alice:${await createTestSession(gateway, alice)}`;
  const metadata = graphql(`
    query ReadMetadata($id: ID!) {
      node(id: $id) {
        id
        ... on Session {
          owner
          state
          createdAt
        }
      }
      session(id: $id) {
        id
        title
      }
    }
  `);
  expect(await olga.run(metadata, { id })).toMatchObject({
    node: { id, owner: 'viewer:alice', state: 'IDLE' },
    session: { id, title: null },
  });
  const fields = [
    'cursor',
    'currentTurn { id }',
    'turn(id: "turn:x") { id }',
    'messages { nodes { id } }',
  ];
  for (const field of fields) {
    const { errors } = await olga.execute(`query ($id: ID!) { session(id: $id) { ${field} } }`, {
      id,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  const bob = await everybody.client('bob', 'HTTP').execute(metadata, { id });
  expect(bob).toMatchObject({
    data: { node: null, session: null },
    errors: [{ path: ['session'], extensions: { code: 'SESSION_NOT_FOUND' } }],
  });
});

describe.each(streamingTransports)('a subscription over %s', (transport) => {
  it('to the list reports the caller’s own sessions only', async () => {
    await using people = await startGatewayForPeople();
    const { gateway } = people;
    const [alice, bob] = [people.client('alice', transport), people.client('bob', transport)];
    await using changes = await alice.subscribe(sessionsChanged);
    const his = await createTestSession(gateway, bob);
    const hers = await createTestSession(gateway, alice);
    const first = await changes.next();
    expect(first.sessionsChanged).toMatchObject({
      kind: 'CREATED',
      sessionId: hers,
      session: { id: hers },
    });
    expect(JSON.stringify(changes.collected)).not.toContain(his);
  });

  it('rejects the cursor of another viewer’s session with the same id', async () => {
    await using people = await startGatewayForPeople();
    const sessionId = 'main';
    const [alice, bob] = [people.client('alice', transport), people.client('bob', transport)];
    const { createSession: created } = await alice.run(createSession, { input: { sessionId } });
    await bob.run(createSession, { input: { sessionId } });
    const variables = { sessionId, after: created.session.cursor };
    await using hers = await alice.subscribe(sessionEvents, variables);
    expect(hers.hasEnded).toBe(false);
    await using his = await bob.subscribe(sessionEvents, variables);
    expect(await his.waitForFailure()).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
