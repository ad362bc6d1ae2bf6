import type { Logger } from 'pino';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { SessionListCursor } from '../../store/session-store.ts';
import { type ExpireOptions, expireSession, type ExpiryRule } from './expire-session.ts';
import type { SessionSync } from './session-sync.ts';

export interface CleanupSettings {
  /** Sessions without activity for longer are deleted. */
  readonly ttlMs: number;
  readonly intervalMs: number;
  /** Sessions that one sweep examines. */
  readonly sweepSize: number;
  /** Nothing is deleted, only counted. */
  readonly dryRun: boolean;
}

/** Of one sweep. */
export interface CleanupReport {
  readonly finishedAt: Date;
  /** Sessions whose time is over. */
  readonly examined: number;
  /** Those of them that were deleted or, in a dry run, would have been. */
  readonly deleted: number;
  readonly dryRun: boolean;
  /** Null: as soon as a runtime is there. */
  readonly nextAt: Date | null;
}

interface SessionCleanupOptions extends ExpireOptions {
  /** Null: no session is deleted for its age. */
  readonly settings: CleanupSettings | null;
  readonly sync: SessionSync;
  readonly logger: Logger;
}

interface Sweep {
  examined: number;
  deleted: number;
  failed: number;
}

/** While there is more to do. */
const SOON_MS = 1_000;

/** Deletes sessions that nobody has used for a while: a bounded number at a time, the oldest first. */
export class SessionCleanup {
  readonly #options: SessionCleanupOptions;
  /** Of the newest session that this round has examined: what had to stay must not be examined for ever. */
  #cursor: SessionListCursor | null = null;
  #lastReport: Omit<CleanupReport, 'nextAt'> | null = null;
  #nextAt: Date | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: SessionCleanupOptions) {
    this.#options = options;
  }

  /** Null: there was no sweep yet. */
  get lastReport(): CleanupReport | null {
    return this.#lastReport && { ...this.#lastReport, nextAt: this.#nextAt };
  }

  /** After a (re)connect, once it is known what happened meanwhile. */
  startSweep(): void {
    const { settings, sync, logger } = this.#options;
    clearTimeout(this.#timer);
    if (settings === null || this.#isStopped) return;
    sync
      .runInOrder(() => this.#sweep(settings))
      .catch((error: unknown) => {
        if (this.#isStopped) return;
        logger.warn({ err: error }, 'old sessions not cleaned up');
        this.#scheduleNext(settings.intervalMs);
      });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #sweep(settings: CleanupSettings): Promise<void> {
    const { store, runtime } = this.#options;
    if (this.#isStopped) return;
    if (!runtime.isConnected) {
      // The next connect begins anew.
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
    this.#scheduleNext(isMore ? Math.min(SOON_MS, settings.intervalMs) : settings.intervalMs);
  }

  async #expireAll(ids: readonly string[], expiry: ExpiryRule): Promise<Sweep> {
    const sweep: Sweep = { examined: 0, deleted: 0, failed: 0 };
    for (const id of ids) {
      if (this.#isStopped) break;
      try {
        if (await expireSession(id, expiry, this.#options)) sweep.deleted++;
      } catch (error) {
        this.#options.logger.debug({ err: error, sessionId: id }, 'old session not deleted');
        sweep.failed++;
        // A runtime that does not answer for this one will not for the others.
        if (error instanceof GatewayError && error.retryable) break;
      }
      sweep.examined++;
    }
    return sweep;
  }

  #report({ failed, ...counts }: Sweep, { dryRun }: CleanupSettings): void {
    this.#lastReport = { ...counts, dryRun, finishedAt: new Date() };
    if (counts.examined + failed === 0) return;
    this.#options.logger.info({ ...counts, failed, dryRun }, 'old sessions cleaned up');
  }

  #scheduleNext(waitMs: number): void {
    if (this.#isStopped) return;
    this.#nextAt = new Date(Date.now() + waitMs);
    this.#timer = setTimeout(() => {
      this.startSweep();
    }, waitMs).unref();
  }
}
