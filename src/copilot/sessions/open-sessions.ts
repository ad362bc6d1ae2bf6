import { createSessionNotFoundError } from '../../errors/common-errors.ts';
import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { Backoff, doubleDelays } from '../../timing/backoff.ts';
import { needsCredentials } from '../link/session-token.ts';
import type { SessionServices } from '../services.ts';
import { Session, type SessionState } from '../session/session.ts';
import { recoverWaitingWork } from './recover-work.ts';

/** A record that the ownership check has read. Nothing else can create a `SessionId`. */
export type OwnedSession = SessionRecord & { readonly id: SessionId };

/** The object of a session, and its record as the operation has read it. */
export interface SessionInUse {
  readonly session: Session;
  readonly record: SessionRecord;
}

const RETRY_DELAYS_MS = doubleDelays(500, 30_000);

/**
 * Holds one `Session` object for each session that is in use, and drops it when it is unused.
 *
 * O1  There is at most one object per session. Who uses it calls `use`, which keeps it for as long as the work takes.
 * O2  `runIfUnneeded` locks a session: `use` waits, and then reads the record again, which may be gone.
 * O3  A session that readers follow is attached in the background, with a backoff, until it is attached or an error
 *     that no retry can fix is reported to them.
 */
export class OpenSessions {
  readonly #services: SessionServices;
  readonly #byId = new Map<string, Session>();
  readonly #retries = new Map<string, NodeJS.Timeout>();
  /** `use` waits until the promise of the session has settled (O2). */
  readonly #locks = new Map<string, Promise<unknown>>();

  constructor(services: Omit<SessionServices, 'onSessionUnused'>) {
    this.#services = {
      ...services,
      onSessionUnused: (id) => {
        this.drop(id);
      },
    };
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Returns undefined when the session is not in use. */
  find(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  list(): Session[] {
    return [...this.#byId.values()];
  }

  getState(id: string): SessionState {
    return this.#byId.get(id)?.state ?? 'DISCONNECTED';
  }

  listIdsByState(states: readonly SessionState[]): string[] {
    return this.list()
      .filter(({ state }) => states.includes(state))
      .map(({ id }) => id);
  }

  /**
   * Runs `work` with the object of the session, which stays for as long as the work takes.
   *
   * The record of the ownership check is good enough for a session that is open. It is read again before an object is
   * created, and after a lock, because the session may have been deleted since: an object would bring it back.
   *
   * @throws {GatewayError} SESSION_NOT_FOUND
   */
  async use<T>(
    target: OwnedSession | SessionId,
    work: (inUse: SessionInUse) => T | Promise<T>,
  ): Promise<T> {
    const [id, known] = typeof target === 'string' ? [target] : [target.id, target];
    let record = this.#byId.has(id) && known ? known : await this.#services.store.find(id);
    while (this.#locks.has(id)) {
      await this.#locks.get(id);
      record = await this.#services.store.find(id);
    }
    if (!record) throw createSessionNotFoundError();
    const session = this.#byId.get(id) ?? new Session(record, this.#services);
    this.#byId.set(id, session);
    const inUse = { session, record };
    return session.use(() => work(inUse));
  }

  /** Like `use`, for a reader: the session is attached in the background, as soon as there is a runtime (O3). */
  async useAsReader<T>(
    target: OwnedSession,
    work: (session: Session) => T | Promise<T>,
  ): Promise<T> {
    return this.use(target, ({ session, record }) => {
      this.#attachInBackground(session, { record });
      return work(session);
    });
  }

  /** Prepares sessions with work that waits for clients, so that it continues as soon as there is a runtime. */
  async recover(): Promise<void> {
    for (const { sessionId, turn } of await recoverWaitingWork(this.#services.store)) {
      await this.use(sessionId as SessionId, ({ session }) => {
        session.requestRecovery.start(turn);
      });
    }
    for (const id of await this.#services.store.cloud.listWaitingSessionIds()) {
      await this.use(id as SessionId, ({ session }) => session.recover());
    }
  }

  /** Runs `work` while the session is locked. Returns null, and does nothing, when the session is needed. */
  async runIfUnneeded<T>(id: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#locks.has(id) || this.#byId.get(id)?.isNeeded) return null;
    const result = work();
    this.#locks.set(
      id,
      result.catch(() => undefined),
    );
    try {
      return await result;
    } finally {
      this.#locks.delete(id);
    }
  }

  handleConnected(): void {
    for (const session of this.#byId.values()) {
      session.announceRuntimeState('CONNECTED');
      if (session.isFollowed) this.#attachInBackground(session);
    }
  }

  handleConnectionLost(): void {
    for (const session of this.#byId.values()) session.handleRuntimeLost();
  }

  /** Removes and disposes the object of a session. */
  drop(id: string): Session | undefined {
    const session = this.#byId.get(id);
    this.#byId.delete(id);
    clearTimeout(this.#retries.get(id));
    this.#retries.delete(id);
    session?.dispose();
    return session;
  }

  stop(): void {
    for (const id of [...this.#byId.keys()]) this.drop(id);
  }

  #attachInBackground(
    session: Session,
    {
      backoff = new Backoff({ delaysMs: RETRY_DELAYS_MS }),
      record,
    }: { readonly backoff?: Backoff; readonly record?: SessionRecord } = {},
  ): void {
    clearTimeout(this.#retries.get(session.id));
    this.#retries.delete(session.id);
    session
      .use(() => session.attach({ record }))
      .catch((error: unknown) => {
        this.#services.logger.debug(
          { err: error, sessionId: session.id },
          'failed to attach session',
        );
        if (needsNoRetry(error) || this.#byId.get(session.id) !== session) return;
        if (isPermanent(error)) session.handleAttachFailure(error);
        else this.#retryLater(session, backoff);
      });
  }

  #retryLater(session: Session, backoff: Backoff): void {
    const timer = setTimeout(() => {
      if (!session.isFollowed) this.#retries.delete(session.id);
      else this.#attachInBackground(session, { backoff });
    }, backoff.next()).unref();
    this.#retries.set(session.id, timer);
  }
}

/** The next connect of the runtime, or a new token or key, attaches the session. */
function needsNoRetry(error: unknown): boolean {
  return isGatewayError(error, 'RUNTIME_UNAVAILABLE') || needsCredentials(error);
}

function isPermanent(error: unknown): error is GatewayError {
  return error instanceof GatewayError && !error.retryable;
}
