import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inject } from 'vitest';

import { waitUntil } from '../assertions/until.ts';
import { type Client, connect } from '../clients/transports.ts';
import { ScriptedModel } from '../models/scripted-model.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';

/** The last bytes of a cursor are the id of a journal event. */
const ANCHOR_BYTES = 16;

interface KillableGatewayOptions {
  readonly env?: Record<string, string>;
  /** Whether the gateway starts its own runtime or uses that of the test project. */
  readonly runtime?: 'own' | 'provided';
}

/** A gateway in a separate process, which can be killed and restarted on the same port with the same data. */
export class KillableGateway implements AsyncDisposable {
  readonly model: ScriptedModel;
  readonly #first: GatewayProcess;
  readonly #env: Record<string, string>;
  readonly #later: GatewayProcess[] = [];
  #url = '';

  static async start({
    env = {},
    runtime = 'provided',
  }: KillableGatewayOptions = {}): Promise<KillableGateway> {
    const model = await ScriptedModel.start();
    const settings = {
      HOST: '127.0.0.1',
      PROVIDER_TYPE: 'openai',
      PROVIDER_BASE_URL: model.baseUrl,
      PROVIDER_API_KEY: 'test-key',
      MODEL: model.name,
      ...(runtime === 'provided' && getRuntimeSettings()),
      ...env,
    };
    const gateway = new KillableGateway(model, await startGatewayProcess(settings), settings);
    gateway.#url = await gateway.current.url;
    return gateway;
  }

  private constructor(model: ScriptedModel, first: GatewayProcess, env: Record<string, string>) {
    this.model = model;
    this.#first = first;
    this.#env = env;
  }

  get current(): GatewayProcess {
    return this.#later.at(-1) ?? this.#first;
  }

  get url(): string {
    return this.#url;
  }

  /** A client for plain HTTP requests. */
  get client(): Client {
    return connect('HTTP', { url: this.url, openSubscriptions: () => 0 });
  }

  /**
   * Waits until the journal contains the event of a cursor. The runtime writes its journal about 0.1 s after it has
   * emitted an event; a cursor whose event is lost by a kill expires. An external runtime survives and loses nothing.
   */
  async waitForJournal(sessionId: string, cursor: string | undefined): Promise<void> {
    if (this.#env['CLI_URL']) return;
    const { dataDir } = this.#first;
    const journal = join(dataDir, 'runtime', 'session-state', sessionId, 'events.jsonl');
    const anchor = Buffer.from(cursor ?? '', 'base64url')
      .subarray(-ANCHOR_BYTES)
      .toString('hex');
    await waitUntil(
      async () =>
        (await readFile(journal, 'utf8')).replaceAll('-', '').includes(`"id":"${anchor}"`),
      { what: () => `event ${anchor} in the journal` },
    );
  }

  createSessionId(): string {
    return `test-${randomUUID()}`;
  }

  /** Kills the process, which cannot close any connection properly. */
  async kill(): Promise<void> {
    const { process, exit } = this.current;
    process.kill('SIGKILL');
    await exit;
  }

  /** Stops the process with SIGTERM, as an operator does. */
  async terminate(): Promise<void> {
    const { process, exit } = this.current;
    process.kill('SIGTERM');
    await exit;
  }

  /** Kills the runtime that the gateway has started. @returns the number of killed processes */
  async killRuntime(): Promise<number> {
    const pids = await this.current.runtimes();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    return pids.length;
  }

  async startAgain(): Promise<void> {
    const again = await startGatewayProcess({
      ...this.#env,
      PORT: new URL(this.#url).port,
      DATA_DIR: this.#first.dataDir,
    });
    this.#later.push(again);
    await again.url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const gateway of this.#later.reverse()) await gateway[Symbol.asyncDispose]();
    await this.#first[Symbol.asyncDispose]();
    await this.model[Symbol.asyncDispose]();
  }
}

function getRuntimeSettings(): Record<string, string> {
  const runtime = inject('runtime');
  if (runtime.kind === 'bundled') return {};
  return { CLI_URL: runtime.url, COPILOT_CONNECTION_TOKEN: runtime.token };
}
