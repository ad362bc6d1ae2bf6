import type { Client } from 'graphql-ws';
import { expect, it } from 'vitest';

import { Collector } from '../support/clients/collector.ts';
import { startTestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { type Chat, tellOverSockets } from './cut-story.ts';
import { askAndWait, createSession, readHistory } from './set-up/documents.ts';
import { createResumingClient, runOverSocket, watchOverSocket } from './set-up/graphql-ws.ts';
import { LiveTexts, type Patch } from './set-up/live-texts.ts';

/** @param uncut a line of its own for what is asked: requests are not sent again, subscriptions are */
function socketChat(sockets: Client, uncut: Client): Chat & { close(): unknown } {
  return {
    create: async (sessionId) =>
      (await runOverSocket(uncut, createSession, { sessionId })).createSession.session.cursor,
    ask: (sessionId, prompt) => runOverSocket(uncut, askAndWait, { sessionId, prompt }),
    watch: (position, observer) => watchOverSocket(sockets, position, observer),
    history: async (sessionId) =>
      (await runOverSocket(uncut, readHistory, { sessionId })).session?.messages?.nodes,
    close: () => uncut.dispose(),
  };
}

it('graphql-ws resumes exactly where its connection dropped', async () => {
  await tellOverSockets((url, sockets) => socketChat(sockets, createResumingClient(url)));
});

it('graphql-ws reconnects after a restart of the gateway and resumes', async () => {
  await using gateway = await startTestGateway();
  const sockets = createResumingClient(gateway.url);
  const chat = socketChat(sockets, sockets);
  const closes = new Collector<number>();
  sockets.on('closed', (event) => {
    closes.push((event as { code: number }).code);
  });
  const sessionId = gateway.createSessionId();
  const after = await chat.create(sessionId);
  await using patches = new Collector<Patch>();
  const fail = (error: unknown): void => patches.fail(error);
  const stop = chat.watch(
    { sessionId, after },
    { onPatch: (patch) => patches.push(patch), onError: fail },
  );
  await chat.ask(sessionId, prompts.short);
  await patches.next(({ state }) => state === 'COMPLETE');

  await gateway.stop();
  expect(await closes.next((code) => code !== 1000)).toBe(1012);
  await gateway.start();
  await chat.ask(sessionId, prompts.story);
  const texts = new LiveTexts();
  for (const patch of patches.collected.slice(0, patches.taken)) texts.apply(patch);
  const { messageId } = await patches.next((patch) => {
    texts.apply(patch);
    return texts.get(patch.messageId) === answers.story;
  });
  const first = patches.collected[0]!.messageId;
  expect(messageId).not.toBe(first);
  expect(texts.get(first)).toBe(answers.short);
  stop();
  await sockets.dispose();
});
