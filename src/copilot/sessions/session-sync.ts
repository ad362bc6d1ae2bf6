import type { SessionLifecycleEvent, SessionMetadata } from '@github/copilot-sdk';
import type { Logger } from 'pino';

import type { SessionDirectory, SessionRecord } from '../../store/session-directory.ts';
import { DEFAULT_PROFILE } from '../profiles/profiles.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { repositoryFrom, titleFrom } from '../runtime/sdk-values.ts';
import type { SessionChanges } from './session-changes.ts';

export interface SessionSyncOptions {
  readonly runtime: Runtime;
  readonly directory: SessionDirectory;
  readonly log: Logger;
  readonly changes: SessionChanges;
  /** How often all sessions are compared. */
  readonly intervalMs: number;
  readonly gone: (id: string, at: Date) => Promise<void>;
  /** Of a session in use the gateway sees each event itself. */
  readonly isInUse: (id: string) => boolean;
}

/** Of a look; known: there is nothing more to find. */
type Outcome = 'found' | 'missing' | 'known';

/** Keeps the directory in step with sessions that are made, used or deleted by others on the same runtime. */
export class SessionSync {
  readonly #options: SessionSyncOptions;
  /** One after the other: a session's "updated" must not overtake its "created". */
  #work: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** Told of, and not looked at since: several times in a turn. */
  readonly #told = new Set<string>();
  readonly #late = new LateLooks((id) => {
    this.#lookAt(id);
  });

  constructor(options: SessionSyncOptions) {
    this.#options = options;
  }

  /** After a (re)connect, and from then on now and then: what happened meanwhile was announced to nobody. */
  withRuntime(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.withRuntime();
    }, this.#options.intervalMs).unref();
    this.run(() => this.#compareAll());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#late.stop();
  }

  lifecycle(event: SessionLifecycleEvent): void {
    const id = event.sessionId;
    this.#late.forget(id);
    if (event.type === 'session.deleted') {
      // One that is made again under the same name is looked at after this.
      this.#told.delete(id);
      const at = new Date();
      this.run(() => {
        // A look that was under way has not found it yet.
        this.#late.forget(id);
        return this.#options.gone(id, at);
      });
    }
    if (event.type === 'session.created' || event.type === 'session.updated') this.#lookAt(id);
  }

  #lookAt(id: string): void {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    this.run(() => this.#lookNow(id));
  }

  async #lookNow(id: string): Promise<void> {
    this.#told.delete(id);
    const isInUse = this.#options.isInUse(id);
    const outcome = await (isInUse ? this.#confirm(id) : this.#look(id)).catch((error: unknown) => {
      this.#late.forget(id);
      throw error;
    });
    // Told of anew meanwhile: another look comes next.
    if (this.#told.has(id)) return;
    if (outcome === 'known') this.#late.forget(id);
    else this.#late.looked(id, outcome === 'found');
  }

  async #compareAll(): Promise<void> {
    const { runtime, directory, isInUse } = this.#options;
    const found = await runtime.call((client) => client.listSessions());
    for (const metadata of found) {
      const id = metadata.sessionId;
      await (isInUse(id) ? directory.update(id, { hasMessages: true }) : this.#take(metadata));
    }
    await this.#checkMissing(new Set(found.map(({ sessionId }) => sessionId)));
  }

  async #look(id: string): Promise<Outcome> {
    const metadata = await this.#options.runtime.call((client) => client.getSessionMetadata(id));
    if (metadata) await this.#take(metadata);
    return metadata ? 'found' : 'missing';
  }

  /** What the runtime told is not yet what it keeps: killed before it wrote a session down, it has none. */
  async #confirm(id: string): Promise<Outcome> {
    const { directory, runtime } = this.#options;
    const known = await directory.find(id);
    if (!known || known.hasMessages) return 'known';
    const metadata = await runtime.call((client) => client.getSessionMetadata(id));
    if (metadata) await directory.update(id, { hasMessages: true });
    return metadata ? 'known' : 'missing';
  }

  async #take(metadata: SessionMetadata): Promise<void> {
    const { directory } = this.#options;
    const known = await directory.find(metadata.sessionId);
    if (!known) {
      const found = foundRecord(metadata);
      if (await directory.insert(found)) this.#options.changes.created(found);
      return;
    }
    const title =
      known.titleChosen || !metadata.summary ? known.title : titleFrom(metadata.summary);
    const updatedAt = later(known.updatedAt, metadata.modifiedTime);
    if (known.hasMessages && title === known.title && updatedAt === known.updatedAt) return;
    await directory.update(known.id, { hasMessages: true, title, updatedAt });
    this.#options.changes.updated(known);
  }

  /**
   * The runtime lists a session only from its first message on, so absence says nothing before. One that has
   * none of the known ones is another runtime, or has another home: nothing is forgotten on its word.
   */
  async #checkMissing(present: ReadonlySet<string>): Promise<void> {
    const { directory, log } = this.#options;
    const ids = await directory.allIds();
    const missing = ids.filter((id) => !present.has(id));
    const records = await Promise.all(missing.map((id) => directory.find(id)));
    const expected = records.filter(
      // Cloud sessions are in no list.
      (record) => record?.hasMessages && record.location === 'local',
    );
    if (expected.length > 0 && missing.length === ids.length) {
      log.warn({ sessions: expected.length }, 'the runtime has none of the known sessions');
      return;
    }
    for (const record of expected) if (record) await this.#forgetMissing(record.id);
  }

  async #forgetMissing(id: string): Promise<void> {
    const metadata = await this.#options.runtime.call((client) => client.getSessionMetadata(id));
    if (!metadata) await this.#options.gone(id, new Date());
  }

  /** After what is under way, for whoever waits for what comes of it. */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** After what is under way; a failure is logged. */
  run(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'session directory not in step with the runtime');
    });
  }
}

function foundRecord(metadata: SessionMetadata): SessionRecord {
  return {
    id: metadata.sessionId,
    owner: null,
    profile: DEFAULT_PROFILE,
    model: null,
    reasoningEffort: null,
    title: metadata.summary ? titleFrom(metadata.summary) : null,
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
    repository: repositoryFrom(metadata.context?.repository, metadata.context?.branch),
    gitHubAccount: 'server',
    ownProvider: null,
    hasMessages: true,
    rewinds: 0,
    createdAt: metadata.startTime,
    updatedAt: metadata.modifiedTime,
  };
}

function later(a: Date, b: Date): Date {
  return b.getTime() > a.getTime() ? b : a;
}

/** The runtime tells first and writes down later: seen 0.1 s, and 0.7 s on a busy machine. */
const WAITS_MS = [100, 300, 1_000, 3_000] as const;
const LAST = WAITS_MS.length - 1;

interface Waiting {
  readonly timer: NodeJS.Timeout;
  readonly looks: number;
}

/** Looks that follow the one at a session that was told of: ever later until it is found, then a last one. */
export class LateLooks {
  readonly #look: (id: string) => void;
  readonly #waiting = new Map<string, Waiting>();
  #isStopped = false;

  constructor(look: (id: string) => void) {
    this.#look = look;
  }

  looked(id: string, isFound: boolean): void {
    const done = this.#waiting.get(id)?.looks ?? 0;
    const looks = isFound ? Math.max(done, LAST) : done;
    const wait = WAITS_MS[looks];
    this.forget(id);
    if (wait === undefined || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#look(id);
    }, wait).unref();
    this.#waiting.set(id, { timer, looks: looks + 1 });
  }

  /** It is told of anew, or gone, or all is known of it. */
  forget(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  /** No look follows, also not after one that is under way. */
  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
