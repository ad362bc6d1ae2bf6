import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MissionControl, repository } from './mission-control.ts';

interface Account {
  readonly id: number;
  readonly login: string;
}

/** Settings that a test gateway has beside, which would stand in for an account. */
const withoutProvider = {
  PROVIDER_TYPE: '',
  PROVIDER_BASE_URL: '',
  PROVIDER_API_KEY: '',
  MODEL: '',
  CLI_URL: '',
  COPILOT_CONNECTION_TOKEN: '',
};
const MODEL = 'scripted';
const capabilities = {
  ...{ type: 'chat', family: 'test', supports: { streaming: true, tool_calls: true } },
  limits: { max_context_window_tokens: 128_000, max_prompt_tokens: 100_000 },
};

/** Where runtimes look for it by themselves. */
const MISSION_CONTROL = '/agents';

/**
 * GitHub, its models and Mission Control, as far as runtimes need them; each answer of a model says whose token
 * was used.
 */
export class FakeCopilot implements AsyncDisposable {
  readonly missionControl = new MissionControl();
  /** What each token stands for; any other is refused. */
  readonly accounts = new Map<string, Account>();
  /** By which callers of Mission Control said who they are. */
  readonly integrations = new Set<string>();
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });

  readonly #models: readonly string[];

  static async start(models: readonly string[] = [MODEL]): Promise<FakeCopilot> {
    const fake = new FakeCopilot(models);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  private constructor(models: readonly string[]) {
    this.#models = models;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Settings of a gateway whose runtime is its own, and has no account of the server's. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...withoutProvider,
      COPILOT_API_URL: this.url,
      COPILOT_DEBUG_GITHUB_API_URL: this.url,
      COPILOT_MC_BASE_URL: `${this.url}${MISSION_CONTROL}`,
      GITHUB_API_URL: this.url,
    };
  }

  /** @returns a new token of the account */
  createToken(login: string): string {
    const id = [...this.accounts.values()].find((known) => known.login === login)?.id;
    const token = `gho_${login}_${this.accounts.size}`;
    this.accounts.set(token, { id: id ?? this.accounts.size + 1, login });
    return token;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    const token = request.headers.authorization?.replace(/^(Bearer|token) /i, '') ?? '';
    const account = this.accounts.get(token);
    const path = request.url?.split('?')[0] ?? '';
    if (!account) answerJson(response, 401, { message: 'Bad credentials' });
    else if (path.startsWith(`${MISSION_CONTROL}/`)) {
      this.integrations.add(String(request.headers['copilot-integration-id']));
      const { status, body } = this.missionControl.answer({
        ...{ method: request.method ?? '', path: path.slice(MISSION_CONTROL.length) },
        ...{ login: account.login, body: text === '' ? null : (JSON.parse(text) as unknown) },
      });
      answerJson(response, status, body);
    } else if (path === '/chat/completions') answerModel(response, `I am ${account.login}.`);
    else this.#answerKnown(response, this.#bodyOf(path, account));
  }

  /** What it does not know is not there: the runtime would wait for a tool server that answers otherwise. */
  #answerKnown(response: ServerResponse, body: object | undefined): void {
    answerJson(response, body ? 200 : 404, body ?? {});
  }

  #bodyOf(path: string, { id, login }: Account): object | undefined {
    const model = { vendor: 'test', version: '1', object: 'model', capabilities };
    const bodies: Readonly<Record<string, object>> = {
      '/user': { id, login },
      [`/repositories/${repository.id}`]: repository,
      '/copilot_internal/user': {
        ...{ login, copilot_plan: 'business', is_mcp_enabled: false },
        endpoints: { api: this.url },
      },
      '/models': {
        data: this.#models.map((name) => ({
          ...{ ...model, id: name, name },
          ...{ model_picker_enabled: true, policy: { state: 'enabled' } },
        })),
      },
    };
    return bodies[path];
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function answerModel(response: ServerResponse, content: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = { id: 'x', object: 'chat.completion.chunk', created: 1, model: MODEL };
  for (const choice of [
    { index: 0, delta: { role: 'assistant', content } },
    { index: 0, delta: {}, finish_reason: 'stop' },
  ]) {
    response.write(`data: ${JSON.stringify({ ...chunk, choices: [choice] })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}
