import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';

import { LLMock } from '@copilotkit/aimock';

import { Collector } from '../clients/collector.ts';

/** The prompts that select what the model does. */
export const prompts = {
  story: 'Tell me a story',
  /** Calls the shell, which needs permission, then replies `answers.afterTool`. */
  shell: 'Use the shell',
  reasoning: 'Think first',
  /** Rejected with HTTP 400. */
  refused: 'Be refused',
  /** Rejected with HTTP 403. */
  unauthorized: 'Be unauthorized',
  /** Fails once with HTTP 500, then succeeds. */
  retried: 'Fail at first',
  short: 'Say hello',
} as const;

export const answers = {
  story:
    'Once upon a time a gateway stood between two cities, and every word that came from the one was ' +
    'written down before it was called out to the other, so that nobody ever heard half a sentence: 🌉, ñ, 漢字.',
  afterTool: 'I was not allowed to do that.',
  thought: 'The question is simple; the answer should be as well.',
  afterThought: 'Forty-two.',
  afterRetry: 'It worked the second time.',
  short: 'Hello.',
} as const;

const providerDetail = 'this text of the provider must not reach a client';

/** The body of a model call, with its messages in order. */
interface ModelRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly reasoning_effort?: string;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

/** A model call whose response the test writes. */
export class HeldCall {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.#send({ role: 'assistant', content: '' });
  }

  write(text: string): void {
    this.#send({ content: text });
  }

  /** Writes with pauses, as a model does: pieces that are written at once may arrive together. */
  async writeSlowly(pieces: readonly string[], pauseMs: number): Promise<void> {
    for (const piece of pieces) {
      this.write(piece);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** Reports token usage. Must be called before the response ends. */
  reportUsage(input: number, output: number, cached = 0): void {
    this.#write({
      choices: [],
      usage: {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
        prompt_tokens_details: { cached_tokens: cached },
      },
    });
  }

  /** Ends the response with a tool call. */
  callTool(name: string, args: object): void {
    const call = { name, arguments: JSON.stringify(args) };
    this.#send({ tool_calls: [{ index: 0, id: 'call-held', type: 'function', function: call }] });
    this.#send({}, 'tool_calls');
    this.#response.end('data: [DONE]\n\n');
  }

  finish(): void {
    this.#send({}, 'stop');
    this.#response.end('data: [DONE]\n\n');
  }

  /** Drops the connection in the middle of the response. */
  disconnect(): void {
    this.#response.destroy();
  }

  #send(delta: object, finishReason: string | null = null): void {
    this.#write({ choices: [{ index: 0, delta, finish_reason: finishReason }] });
  }

  #write(content: object): void {
    const envelope = { id: 'chatcmpl-held', object: 'chat.completion.chunk', created: 0 };
    const chunk = { ...envelope, model: 'scripted', ...content };
    this.#response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
}

/** A prompt whose responses the test writes. */
export class HeldPrompt {
  readonly prompt: string;
  readonly calls = new Collector<HeldCall>();

  constructor(prompt: string) {
    this.prompt = prompt;
  }

  /** Waits for the next model call; the runtime calls again after a dropped connection. */
  nextCall(): Promise<HeldCall> {
    return this.calls.next();
  }
}

/**
 * An OpenAI-compatible model without network and account. aimock serves the fixed scripts. It cannot stop in the
 * middle of a response, so a server in front of it handles held prompts.
 */
export class ScriptedModel implements AsyncDisposable {
  readonly name = 'scripted';
  readonly requests: ModelRequest[] = [];
  readonly #mock: LLMock;
  readonly #front: Server;
  readonly #held: HeldPrompt[] = [];

  static async start(): Promise<ScriptedModel> {
    const model = new ScriptedModel();
    await model.#mock.start();
    model.#front.listen(0, '127.0.0.1');
    await once(model.#front, 'listening');
    return model;
  }

  private constructor() {
    this.#mock = createMock();
    this.#front = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#front.address() as AddressInfo).port}/v1`;
  }

  /** @param words a part of the prompt; generated by default */
  hold(words = `Wait for me ${randomUUID()}`): HeldPrompt {
    const held = new HeldPrompt(words);
    this.#held.push(held);
    return held;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#front, 'close');
    this.#front.close();
    this.#front.closeAllConnections();
    await Promise.all([closed, this.#mock.stop()]);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    const asked = JSON.parse(body) as ModelRequest;
    this.requests.push(asked);
    const prompt = JSON.stringify(asked.messages.findLast(({ role }) => role === 'user')?.content);
    const held = this.#held.find((candidate) => prompt.includes(candidate.prompt));
    if (held) held.calls.push(new HeldCall(response));
    else await this.#pass(request, body, response);
  }

  async #pass({ url }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const answer = await fetch(new URL(url ?? '', this.#mock.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    });
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  }
}

function createMock(): LLMock {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  const pace = { streamingProfile: { ttft: 5, tps: 400 }, chunkSize: 12 };
  const failure = { message: providerDetail, type: 'invalid_request_error' };
  mock.onMessage(prompts.story, { content: answers.story }, pace);
  mock.onMessage(prompts.short, { content: answers.short });
  mock.onMessage(
    prompts.reasoning,
    { content: answers.afterThought, reasoning: answers.thought },
    pace,
  );
  mock.onMessage(prompts.refused, { error: failure, status: 400 });
  mock.onMessage(prompts.unauthorized, { error: failure, status: 403 });
  mock.on(
    { userMessage: prompts.retried, sequenceIndex: 0 },
    { error: { message: providerDetail, type: 'server_error' }, status: 500 },
  );
  mock.onMessage(prompts.retried, { content: answers.afterRetry });
  // Must precede the script that calls the tool, or the model would call it endlessly.
  mock.on({ userMessage: prompts.shell, hasToolResult: true }, { content: answers.afterTool });
  mock.onMessage(prompts.shell, {
    toolCalls: [
      {
        name: 'bash',
        arguments: JSON.stringify({ command: 'touch made-by-agent', description: 'Make a file' }),
      },
    ],
  });
  return mock;
}
