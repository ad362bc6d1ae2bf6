import { setMaxListeners } from 'node:events';

import type { CopilotClient, SessionLifecycleEvent } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import type { RuntimeConfig } from '../../config/config.ts';
import { ChangesFeed } from '../../events/changes-feed.ts';
import type { RuntimeState } from '../../events/event.ts';
import { unavailable, withDeadline } from './call-timeout.ts';
import { createClient, superviseLink } from './connection.ts';
import type { EventLog } from './event-log.ts';
import { isFailure, toFailure } from './sdk-errors.ts';
import { Turnstile } from './semaphore.ts';
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
  connected(): void;
  lost(): void;
  lifecycle(event: SessionLifecycleEvent): void;
}

interface Link {
  readonly client: CopilotClient;
  readonly lost: AbortController;
}

/** The runtime holds eight, left ones among them, and lets go of the one that rests the longest. */
const JOURNAL_READS = 4;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const STOP_TIMEOUT_MS = 4_000;

/** One supervised connection to one headless runtime; it is started anew whenever it is lost. */
export class Runtime {
  readonly #config: RuntimeConfig;
  readonly #log: Logger;
  readonly journalReads = new Turnstile(JOURNAL_READS);
  /** Of attached cloud sessions, by id: of them it keeps no journal. */
  readonly cloudLogs = new Map<string, EventLog>();
  readonly unknownEvents: UnknownEvents;
  /** Changes of the state, for readers of the status; latency alone is none. */
  readonly changes = new ChangesFeed<{ readonly name: string }>();
  readonly #entry: { readonly name: string };
  #listener: RuntimeListener | undefined;
  #status: RuntimeStatus;
  #link: Link | undefined;
  #attempts = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(config: RuntimeConfig, log: Logger) {
    this.#config = config;
    this.#log = log.child({ runtime: config.kind });
    this.unknownEvents = new UnknownEvents(this.#log);
    this.#entry = { name: config.kind };
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
    const link = this.#link;
    if (!link || !this.isConnected) throw unavailable();
    try {
      return await withDeadline(use(link.client), timeoutMs, link.lost.signal);
    } catch (error) {
      throw toFailure(error);
    }
  }

  /** It is about to be stopped: its end is no loss, a terminal's Ctrl-C for one reaches it as well. */
  retire(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async stop(): Promise<void> {
    this.retire();
    const link = this.#link;
    this.#link = undefined;
    this.changes.end();
    if (!link) return;
    const { client, lost } = link;
    await withDeadline(client.stop(), STOP_TIMEOUT_MS, lost.signal).catch(() => client.forceStop());
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    const link: Link = { client: createClient(this.#config), lost: new AbortController() };
    // One for each call that is under way, of which there is no limit.
    setMaxListeners(0, link.lost.signal);
    this.#link = link;
    try {
      await withDeadline(link.client.start(), this.#config.callTimeoutMs);
      superviseLink(link.client, () => {
        this.#lose(link, 'the link was closed');
      });
      await this.#greet(link);
    } catch (error) {
      this.#lose(link, error instanceof Error ? error.message : String(error));
    }
  }

  async #greet(link: Link): Promise<void> {
    const startedAt = performance.now();
    const { version, protocolVersion } = await withDeadline(
      link.client.getStatus(),
      this.#config.pingTimeoutMs,
    );
    const latencyMs = performance.now() - startedAt;
    const auth = await this.#readAuth(link);
    if (this.#stopped || this.#link !== link || link.lost.signal.aborted) return;
    link.client.onLifecycle((event) => this.#listener?.lifecycle(event));
    this.#attempts = 0;
    this.#set({
      state: 'CONNECTED',
      version,
      protocolVersion,
      latencyMs,
      auth,
      lastSeenAt: new Date(),
      lastError: null,
    });
    this.#log.info({ version, protocolVersion }, 'runtime connected');
    this.#listener?.connected();
    this.#schedulePing(link);
  }

  async #readAuth(link: Link): Promise<RuntimeAuth> {
    const auth = await withDeadline(link.client.getAuthStatus(), this.#config.callTimeoutMs);
    return {
      isAuthenticated: auth.isAuthenticated,
      authType: auth.authType ?? null,
      login: auth.login ?? null,
      host: auth.host ?? null,
      message: auth.statusMessage ?? null,
    };
  }

  #schedulePing(link: Link): void {
    this.#timer = setTimeout(() => {
      void this.#ping(link);
    }, this.#config.pingIntervalMs);
  }

  async #ping(link: Link): Promise<void> {
    try {
      const startedAt = performance.now();
      await withDeadline(link.client.ping(), this.#config.pingTimeoutMs, link.lost.signal);
      this.#status = {
        ...this.#status,
        latencyMs: performance.now() - startedAt,
        lastSeenAt: new Date(),
      };
      if (this.#link === link && !this.#stopped) this.#schedulePing(link);
    } catch (error) {
      this.#lose(link, error instanceof Error ? error.message : String(error));
    }
  }

  #lose(link: Link, reason: string): void {
    if (link.lost.signal.aborted) return;
    link.lost.abort();
    if (this.#stopped || this.#link !== link) return;
    const wasConnected = this.isConnected;
    clearTimeout(this.#timer);
    this.#set({ state: 'LOST', lastError: reason, latencyMs: null });
    this.#log.warn({ reason, attempt: this.#attempts }, 'runtime lost');
    if (wasConnected) this.#listener?.lost();
    void link.client.forceStop().catch((error: unknown) => {
      this.#log.debug({ err: error }, 'the lost client could not be stopped');
    });
    this.#retryLater();
  }

  #retryLater(): void {
    const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#attempts++, LAST_RETRY_MS);
    this.#timer = setTimeout(
      () => {
        this.#set({ state: 'CONNECTING' });
        void this.#connect();
      },
      delay * (0.5 + Math.random() / 2),
    );
  }

  #set(change: Partial<RuntimeStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.changes.touch(this.#entry);
  }
}

/** With its history; one that is gone already is no failure. */
export async function deleteInRuntime(id: string, runtime: Runtime): Promise<void> {
  try {
    await runtime.call((client) => client.deleteSession(id));
  } catch (error) {
    if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
  }
}
