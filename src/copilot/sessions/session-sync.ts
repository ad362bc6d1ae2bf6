import type { SessionLifecycleEvent, SessionMetadata } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import type { SessionRecord, SessionStore } from '../../store/session-store.ts';
import { DEFAULT_PROFILE_NAME } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { deriveTitle, parseRepository } from '../runtime/sdk-values.ts';
import { RecheckScheduler } from './recheck-scheduler.ts';
import type { SessionChanges } from './session-changes.ts';
import { createSessionRecord } from './session-record.ts';

export interface SessionSyncOptions {
  readonly runtime: Runtime;
  readonly store: SessionStore;
  readonly logger: Logger;
  readonly changes: SessionChanges;
  /** Time between two comparisons of all sessions. */
  readonly intervalMs: number;
  readonly onSessionGone: (id: string, at: Date) => Promise<void>;
  /** A session in use needs no import: the gateway sees each of its events. */
  readonly isInUse: (id: string) => boolean;
}

/** Result of a check: whether the runtime has the session. `known`: no further check is needed. */
type CheckOutcome = 'found' | 'missing' | 'known';

/**
 * Keeps the store in step with sessions that others create, use or delete on the same runtime.
 *
 *     lifecycle event ──▶ check ──▶ found: import, check once more  ┐ RecheckScheduler: the runtime reports
 *                           │       missing: check again later      ┘ a session before it writes it down
 *     connect, interval ──▶ compare all
 *
 * All work runs in order, one job at a time, so that the UPDATED of a session never overtakes its CREATED.
 */
export class SessionSync {
  readonly #options: SessionSyncOptions;
  /** The job that runs last. */
  #tail: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** Ids that were reported and not checked since: the runtime reports a session several times in a turn. */
  readonly #reportedIds = new Set<string>();
  readonly #rechecks = new RecheckScheduler((id) => {
    this.#enqueueCheck(id);
  });

  constructor(options: SessionSyncOptions) {
    this.#options = options;
  }

  /** Compares all sessions now and at intervals. Call after each connect: changes before it were not reported. */
  startSync(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.startSync();
    }, this.#options.intervalMs).unref();
    this.runInBackground(() => this.#compareAll());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#rechecks.stop();
  }

  handleLifecycleEvent(event: SessionLifecycleEvent): void {
    const id = event.sessionId;
    this.#rechecks.cancel(id);
    if (event.type === 'session.deleted') {
      // A session that is created again with the same id is checked after this.
      this.#reportedIds.delete(id);
      const at = new Date();
      this.runInBackground(() => {
        // A check that was running may have scheduled another one.
        this.#rechecks.cancel(id);
        return this.#options.onSessionGone(id, at);
      });
    }
    if (event.type === 'session.created' || event.type === 'session.updated')
      this.#enqueueCheck(id);
  }

  #enqueueCheck(id: string): void {
    if (this.#reportedIds.has(id)) return;
    this.#reportedIds.add(id);
    this.runInBackground(() => this.#checkNow(id));
  }

  async #checkNow(id: string): Promise<void> {
    this.#reportedIds.delete(id);
    const isInUse = this.#options.isInUse(id);
    const outcome = await (isInUse ? this.#confirmStored(id) : this.#checkRuntime(id)).catch(
      (error: unknown) => {
        this.#rechecks.cancel(id);
        throw error;
      },
    );
    // Reported again during the check: another check is queued.
    if (this.#reportedIds.has(id)) return;
    if (outcome === 'known') this.#rechecks.cancel(id);
    else this.#rechecks.scheduleNext(id, outcome === 'found');
  }

  async #compareAll(): Promise<void> {
    const { runtime, store, isInUse } = this.#options;
    const found = await runtime.call((client) => client.listSessions());
    for (const metadata of found) {
      const id = metadata.sessionId;
      await (isInUse(id) ? store.update(id, { hasMessages: true }) : this.#importSession(metadata));
    }
    await this.#checkMissing(new Set(found.map(({ sessionId }) => sessionId)));
  }

  async #checkRuntime(id: string): Promise<CheckOutcome> {
    const metadata = await this.#options.runtime.call((client) => client.getSessionMetadata(id));
    if (metadata) await this.#importSession(metadata);
    return metadata ? 'found' : 'missing';
  }

  /**
   * Records that the runtime has written the session down. Its events are no proof: a runtime that is killed before it
   * writes has nothing.
   */
  async #confirmStored(id: string): Promise<CheckOutcome> {
    const { store, runtime } = this.#options;
    const known = await store.find(id);
    if (!known || known.hasMessages) return 'known';
    const metadata = await runtime.call((client) => client.getSessionMetadata(id));
    if (metadata) await store.update(id, { hasMessages: true });
    return metadata ? 'known' : 'missing';
  }

  async #importSession(metadata: SessionMetadata): Promise<void> {
    const { store } = this.#options;
    const known = await store.find(metadata.sessionId);
    if (!known) {
      const found = createFoundRecord(metadata);
      if (await store.insert(found)) this.#options.changes.emitCreated(found);
      return;
    }
    const title =
      known.titleChosen || !metadata.summary ? known.title : deriveTitle(metadata.summary);
    const isNewer = metadata.modifiedTime > known.updatedAt;
    if (known.hasMessages && title === known.title && !isNewer) return;
    const updatedAt = isNewer ? metadata.modifiedTime : known.updatedAt;
    await store.update(known.id, { hasMessages: true, title, updatedAt });
    this.#options.changes.emitUpdated(known);
  }

  /**
   * Removes sessions that the runtime no longer lists. It lists a session from its first message on, so absence means
   * nothing before. A runtime that has none of the known sessions is another one, or has another home: then nothing is
   * removed.
   */
  async #checkMissing(present: ReadonlySet<string>): Promise<void> {
    const { store, logger } = this.#options;
    const ids = await store.listSessionIds();
    const missing = ids.filter((id) => !present.has(id));
    const records = await Promise.all(missing.map((id) => store.find(id)));
    const expected = records.filter(
      // The runtime lists no cloud sessions.
      (record) => record?.hasMessages && record.location === 'local',
    );
    if (expected.length > 0 && missing.length === ids.length) {
      logger.warn({ sessions: expected.length }, 'the runtime has none of the known sessions');
      return;
    }
    for (const record of expected) if (record) await this.#forgetMissing(record.id);
  }

  async #forgetMissing(id: string): Promise<void> {
    const metadata = await this.#options.runtime.call((client) => client.getSessionMetadata(id));
    if (!metadata) await this.#options.onSessionGone(id, new Date());
  }

  /** Runs a job after those that are queued, and returns its result. */
  runInOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Runs a job after those that are queued, and logs its failure. */
  runInBackground(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, 'failed to synchronize sessions with the runtime');
    });
  }
}

function createFoundRecord(metadata: SessionMetadata): SessionRecord {
  return createSessionRecord({
    id: metadata.sessionId,
    owner: null,
    profile: DEFAULT_PROFILE_NAME,
    title: metadata.summary ? deriveTitle(metadata.summary) : null,
    repository: parseRepository(metadata.context?.repository, metadata.context?.branch),
    hasMessages: true,
    createdAt: metadata.startTime,
    updatedAt: metadata.modifiedTime,
  });
}
