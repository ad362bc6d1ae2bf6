import { expect, it } from 'vitest';

import { catchErrorCode } from '../../support/assertions/failures.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { credentialsRequired } from '../../support/operations/events.ts';
import {
  createSession,
  fetchSession,
  forkSession,
  resumeSession,
  updateSessionCredentials,
} from '../../support/operations/sessions.ts';
import { ask, type Turn } from '../../support/operations/turns.ts';
import { FakeCopilot } from '../../support/services/fake-copilot.ts';

const PROMPT = 'Who are you?';
const refusedTurn = {
  state: 'FAILED',
  error: { code: 'GITHUB_AUTH_REQUIRED', retryable: true, statusCode: 401 },
};

async function sessionOf(gateway: TestGateway, client: Client, gitHubToken: string) {
  const input = { sessionId: gateway.createSessionId(), gitHubToken };
  return (await client.run(createSession, { input })).createSession.session.id;
}

async function reply(client: Client, sessionId: string): Promise<string | undefined> {
  return (await ask(client, sessionId, PROMPT)).reply?.content;
}

/** Neither what is logged nor what is kept. */
function expectNoSecret(gateway: TestGateway, copilot: FakeCopilot): void {
  const logged = JSON.stringify(gateway.logs);
  for (const token of copilot.accounts.keys()) expect(logged).not.toContain(token);
}

it.each(transports)('each session uses its own GitHub token, over %s', async (transport) => {
  await using copilot = await FakeCopilot.start();
  const [ada, bob] = [copilot.createToken('ada'), copilot.createToken('bob')];
  await using gateway = await startTestGateway({ env: copilot.env });
  const client = gateway.connect(transport);
  const [adas, bobs] = [
    await sessionOf(gateway, client, ada),
    await sessionOf(gateway, client, bob),
  ];
  expect(await reply(client, adas)).toBe('I am ada.');
  expect(await reply(client, bobs)).toBe('I am bob.');
  const { forkSession: fork } = await client.run(forkSession, { input: { sessionId: adas } });
  expect(await reply(client, fork.session.id)).toBe('I am ada.');

  const input = { sessionId: bobs, gitHubToken: copilot.createToken('carol') };
  await client.run(updateSessionCredentials, { input });
  expect(await reply(client, bobs)).toBe('I am carol.');
  expect(await reply(client, adas)).toBe('I am ada.');
  expectNoSecret(gateway, copilot);
});

it('a rejected token fails the turn, is reported on the timeline, and can be replaced immediately', async () => {
  await using copilot = await FakeCopilot.start();
  const first = copilot.createToken('ada');
  await using gateway = await startTestGateway({ env: copilot.env });
  const client = gateway.connect('WebSocket');
  const sessionId = await sessionOf(gateway, client, first);
  const { cursor } = await fetchSession(client, sessionId);
  await using events = await client.subscribe(credentialsRequired, { sessionId, after: cursor });
  expect(await reply(client, sessionId)).toBe('I am ada.');

  copilot.accounts.delete(first);
  expect(await ask(client, sessionId, PROMPT)).toMatchObject(refusedTurn);
  await events.next();
  const update = (gitHubToken: string): Promise<unknown> =>
    client.run(updateSessionCredentials, { input: { sessionId, gitHubToken } });
  expect(await catchErrorCode(update('gho_nobody'))).toBe('GITHUB_AUTH_REQUIRED');
  await update(copilot.createToken('ada'));
  expect(await reply(client, sessionId)).toBe('I am ada.');
});

it('a token that GitHub rejects creates and changes no session', async () => {
  await using copilot = await FakeCopilot.start();
  await using gateway = await startTestGateway({ env: copilot.env });
  const client = gateway.connect('HTTP');
  const sessionId = gateway.createSessionId();
  const input = { sessionId, gitHubToken: 'gho_nobody' };
  expect(await catchErrorCode(client.run(createSession, { input }))).toBe('GITHUB_AUTH_REQUIRED');
  expect(await catchErrorCode(fetchSession(client, sessionId))).toBe('SESSION_NOT_FOUND');

  const ours = await sessionOf(gateway, client, copilot.createToken('ada'));
  const wrong = { sessionId: ours, gitHubToken: 'gho_nobody' };
  expect(await catchErrorCode(client.run(updateSessionCredentials, { input: wrong }))).toBe(
    'GITHUB_AUTH_REQUIRED',
  );
  expect(await catchErrorCode(client.run(resumeSession, { input: wrong }))).toBe(
    'GITHUB_AUTH_REQUIRED',
  );
  expect(await reply(client, ours)).toBe('I am ada.');
});

it("after a restart the token must be supplied again, and the server's account is not used instead", async () => {
  await using copilot = await FakeCopilot.start();
  const env = { ...copilot.env, COPILOT_GITHUB_TOKEN: copilot.createToken('server') };
  await using gateway = await startTestGateway({ env });
  const ada = copilot.createToken('ada');
  const before = gateway.connect('HTTP');
  const [updated, resumed] = [
    await sessionOf(gateway, before, ada),
    await sessionOf(gateway, before, ada),
  ];
  for (const sessionId of [updated, resumed]) {
    expect(await reply(before, sessionId)).toBe('I am ada.');
  }
  await gateway.restart();

  const client = gateway.connect('WebSocket');
  const { messages } = await fetchSession(client, updated);
  expect(messages.nodes.at(-1)?.content).toBe('I am ada.');
  await using events = await client.subscribe(credentialsRequired, { sessionId: updated });
  expect((await events.next()).sessionEvents.reason).toContain('updateSessionCredentials');
  expect(await catchErrorCode(ask(client, updated, PROMPT))).toBe('GITHUB_AUTH_REQUIRED');
  const input = { sessionId: updated, gitHubToken: ada };
  await client.run(updateSessionCredentials, { input });
  expect(await reply(client, updated)).toBe('I am ada.');
  await client.run(resumeSession, { input: { ...input, sessionId: resumed } });
  expect(await reply(client, resumed)).toBe('I am ada.');
  expectNoSecret(gateway, copilot);
});

it('with AUTH=github a session uses the latest token of its owner', async () => {
  await using copilot = await FakeCopilot.start();
  const [first, second] = [copilot.createToken('ada'), copilot.createToken('ada')];
  const env = { ...copilot.env, AUTH: 'github', ALLOWED_VIEWERS: '*', GITHUB_CACHE: '1ms' };
  await using gateway = await startTestGateway({ env });
  const ada = (token: string): Client =>
    gateway.connect('HTTP', { authorization: `Bearer ${token}` });
  const input = { sessionId: 'of-ada' };
  await ada(first).run(createSession, { input });
  expect(await reply(ada(first), 'of-ada')).toBe('I am ada.');

  copilot.accounts.delete(first);
  const turn: Turn = await ask(ada(second), 'of-ada', PROMPT);
  expect(turn).toMatchObject({ state: 'COMPLETED', reply: { content: 'I am ada.' } });
  await gateway.restart();
  expect(await reply(ada(second), 'of-ada')).toBe('I am ada.');
});

it('a GitHub token is rejected together with a model provider', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const sessionId = gateway.createSessionId();
  const input = { sessionId, gitHubToken: 'gho_any' };
  expect(await catchErrorCode(client.run(createSession, { input }))).toBe('BAD_USER_INPUT');
  await client.run(createSession, { input: { sessionId } });
  expect(await catchErrorCode(client.run(updateSessionCredentials, { input }))).toBe(
    'BAD_USER_INPUT',
  );
  expect(await catchErrorCode(client.run(resumeSession, { input }))).toBe('BAD_USER_INPUT');
  for (const gitHubToken of ['', 'with space', 'x'.repeat(5_000), 'é']) {
    const malformed = { sessionId, gitHubToken };
    expect(await catchErrorCode(client.run(updateSessionCredentials, { input: malformed }))).toBe(
      'BAD_USER_INPUT',
    );
  }
});
