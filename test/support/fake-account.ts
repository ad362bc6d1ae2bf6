import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of GitHub as the bundled runtime needs to be signed in and to list models. */
export interface FakeAccount extends AsyncDisposable {
  /** Settings of a gateway that is signed in here. */
  readonly env: NodeJS.ProcessEnv;
}

export async function startFakeAccount(models: readonly string[]): Promise<FakeAccount> {
  const server = createServer((request, response) => {
    const found = answers(models)[request.url?.split('?')[0] ?? ''];
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      COPILOT_API_URL: url,
      COPILOT_DEBUG_GITHUB_API_URL: url,
      COPILOT_GITHUB_TOKEN: 'gho_planted',
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answers(models: readonly string[]): Readonly<Record<string, object>> {
  const supports = { streaming: true, tool_calls: true, vision: false };
  const limits = { max_context_window_tokens: 128_000, max_prompt_tokens: 100_000 };
  const capabilities = { type: 'chat', family: 'test', supports, limits };
  return {
    '/copilot_internal/user': { login: 'svc', copilot_plan: 'business', is_mcp_enabled: false },
    '/copilot_internal/managed_settings': {},
    '/models': {
      data: models.map((id) => ({
        ...{ id, name: id, vendor: 'test', version: '1', object: 'model', capabilities },
        ...{ model_picker_enabled: true, policy: { state: 'enabled', terms: '' } },
      })),
    },
  };
}
