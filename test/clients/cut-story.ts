import type { Client as Sockets } from 'graphql-ws';
import { expect } from 'vitest';

import { Collector } from '../support/clients/collector.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { TcpProxy } from '../support/services/tcp-proxy.ts';
import type { Position } from './set-up/documents.ts';
import { createResumingClient } from './set-up/graphql-ws.ts';
import { LiveTexts, type Patch, type TextObserver } from './set-up/live-texts.ts';

export interface HistoryMessage {
  readonly __typename: string;
  readonly id: string;
  readonly content?: string;
}

/** What each client is shown to do, by the code of its set-up. */
export interface Chat {
  /** @returns the cursor of the session */
  create(sessionId: string): Promise<string | null>;
  /** Resolves when the turn has ended. */
  ask(sessionId: string, prompt: string): Promise<unknown>;
  /** @returns ends it */
  watch(position: Position, observer: TextObserver): () => void;
  history(sessionId: string): Promise<readonly HistoryMessage[] | undefined>;
}

interface Addresses {
  readonly gateway: TestGateway;
  /** Of the gateway. */
  readonly url: string;
  /** Of the gateway, by way of the line that is cut. */
  readonly cutUrl: string;
}

/** For clients whose subscriptions go over the sockets of graphql-ws. */
export async function tellOverSockets(
  makeChat: (url: string, sockets: Sockets) => Chat & { close?(): unknown },
): Promise<void> {
  await tellCutStory(({ url, cutUrl }) => {
    const sockets = createResumingClient(cutUrl);
    const chat = makeChat(url, sockets);
    const close = async (): Promise<void> => {
      await chat.close?.();
      await sockets.dispose();
    };
    return { ...chat, close };
  });
}

/** Create, stream, cut in mid-answer, resume: what was merged is what the history says. */
export async function tellCutStory(
  makeChat: (addresses: Addresses) => Chat & { close?(): unknown },
): Promise<void> {
  await using gateway = await startTestGateway();
  await using line = await TcpProxy.start(Number(new URL(gateway.url).port));
  const chat = makeChat({ gateway, url: gateway.url, cutUrl: line.toProxyUrl(gateway.url) });
  const sessionId = gateway.createSessionId();
  const after = await chat.create(sessionId);
  await using patches = new Collector<Patch>();
  const observer = {
    onPatch: (patch: Patch) => patches.push(patch),
    onError: (error: unknown) => patches.fail(error),
  };
  const stop = chat.watch({ sessionId, after }, observer);
  try {
    await chat.ask(sessionId, prompts.short);
    await patches.next(({ state }) => state === 'COMPLETE');
    const held = gateway.model.hold();
    const answered = chat.ask(sessionId, held.prompt);
    const call = await held.nextCall();
    call.write('Cut ');
    await patches.next(({ text }) => text === 'Cut ');

    line.cut();
    call.write('in the middle.');
    call.finish();
    await patches.next(({ state }) => state === 'COMPLETE');
    await answered;
    await expectEqualTexts(chat, sessionId, patches.collected);
  } finally {
    stop();
    await chat.close?.();
  }
  expect(line.accepted).toBeGreaterThanOrEqual(2);
}

async function expectEqualTexts(
  chat: Chat,
  sessionId: string,
  patches: readonly Patch[],
): Promise<void> {
  const texts = new LiveTexts();
  for (const patch of patches) texts.apply(patch);
  const replies = (await chat.history(sessionId))?.filter(
    ({ __typename }) => __typename === 'AssistantMessage',
  );
  expect(replies?.map(({ content }) => content)).toEqual([answers.short, 'Cut in the middle.']);
  expect(replies?.map(({ id }) => texts.get(id))).toEqual(replies?.map(({ content }) => content));
  // It went on where it was cut: from the start it would have got the first answer twice.
  expect(patches.filter(({ text }) => text === answers.short)).toHaveLength(1);
}
