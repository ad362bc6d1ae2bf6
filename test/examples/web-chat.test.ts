import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { expect, it } from 'vitest';

import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { startGatewayForPeople } from '../support/operations/people.ts';
import { fetchSession } from '../support/operations/sessions.ts';

interface WebApi extends AsyncDisposable {
  ask(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Told>;
}

interface Told {
  readonly status: number;
  readonly body: unknown;
}

/** As `npm run example:chat` runs it. */
async function startWebApi({ url }: TestGateway): Promise<WebApi> {
  const args = ['--import=tsx', 'examples/chat/main.ts', '--url', url, '--port', '0'];
  const api = spawn(process.execPath, args);
  const [line] = (await once(createInterface({ input: api.stdout }), 'line')) as [string];
  const address = line.replace('listening on ', '');
  return {
    async ask(body, headers = {}) {
      const response = await fetch(address, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async [Symbol.asyncDispose]() {
      const exited = once(api, 'exit');
      api.kill('SIGKILL');
      await exited;
    },
  };
}

it('the web chat creates a session with the first message and continues it with later ones, also after a restart', async () => {
  await using gateway = await startTestGateway();
  await using api = await startWebApi(gateway);
  const sessionId = 'user-42-chat';
  expect(await api.ask({ sessionId, message: prompts.short, messageId: 'm1' })).toEqual({
    status: 200,
    body: { sessionId, content: answers.short },
  });
  await gateway.restart();
  for (const messageId of ['m2', 'm2'])
    expect(await api.ask({ sessionId, message: prompts.story, messageId })).toMatchObject({
      body: { content: answers.story },
    });
  const { messages } = await fetchSession(gateway.connect('HTTP'), sessionId);
  expect(messages.nodes.map(({ content }) => content)).toEqual([
    prompts.short,
    answers.short,
    prompts.story,
    answers.story,
  ]);
});

it('the web chat reports errors by HTTP status and code', async () => {
  await using gateway = await startTestGateway();
  await using api = await startWebApi(gateway);
  const message = prompts.short;
  const codeOf = async (body: unknown): Promise<unknown> => api.ask(body);
  expect(await codeOf({ message })).toMatchObject({ status: 400 });
  expect(await codeOf({ sessionId: 'a b', message })).toMatchObject({
    status: 400,
    body: { error: { code: 'BAD_USER_INPUT' } },
  });
  expect(await codeOf({ sessionId: 'one', message: prompts.refused })).toMatchObject({
    status: 502,
    body: { error: { code: 'MODEL_ERROR' } },
  });
  await gateway.stop();
  expect(await codeOf({ sessionId: 'one', message })).toMatchObject({ status: 503 });
});

it("the web chat forwards the caller's identity, so two users can have chats with the same id", async () => {
  await using people = await startGatewayForPeople();
  await using api = await startWebApi(people.gateway);
  const sessionId = 'mine';
  const [alice, bob] = [people.credentials('alice'), people.credentials('bob')];
  await api.ask({ sessionId, message: prompts.story }, alice);
  await api.ask({ sessionId, message: prompts.short }, bob);
  expect((await api.ask({ sessionId, message: prompts.short })).status).toBe(401);
  const { messages } = await fetchSession(people.client('bob', 'HTTP'), sessionId);
  expect(messages.nodes.map(({ content }) => content)).toEqual([prompts.short, answers.short]);
});
