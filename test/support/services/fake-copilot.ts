import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MissionControl, repository } from './mission-control.ts';

interface Account {
  readonly id: number;
  readonly login: string;
}

/** Removes the default settings of test gateways that would be used instead of an account. */
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
  type: 'chat',
  family: 'test',
  supports: { streaming: true, tool_calls: true },
  limits: { max_context_window_tokens: 128_000, max_prompt_tokens: 100_000 },
};

/** The path at which runtimes expect Mission Control by default. */
const MISSION_CONTROL = '/agents';
/** The path of the API on GitHub Enterprise Server. */
const ENTERPRISE_API = '/api';

/**
 * GitHub's API, models and Mission Control, as far as gateways and runtimes use them. Each response of a model names
 * the account whose token was used.
 */
export class FakeCopilot implements AsyncDisposable {
  readonly missionControl = new MissionControl();
  /** The account of each token. Other tokens are rejected. */
  readonly accounts = new Map<string, Account>();
  /** The integration ids that callers of Mission Control have sent. */
  readonly integrations = new Set<string>();
  /** The tokens of all requests, in order. */
  readonly usedTokens: string[] = [];
  /** Whether all requests fail with 503. */
  isBroken = false;
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

  /** The settings of a gateway with its own runtime, which has no account. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...withoutProvider,
      COPILOT_API_URL: this.url,
      COPILOT_DEBUG_GITHUB_API_URL: this.url,
      COPILOT_MC_BASE_URL: `${this.url}${MISSION_CONTROL}`,
      GITHUB_API_URL: this.url,
    };
  }

  /** The settings of a gateway that authenticates its callers with GitHub, at a URL with a path. */
  get authEnv(): NodeJS.ProcessEnv {
    return { AUTH: 'github', GITHUB_API_URL: `${this.url}${ENTERPRISE_API}/` };
  }

  /** Creates a token of the account. */
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
    const path = getPath(request);
    this.usedTokens.push(token);
    if (this.isBroken) answerJson(response, 503, {});
    else if (!account) answerJson(response, 401, { message: 'Bad credentials' });
    else if (path.startsWith(`${MISSION_CONTROL}/`)) {
      this.integrations.add(String(request.headers['copilot-integration-id']));
      const { status, body } = this.missionControl.answer({
        method: request.method ?? '',
        path: path.slice(MISSION_CONTROL.length),
        login: account.login,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      });
      answerJson(response, status, body);
    } else if (path === '/chat/completions') answerModel(response, `I am ${account.login}.`);
    else this.#answerKnown(response, this.#bodyOf(path, account));
  }

  /** Responds with 404 to unknown paths: the runtime would wait for a tool server with another response. */
  #answerKnown(response: ServerResponse, body: object | undefined): void {
    answerJson(response, body ? 200 : 404, body ?? {});
  }

  #bodyOf(path: string, { id, login }: Account): object | undefined {
    const model = { vendor: 'test', version: '1', object: 'model', capabilities };
    const bodies: Readonly<Record<string, object>> = {
      '/user': { id, login },
      [`/repositories/${repository.id}`]: repository,
      '/copilot_internal/user': {
        login,
        copilot_plan: 'business',
        is_mcp_enabled: false,
        endpoints: { api: this.url },
      },
      '/models': {
        data: this.#models.map((name) => ({
          ...model,
          id: name,
          name,
          model_picker_enabled: true,
          policy: { state: 'enabled' },
        })),
      },
    };
    return bodies[path];
  }
}

function getPath({ url = '' }: IncomingMessage): string {
  const { pathname } = new URL(url, 'http://localhost');
  return pathname.startsWith(`${ENTERPRISE_API}/`)
    ? pathname.slice(ENTERPRISE_API.length)
    : pathname;
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
