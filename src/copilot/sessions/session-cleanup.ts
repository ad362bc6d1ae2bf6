import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionListCursor } from '../../store/session-store.ts';
import { expireSession, type ExpiryRule } from './expire-session.ts';
import type { UseCaseServices } from './use-case-services.ts';

export interface CleanupSettings {
  /** Sessions without activity for longer are deleted. */
  readonly ttlMs: number;
  readonly intervalMs: number;
  /** Sessions that one sweep examines. */
  readonly sweepSize: number;
  /** Nothing is deleted, only counted. */
  readonly dryRun: boolean;
}

/** Result of one sweep. */
export interface CleanupReport {
  readonly finishedAt: Date;
  /** Number of sessions without activity for longer than the limit. */
  readonly examined: number;
  /** Number of those that were deleted or, in a dry run, would have been. */
  readonly deleted: number;
  readonly dryRun: boolean;
  /** Null: at the next connect of the runtime. */
  readonly nextAt: Date | null;
}

interface Sweep {
  examined: number;
  deleted: number;
  failed: number;
}

/** Pause between two sweeps of a backlog. */
const BACKLOG_INTERVAL_MS = 1_000;

/**
 * Deletes sessions that were not used for long: a bounded number per sweep, the oldest first. A round consists of as many
 * sweeps as it takes to examine each such session once.
 */
export class SessionCleanup {
  readonly #services: UseCaseServices;
  /** Null: no session is deleted for its age. */
  readonly #settings: CleanupSettings | null;
  /** The newest session that this round has examined: sessions that had to stay must not be examined again and again. */
  #cursor: SessionListCursor | null = null;
  #lastReport: Omit<CleanupReport, 'nextAt'> | null = null;
  #nextAt: Date | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(services: UseCaseServices, settings: CleanupSettings | null) {
    this.#services = services;
    this.#settings = settings;
  }

  /** Null before the first sweep. */
  get lastReport(): CleanupReport | null {
    return this.#lastReport && { ...this.#lastReport, nextAt: this.#nextAt };
  }

  /** Sweeps after the jobs of the sync that are queued. Call after each connect. */
  startSweep(): void {
    const { sync, logger } = this.#services;
    const settings = this.#settings;
    clearTimeout(this.#timer);
    if (settings === null || this.#isStopped) return;
    sync
      .runInOrder(() => this.#sweep(settings))
      .catch((error: unknown) => {
        if (this.#isStopped) return;
        logger.warn({ err: error }, 'failed to clean up old sessions');
        this.#scheduleNext(settings.intervalMs);
      });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #sweep(settings: CleanupSettings): Promise<void> {
    const { store, runtime } = this.#services;
    if (this.#isStopped) return;
    if (!runtime.isConnected) {
      // The next connect starts a sweep.
      this.#nextAt = null;
      return;
    }
    const before = new Date(Date.now() - settings.ttlMs);
    const { records } = await store.listSessions(
      { allOwners: true },
      {
        limit: settings.sweepSize,
        fromEnd: true,
        after: { updatedAt: before, id: '' },
        before: this.#cursor,
      },
    );
    const ids = records.map(({ id }) => id).reverse();
    const sweep = await this.#expireAll(ids, { before, dryRun: settings.dryRun });
    const isMore = sweep.examined === settings.sweepSize;
    this.#cursor = isMore ? (records[0] ?? null) : null;
    this.#report(sweep, settings);
    this.#scheduleNext(
      isMore ? Math.min(BACKLOG_INTERVAL_MS, settings.intervalMs) : settings.intervalMs,
    );
  }

  async #expireAll(ids: readonly string[], expiry: ExpiryRule): Promise<Sweep> {
    const sweep: Sweep = { examined: 0, deleted: 0, failed: 0 };
    for (const id of ids) {
      if (this.#isStopped) break;
      try {
        if (await expireSession(id, expiry, this.#services)) sweep.deleted++;
      } catch (error) {
        this.#services.logger.debug({ err: error, sessionId: id }, 'failed to delete old session');
        sweep.failed++;
        // A runtime that does not answer for this session will not for the others.
        if (error instanceof GatewayError && error.retryable) break;
      }
      sweep.examined++;
    }
    return sweep;
  }

  #report({ failed, ...counts }: Sweep, { dryRun }: CleanupSettings): void {
    this.#lastReport = { ...counts, dryRun, finishedAt: new Date() };
    if (counts.examined + failed === 0) return;
    this.#services.logger.info({ ...counts, failed, dryRun }, 'old sessions cleaned up');
  }

  #scheduleNext(waitMs: number): void {
    if (this.#isStopped) return;
    this.#nextAt = new Date(Date.now() + waitMs);
    this.#timer = setTimeout(() => {
      this.startSweep();
    }, waitMs).unref();
  }
}
