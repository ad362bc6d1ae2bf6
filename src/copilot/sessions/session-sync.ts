import type { SessionLifecycleEvent, SessionMetadata } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import type { SessionRecord,SessionStore } from '../../store/session-store.ts';
import { DEFAULT_PROFILE_NAME } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { deriveTitle,parseRepository } from '../runtime/sdk-values.ts';
import type { SessionChanges } from './session-changes.ts';

export interface SessionSyncOptions {
  readonly runtime: Runtime;
  readonly store: SessionStore;
  readonly logger: Logger;
  readonly changes: SessionChanges;
  /** How often all sessions are compared. */
  readonly intervalMs: number;
  readonly onSessionGone: (id: string, at: Date) => Promise<void>;
  /** Of a session in use the gateway sees each event itself. */
  readonly isInUse: (id: string) => boolean;
}

/** Of a look; known: there is nothing more to find. */
type CheckOutcome = 'found' | 'missing' | 'known';

/** Keeps the directory in step with sessions that are made, used or deleted by others on the same runtime. */
export class SessionSync {
  readonly #options: SessionSyncOptions;
  /** One after the other: a session's "updated" must not overtake its "created". */
  #tail: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** Told of, and not looked at since: several times in a turn. */
  readonly #reportedIds = new Set<string>();
  readonly #rechecks = new RecheckScheduler((id) => {
    this.#enqueueCheck(id);
  });

  constructor(options: SessionSyncOptions) {
    this.#options = options;
  }

  /** After a (re)connect, and from then on now and then: what happened meanwhile was announced to nobody. */
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
      // One that is made again under the same name is looked at after this.
      this.#reportedIds.delete(id);
      const at = new Date();
      this.runInBackground(() => {
        // A look that was under way has not found it yet.
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
    // Told of anew meanwhile: another look comes next.
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

  /** What the runtime told is not yet what it keeps: killed before it wrote a session down, it has none. */
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
    const updatedAt = selectLater(known.updatedAt, metadata.modifiedTime);
    if (known.hasMessages && title === known.title && updatedAt === known.updatedAt) return;
    await store.update(known.id, { hasMessages: true, title, updatedAt });
    this.#options.changes.emitUpdated(known);
  }

  /**
   * The runtime lists a session only from its first message on, so absence says nothing before. One that has
   * none of the known ones is another runtime, or has another home: nothing is forgotten on its word.
   */
  async #checkMissing(present: ReadonlySet<string>): Promise<void> {
    const { store, logger } = this.#options;
    const ids = await store.listSessionIds();
    const missing = ids.filter((id) => !present.has(id));
    const records = await Promise.all(missing.map((id) => store.find(id)));
    const expected = records.filter(
      // Cloud sessions are in no list.
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

  /** After what is under way, for whoever waits for what comes of it. */
  runInOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** After what is under way; a failure is logged. */
  runInBackground(work: () => Promise<void>): void {
    this.#tail = this.#tail.then(work).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, 'session directory not in step with the runtime');
    });
  }
}

function createFoundRecord(metadata: SessionMetadata): SessionRecord {
  return {
    id: metadata.sessionId,
    owner: null,
    profile: DEFAULT_PROFILE_NAME,
    model: null,
    reasoningEffort: null,
    title: metadata.summary ? deriveTitle(metadata.summary) : null,
    titleChosen: false,
    instructions: null,
    labels: [],
    clientTools: [],
    workingDirectory: 'runtime',
    location: 'local',
    remoteMode: 'off',
    isStarting: false,
    remoteUrl: null,
    remoteSteerable: false,
    repository: parseRepository(metadata.context?.repository, metadata.context?.branch),
    gitHubAccount: 'server',
    ownProvider: null,
    hasMessages: true,
    rewinds: 0,
    createdAt: metadata.startTime,
    updatedAt: metadata.modifiedTime,
  };
}

function selectLater(a: Date, b: Date): Date {
  return b.getTime() > a.getTime() ? b : a;
}

/** The runtime tells first and writes down later: seen 0.1 s, and 0.7 s on a busy machine. */
const DELAYS_MS = [100, 300, 1_000, 3_000] as const;
const LAST_DELAY = DELAYS_MS.length - 1;

interface PendingRecheck {
  readonly timer: NodeJS.Timeout;
  readonly checkCount: number;
}

/** Looks that follow the one at a session that was told of: ever later until it is found, then a last one. */
export class RecheckScheduler {
  readonly #check: (id: string) => void;
  readonly #pending = new Map<string, PendingRecheck>();
  #isStopped = false;

  constructor(look: (id: string) => void) {
    this.#check = look;
  }

  scheduleNext(id: string, isFound: boolean): void {
    const done = this.#pending.get(id)?.checkCount ?? 0;
    const looks = isFound ? Math.max(done, LAST_DELAY) : done;
    const wait = DELAYS_MS[looks];
    this.cancel(id);
    if (wait === undefined || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#check(id);
    }, wait).unref();
    this.#pending.set(id, { timer, checkCount: looks + 1 });
  }

  /** It is told of anew, or gone, or all is known of it. */
  cancel(id: string): void {
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.delete(id);
  }

  /** No look follows, also not after one that is under way. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }
}
