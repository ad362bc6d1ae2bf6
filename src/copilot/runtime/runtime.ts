import { setMaxListeners } from 'node:events';

import type { CopilotClient, SessionLifecycleEvent } from '@github/copilot-sdk';
import { Semaphore } from 'async-mutex';
import type { Logger } from 'pino';

import type { RuntimeConfig } from '../../config/config.ts';
import { createRuntimeUnavailableError } from '../../errors/common-errors.ts';
import { isGatewayError } from '../../errors/gateway-error.ts';
import { ChangesFeed } from '../../events/changes-feed.ts';
import type { RuntimeState } from '../../events/event.ts';
import { withCallTimeout } from './call-timeout.ts';
import { createClient, superviseConnection } from './connection.ts';
import type { EventLog } from './event-log.ts';
import { toGatewayError } from './sdk-errors.ts';
import { UnknownEvents } from './unknown-events.ts';

export interface RuntimeAuth {
  readonly isAuthenticated: boolean;
  readonly authType: string | null;
  readonly login: string | null;
  readonly host: string | null;
  readonly message: string | null;
}

export interface RuntimeStatus {
  readonly name: string;
  readonly state: RuntimeState;
  readonly version: string | null;
  readonly protocolVersion: number | null;
  readonly latencyMs: number | null;
  readonly lastSeenAt: Date | null;
  readonly lastError: string | null;
  readonly auth: RuntimeAuth | null;
}

export interface RuntimeListener {
  /** A new link: whatever was attached over the old one is not any more. */
  handleConnected(): void;
  handleConnectionLost(): void;
  handleLifecycleEvent(event: SessionLifecycleEvent): void;
}

interface Connection {
  readonly client: CopilotClient;
  readonly lossController: AbortController;
}

/** The runtime holds eight, left ones among them, and lets go of the one that rests the longest. */
const MAX_JOURNAL_READS = 4;
const MIN_RECONNECT_DELAY_MS = 100;
const MAX_RECONNECT_DELAY_MS = 5_000;
const STOP_TIMEOUT_MS = 4_000;

/** One supervised connection to one headless runtime; it is started anew whenever it is lost. */
export class Runtime {
  readonly #config: RuntimeConfig;
  readonly #logger: Logger;
  readonly journalReadSemaphore = new Semaphore(MAX_JOURNAL_READS);
  /** Of attached cloud sessions, by id: of them it keeps no journal. */
  readonly cloudEventLogs = new Map<string, EventLog>();
  readonly unknownEvents: UnknownEvents;
  /** Changes of the state, for readers of the status; latency alone is none. */
  readonly statusChanges = new ChangesFeed<{ readonly name: string }>();
  readonly #feedEntry: { readonly name: string };
  #listener: RuntimeListener | undefined;
  #status: RuntimeStatus;
  #connection: Connection | undefined;
  #reconnectAttempts = 0;
  #pingOrReconnectTimer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(config: RuntimeConfig, log: Logger) {
    this.#config = config;
    this.#logger = log.child({ runtime: config.kind });
    this.unknownEvents = new UnknownEvents(this.#logger);
    this.#feedEntry = { name: config.kind };
    this.#status = {
      name: config.kind,
      state: 'CONNECTING',
      version: null,
      protocolVersion: null,
      latencyMs: null,
      lastSeenAt: null,
      lastError: null,
      auth: null,
    };
  }

  get status(): RuntimeStatus {
    return this.#status;
  }

  get isConnected(): boolean {
    return this.#status.state === 'CONNECTED';
  }

  /** Resolves after the first attempt, whether it worked or not; from then on the link is kept up. */
  async start(listener: RuntimeListener): Promise<void> {
    this.#listener = listener;
    await this.#connect();
  }

  /**
   * Every use of the SDK goes through here.
   * @throws Failure RUNTIME_UNAVAILABLE at once without a link, or when it is lost meanwhile; RUNTIME_TIMEOUT
   */
  async call<T>(
    use: (client: CopilotClient) => Promise<T>,
    timeoutMs = this.#config.callTimeoutMs,
  ): Promise<T> {
    const link = this.#connection;
    if (!link || !this.isConnected) throw createRuntimeUnavailableError();
    try {
      return await withCallTimeout(use(link.client), timeoutMs, link.lossController.signal);
    } catch (error) {
      throw toGatewayError(error);
    }
  }

  /** It is about to be stopped: its end is no loss, a terminal's Ctrl-C for one reaches it as well. */
  prepareToStop(): void {
    this.#isStopped = true;
    clearTimeout(this.#pingOrReconnectTimer);
  }

  async stop(): Promise<void> {
    this.prepareToStop();
    const link = this.#connection;
    this.#connection = undefined;
    this.statusChanges.end();
    if (!link) return;
    const { client, lossController } = link;
    await withCallTimeout(client.stop(), STOP_TIMEOUT_MS, lossController.signal).catch(() =>
      client.forceStop(),
    );
  }

  async #connect(): Promise<void> {
    if (this.#isStopped) return;
    const link: Connection = {
      client: createClient(this.#config),
      lossController: new AbortController(),
    };
    // One for each call that is under way, of which there is no limit.
    setMaxListeners(0, link.lossController.signal);
    this.#connection = link;
    try {
      await withCallTimeout(link.client.start(), this.#config.callTimeoutMs);
      superviseConnection(link.client, () => {
        this.#handleConnectionLoss(link, 'the link was closed');
      });
      await this.#performHandshake(link);
    } catch (error) {
      this.#handleConnectionLoss(link, error instanceof Error ? error.message : String(error));
    }
  }

  async #performHandshake(link: Connection): Promise<void> {
    const startedAt = performance.now();
    const { version, protocolVersion } = await withCallTimeout(
      link.client.getStatus(),
      this.#config.pingTimeoutMs,
    );
    const latencyMs = performance.now() - startedAt;
    const auth = await this.#readAuth(link);
    if (this.#isStopped || this.#connection !== link || link.lossController.signal.aborted) return;
    link.client.onLifecycle((event) => this.#listener?.handleLifecycleEvent(event));
    this.#reconnectAttempts = 0;
    this.#updateStatus({
      state: 'CONNECTED',
      version,
      protocolVersion,
      latencyMs,
      auth,
      lastSeenAt: new Date(),
      lastError: null,
    });
    this.#logger.info({ version, protocolVersion }, 'runtime connected');
    this.#listener?.handleConnected();
    this.#schedulePing(link);
  }

  async #readAuth(link: Connection): Promise<RuntimeAuth> {
    const auth = await withCallTimeout(link.client.getAuthStatus(), this.#config.callTimeoutMs);
    return {
      isAuthenticated: auth.isAuthenticated,
      authType: auth.authType ?? null,
      login: auth.login ?? null,
      host: auth.host ?? null,
      message: auth.statusMessage ?? null,
    };
  }

  #schedulePing(link: Connection): void {
    this.#pingOrReconnectTimer = setTimeout(() => {
      void this.#ping(link);
    }, this.#config.pingIntervalMs);
  }

  async #ping(link: Connection): Promise<void> {
    try {
      const startedAt = performance.now();
      await withCallTimeout(
        link.client.ping(),
        this.#config.pingTimeoutMs,
        link.lossController.signal,
      );
      this.#status = {
        ...this.#status,
        latencyMs: performance.now() - startedAt,
        lastSeenAt: new Date(),
      };
      if (this.#connection === link && !this.#isStopped) this.#schedulePing(link);
    } catch (error) {
      this.#handleConnectionLoss(link, error instanceof Error ? error.message : String(error));
    }
  }

  #handleConnectionLoss(link: Connection, reason: string): void {
    if (link.lossController.signal.aborted) return;
    link.lossController.abort();
    if (this.#isStopped || this.#connection !== link) return;
    const wasConnected = this.isConnected;
    clearTimeout(this.#pingOrReconnectTimer);
    this.#updateStatus({ state: 'LOST', lastError: reason, latencyMs: null });
    this.#logger.warn({ reason, attempt: this.#reconnectAttempts }, 'runtime lost');
    if (wasConnected) this.#listener?.handleConnectionLost();
    void link.client.forceStop().catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'the lost client could not be stopped');
    });
    this.#scheduleReconnect();
  }

  #scheduleReconnect(): void {
    const delay = Math.min(
      MIN_RECONNECT_DELAY_MS * 2 ** this.#reconnectAttempts++,
      MAX_RECONNECT_DELAY_MS,
    );
    this.#pingOrReconnectTimer = setTimeout(
      () => {
        this.#updateStatus({ state: 'CONNECTING' });
        void this.#connect();
      },
      delay * (0.5 + Math.random() / 2),
    );
  }

  #updateStatus(change: Partial<RuntimeStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.statusChanges.touch(this.#feedEntry);
  }
}

/** With its history; one that is gone already is no failure. */
export async function deleteRuntimeSession(id: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.deleteSession(id));
  } catch (error) {
    if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
  }
}
