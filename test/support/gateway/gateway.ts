import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import { type RunningGateway, startGateway } from '../../../src/compose.ts';
import { loadConfig } from '../../../src/config/config.ts';
import type { Session } from '../../../src/copilot/session/session.ts';
import type { SessionId } from '../../../src/events/ids.ts';
import { createLogger } from '../../../src/lifecycle/logger.ts';
import type { Services } from '../../../src/resolvers/context.ts';
import type { SessionStore } from '../../../src/store/session-store.ts';
import { type Client, connect, type Transport } from '../clients/transports.ts';
import { ScriptedModel } from '../models/scripted-model.ts';

interface LogRecord {
  readonly level: number;
  readonly msg?: string;
  readonly [key: string]: unknown;
}

export interface TestGatewayOptions {
  /** Settings that are added to the default settings of tests or replace them. */
  readonly env?: NodeJS.ProcessEnv;
  /** Profiles that replace the built-in one. */
  readonly profiles?: Readonly<Record<string, object>>;
  /** Whether errors in the log are expected. Otherwise they fail the test. */
  readonly mayLogErrors?: boolean;
}

const ERROR_LEVEL = 50;

/** Starts a gateway in this process, with a real runtime, a scripted model and its own data directory. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const model = await ScriptedModel.start();
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  const gateway = new TestGateway(model, dataDir, options);
  await gateway.start();
  return gateway;
}

export class TestGateway implements AsyncDisposable {
  readonly model: ScriptedModel;
  readonly dataDir: string;
  readonly logs: LogRecord[] = [];
  readonly #options: TestGatewayOptions;
  readonly #clients: Client[] = [];
  readonly #sessionIds: string[] = [];
  #running: RunningGateway | undefined;
  #port = '0';

  constructor(model: ScriptedModel, dataDir: string, options: TestGatewayOptions) {
    this.model = model;
    this.dataDir = dataDir;
    this.#options = options;
  }

  get url(): string {
    return this.#current().url;
  }

  get services(): Services {
    return this.#current().services;
  }

  get store(): SessionStore {
    return this.#current().store;
  }

  /** Returns an open session by its name, which is also its id with AUTH=none. */
  findOpenSession(sessionId: string): Session | undefined {
    return this.services.sessions.findOpen(sessionId as SessionId);
  }

  /** Returns a unique session id, since tests may share a runtime. The session is deleted with the gateway. */
  createSessionId(): string {
    const id = `test-${randomUUID()}`;
    this.#sessionIds.push(id);
    return id;
  }

  /** Returns a client that is closed together with the gateway. */
  connect<T extends Transport>(
    transport: T,
    headers: Readonly<Record<string, string>> = {},
  ): ReturnType<typeof connect<T>> {
    const openSubscriptions = (): number =>
      this.#running?.services.gateway.activeSubscriptions ?? 0;
    const client = connect(transport, { url: this.url, headers, openSubscriptions });
    this.#clients.push(client);
    return client;
  }

  /** Starts the gateway: the first time on any free port, later on the same one. */
  async start(): Promise<void> {
    const profiles = await this.#profilesFile();
    const config = loadConfig({
      ...this.#env(),
      ...profiles,
      ...this.#options.env,
      PORT: this.#port,
    });
    const write = (line: string): void => {
      this.logs.push(JSON.parse(line) as LogRecord);
    };
    this.#running = await startGateway(config, createLogger('trace', { write }));
    this.#port = new URL(this.url).port;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#clients.map((client) => client[Symbol.asyncDispose]()));
    await this.#deleteSessions();
    await this.stop();
    await this.model[Symbol.asyncDispose]();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
    const errors = this.logs.filter(({ level }) => level >= ERROR_LEVEL);
    if (errors.length > 0 && !this.#options.mayLogErrors) {
      throw new Error(`the gateway logged errors: ${JSON.stringify(errors, null, 1)}`);
    }
  }

  /** Deletes the sessions of the test in a shared runtime. A bundled runtime ends with the gateway. */
  async #deleteSessions(): Promise<void> {
    if (!this.#running || inject('runtime').kind === 'bundled') return;
    const { runtime } = this.services;
    const ids = this.#sessionIds.splice(0);
    await Promise.allSettled(
      ids.map((id) => runtime.call((client) => client.deleteSession(id), 5_000)),
    );
  }

  async #profilesFile(): Promise<NodeJS.ProcessEnv> {
    const { profiles } = this.#options;
    if (!profiles) return {};
    const file = join(this.dataDir, 'profiles.json');
    await writeFile(file, JSON.stringify({ profiles }));
    return { PROFILES_FILE: file };
  }

  #env(): NodeJS.ProcessEnv {
    const runtime = inject('runtime');
    return {
      PATH: process.env['PATH'],
      HOME: this.dataDir,
      DATA_DIR: this.dataDir,
      HOST: '127.0.0.1',
      PROVIDER_TYPE: 'openai',
      PROVIDER_BASE_URL: this.model.baseUrl,
      PROVIDER_API_KEY: 'test-key',
      MODEL: `${this.model.name},another`,
      ...(runtime.kind === 'external' && {
        CLI_URL: runtime.url,
        COPILOT_CONNECTION_TOKEN: runtime.token,
      }),
    };
  }

  #current(): RunningGateway {
    if (!this.#running) throw new Error('the gateway is not running');
    return this.#running;
  }
}
