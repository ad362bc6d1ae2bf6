import { createClient } from 'graphql-sse';
import { it } from 'vitest';

import { Collector } from '../support/clients/collector.ts';
import { startTestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { type Chat, tellCutStory } from './cut-story.ts';
import { askAndWait, createSession, readHistory } from './set-up/documents.ts';
import { runOverSse, watchOverSse } from './set-up/graphql-sse.ts';
import type { Patch } from './set-up/live-texts.ts';

function sseChat(url: string, cutUrl: string): Chat {
  const client = createClient({ url });
  return {
    create: async (sessionId) =>
      (await runOverSse(client, createSession, { sessionId })).createSession.session.cursor,
    ask: (sessionId, prompt) => runOverSse(client, askAndWait, { sessionId, prompt }),
    watch: (position, observer) => watchOverSse(cutUrl, position, observer),
    history: async (sessionId) =>
      (await runOverSse(client, readHistory, { sessionId })).session?.messages?.nodes,
  };
}

it('graphql-sse resumes exactly where its connection dropped', async () => {
  await tellCutStory(({ url, cutUrl }) => sseChat(url, cutUrl));
});

it('graphql-sse reconnects after a restart of the gateway', async () => {
  await using gateway = await startTestGateway();
  const chat = sseChat(gateway.url, gateway.url);
  const sessionId = gateway.createSessionId();
  const after = await chat.create(sessionId);
  await using patches = new Collector<Patch>();
  const fail = (error: unknown): void => patches.fail(error);
  const stop = chat.watch(
    { sessionId, after },
    { onPatch: (patch) => patches.push(patch), onError: fail },
  );
  await chat.ask(sessionId, prompts.short);
  await patches.next(({ text }) => text === answers.short);

  await gateway.restart();
  const held = gateway.model.hold();
  const answered = chat.ask(sessionId, held.prompt);
  const call = await held.nextCall();
  call.write('Back.');
  await patches.next(({ text }) => text === 'Back.');
  call.finish();
  await answered;
  stop();
});
