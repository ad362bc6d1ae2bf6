import { setTimeout } from 'node:timers/promises';

import type { CopilotClient, SessionLifecycleEvent } from '@github/copilot-sdk';
import { Semaphore } from 'async-mutex';
import type { Logger } from 'pino';

import type { RuntimeConfig } from '../../config/config.ts';
import { createRuntimeUnavailableError } from '../../errors/common-errors.ts';
import { isGatewayError } from '../../errors/gateway-error.ts';
import { ChangesFeed } from '../../events/changes-feed.ts';
import type { RuntimeState } from '../../events/event.ts';
import { Backoff, doubleDelays } from '../../timing/backoff.ts';
import { Connection } from './connection.ts';
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
  /** A new connection is there. Sessions that were attached over an earlier one are detached. */
  handleConnected(): void;
  handleConnectionLost(): void;
  handleLifecycleEvent(event: SessionLifecycleEvent): void;
}

/** The runtime keeps eight readings, abandoned ones among them, and drops the least recently used one. */
const MAX_JOURNAL_READS = 4;
const RECONNECT_DELAYS_MS = doubleDelays(100, 5_000);

/**
 * The supervised connection to one headless runtime: connects, serves, and connects again whenever the connection is
 * lost, until it is stopped.
 *
 *     start ──▶ CONNECTING ── handshake ──▶ CONNECTED (pings)
 *                 ▲    │                        │
 *         backoff │    │ failed                 │ closed, or a ping failed
 *                 │    ▼                        │
 *                LOST ◀─────────────────────────┘
 *
 * R1  One connection at a time. A lost one is never used again.
 * R2  All calls of the SDK go through `call`, which has a timeout and ends with the connection.
 * R3  A loss changes the status and reaches the listener synchronously: code whose call fails finds the state LOST and
 *     its sessions detached.
 * R4  The listener gets `handleConnectionLost` only between two `handleConnected`: a failed attempt to connect is none
 *     of its business.
 * R5  After `prepareToStop` there is neither a loss nor a new connection.
 */
export class Runtime {
  readonly #config: RuntimeConfig;
  readonly #logger: Logger;
  readonly journalReadSemaphore = new Semaphore(MAX_JOURNAL_READS);
  /** Event logs of attached cloud sessions, by session id: the runtime keeps no journal of them. */
  readonly cloudEventLogs = new Map<string, EventLog>();
  readonly unknownEvents: UnknownEvents;
  /** Changes of the status, except those of the latency alone. */
  readonly statusChanges = new ChangesFeed<{ readonly name: string }>();
  readonly #feedEntry: { readonly name: string };
  readonly #backoff = new Backoff({ delaysMs: RECONNECT_DELAYS_MS, jitter: true });
  readonly #stopController = new AbortController();
  #listener: RuntimeListener | undefined;
  #status: RuntimeStatus;
  #connection: Connection | undefined;

  constructor(config: RuntimeConfig, logger: Logger) {
    this.#config = config;
    this.#logger = logger.child({ runtime: config.kind });
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

  /** Resolves after the first attempt to connect, whether or not it succeeded. */
  async start(listener: RuntimeListener): Promise<void> {
    if (this.#isStopped) return;
    this.#listener = listener;
    const connection = await this.#connect();
    void this.#supervise(connection);
  }

  /**
   * Calls the SDK (R2).
   *
   * @throws {GatewayError} RUNTIME_UNAVAILABLE at once without a connection, or when it is lost during the call;
   *   RUNTIME_TIMEOUT
   */
  async call<T>(
    use: (client: CopilotClient) => Promise<T>,
    timeoutMs = this.#config.callTimeoutMs,
  ): Promise<T> {
    if (!this.#connection || !this.isConnected) throw createRuntimeUnavailableError();
    try {
      return await this.#connection.call(use, timeoutMs);
    } catch (error) {
      throw toGatewayError(error);
    }
  }

  /** Call before the shutdown: Ctrl-C in a terminal reaches a bundled runtime as well, and its end is not a loss (R5). */
  prepareToStop(): void {
    this.#stopController.abort();
  }

  async stop(): Promise<void> {
    this.prepareToStop();
    const connection = this.#connection;
    this.#connection = undefined;
    this.statusChanges.end();
    await connection?.close();
  }

  get #isStopped(): boolean {
    return this.#stopController.signal.aborted;
  }

  async #supervise(first: Connection): Promise<void> {
    let connection = first;
    for (;;) {
      await this.#serve(connection);
      await this.#sleep(this.#backoff.next(), this.#stopController.signal);
      if (this.#isStopped) return;
      this.#updateStatus({ state: 'CONNECTING' });
      connection = await this.#connect();
    }
  }

  /** Resolves when the connection is established or lost. */
  async #connect(): Promise<Connection> {
    const connection = new Connection(this.#config, (reason) => {
      this.#handleLoss(connection, reason);
    });
    this.#connection = connection;
    try {
      await connection.open(this.#config.callTimeoutMs);
      await this.#performHandshake(connection);
    } catch (error) {
      connection.lose(toReason(error));
    }
    return connection;
  }

  async #performHandshake(connection: Connection): Promise<void> {
    const startedAt = performance.now();
    const { version, protocolVersion } = await connection.call(
      (client) => client.getStatus(),
      this.#config.pingTimeoutMs,
    );
    const latencyMs = performance.now() - startedAt;
    const auth = await this.#readAuth(connection);
    if (this.#isStopped || connection.lost.aborted) return;
    connection.onLifecycle((event) => this.#listener?.handleLifecycleEvent(event));
    this.#backoff.reset();
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
  }

  async #readAuth(connection: Connection): Promise<RuntimeAuth> {
    const auth = await connection.call(
      (client) => client.getAuthStatus(),
      this.#config.callTimeoutMs,
    );
    return {
      isAuthenticated: auth.isAuthenticated,
      authType: auth.authType ?? null,
      login: auth.login ?? null,
      host: auth.host ?? null,
      message: auth.statusMessage ?? null,
    };
  }

  /** Pings until the connection is lost or the runtime is stopped. */
  async #serve(connection: Connection): Promise<void> {
    const { pingIntervalMs, pingTimeoutMs } = this.#config;
    const ended = AbortSignal.any([connection.lost, this.#stopController.signal]);
    for (;;) {
      await this.#sleep(pingIntervalMs, ended);
      if (ended.aborted) return;
      try {
        const startedAt = performance.now();
        await connection.call((client) => client.ping(), pingTimeoutMs);
        const latencyMs = performance.now() - startedAt;
        this.#status = { ...this.#status, latencyMs, lastSeenAt: new Date() };
      } catch (error) {
        connection.lose(toReason(error));
      }
    }
  }

  /** Reports the loss of a connection, or an attempt that failed (R3). */
  #handleLoss(connection: Connection, reason: string): void {
    if (this.#isStopped) return;
    const wasConnected = this.isConnected;
    this.#updateStatus({ state: 'LOST', lastError: reason, latencyMs: null });
    this.#logger.warn({ reason, attempt: this.#backoff.attempts }, 'runtime lost');
    if (wasConnected) this.#listener?.handleConnectionLost();
    connection.discard().catch((error: unknown) => {
      this.#logger.debug({ err: error }, 'failed to stop the client of a lost connection');
    });
  }

  /** Resolves early when the signal is aborted. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  }

  #updateStatus(change: Partial<RuntimeStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.statusChanges.touch(this.#feedEntry);
  }
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Deletes a session with its history. Succeeds also when the runtime does not have it. */
export async function deleteRuntimeSession(id: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.deleteSession(id));
  } catch (error) {
    if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
  }
}
