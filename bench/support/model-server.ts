import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';

import { listen } from '../fan-out/peer-api.ts';
import { answerCalls } from './child.ts';
import { wait } from './clock.ts';
import { knownAnswer, type Order, orderIn } from './model-prompts.ts';
import { stampedPiece } from './stamps.ts';

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

const otherwise: Order = { tokens: 1, perSecond: 0, seed: 0 };

/** An OpenAI-compatible model that answers as it is told, at an even pace. */
const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});

const offer = {
  /** @returns the base URL of the API */
  open: async (_none: null): Promise<string> => `http://127.0.0.1:${await listen(server)}/v1`,
};

export type ModelServer = typeof offer;

answerCalls(offer);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { messages } = JSON.parse(await readText(request)) as Asked;
  const prompt = JSON.stringify(messages.findLast(({ role }) => role === 'user')?.content);
  const order = orderIn(prompt) ?? otherwise;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await write(response, order);
  send(response, {}, 'stop');
  response.end('data: [DONE]\n\n');
}

async function write(response: ServerResponse, order: Order): Promise<void> {
  const { tokens, perSecond, seed } = order;
  const pieces = seed === null ? undefined : knownAnswer(order);
  // Not all streams in step.
  const startedAt = performance.now() + (perSecond > 0 ? Math.random() * (1_000 / perSecond) : 0);
  for (let index = 0; index < tokens && !response.destroyed; index++) {
    const pause = perSecond > 0 ? startedAt + (index * 1_000) / perSecond - performance.now() : 0;
    if (pause > 0) await wait(pause);
    send(response, { content: pieces?.[index] ?? stampedPiece() });
  }
}

function send(response: ServerResponse, delta: object, reason: string | null = null): void {
  const chunk = {
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: reason }],
  };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
