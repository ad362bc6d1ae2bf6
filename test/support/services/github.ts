import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** GitHub's API as far as tokens are checked with it. */
export class GitHub implements AsyncDisposable {
  readonly #server: Server;
  /** What each token stands for; any other is refused. */
  readonly accounts = new Map<string, { readonly id: number; readonly login: string }>();
  /** Tokens that it was asked about. */
  readonly asked: string[] = [];
  isBroken = false;

  static async start(): Promise<GitHub> {
    const gitHub = new GitHub();
    gitHub.#server.listen(0, '127.0.0.1');
    await once(gitHub.#server, 'listening');
    return gitHub;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      this.asked.push(token);
      const account = request.url === '/api/user' ? this.accounts.get(token) : undefined;
      response.statusCode = this.isBroken ? 503 : account ? 200 : 401;
      response.end(JSON.stringify(account ?? { message: 'Bad credentials' }));
    });
  }

  get env(): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as AddressInfo;
    return { AUTH: 'github', GITHUB_API_URL: `http://127.0.0.1:${port}/api/` };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
