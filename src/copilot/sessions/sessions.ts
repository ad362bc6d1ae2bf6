import type { SessionLifecycleEvent } from '@github/copilot-sdk';

import { createSessionNotFoundError } from '../../errors/common-errors.ts';
import { isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { RemoteMode, SessionRecord, SessionSlice } from '../../store/session-store.ts';
import type { ClientAnswer, RespondOutcome } from '../requests/request-answer.ts';
import { RepairCounter } from '../runtime/repair-counter.ts';
import { deleteRuntimeSession, type RuntimeListener } from '../runtime/runtime.ts';
import type { OutgoingMessage } from '../sending/delivery.ts';
import type { SendOutcome } from '../sending/idempotent-sender.ts';
import type { AbortResult } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import type { Session, SessionState } from '../session/session.ts';
import { createCloudSession } from './create-cloud-session.ts';
import { createLocalSession } from './create-local-session.ts';
import { forgetSession } from './forget-session.ts';
import { forkFrom, type ForkOptions } from './fork-session.ts';
import type { NewSession } from './new-session.ts';
import { OpenSessions, type OwnedSession, type SessionInUse } from './open-sessions.ts';
import { type ResumeOptions, resumeWithOptions } from './resume-session.ts';
import { SessionChanges } from './session-changes.ts';
import { type CleanupSettings, SessionCleanup } from './session-cleanup.ts';
import {
  type OwnedSessionsQuery,
  type SessionSnapshot,
  SessionSnapshots,
  type SnapshotPage,
} from './session-snapshot.ts';
import { SessionSync } from './session-sync.ts';
import { setRemoteMode } from './set-remote-mode.ts';
import { updateCredentials } from './update-credentials.ts';
import { applyUpdate, type SessionUpdate } from './update-session.ts';
import type { UseCaseServices } from './use-case-services.ts';

export interface SessionsOptions extends Omit<
  SessionServices,
  'onSessionChanged' | 'onSessionGone' | 'onSessionUnused' | 'repairs'
> {
  /** Null: no session is deleted for its age. */
  readonly cleanup: CleanupSettings | null;
}

/**
 * All sessions of one runtime: the use cases that resolvers call, each in a module of its own.
 *
 *     OpenSessions    one Session object for each session in use, and the locks around them
 *     SessionSync     keeps the store in step with sessions that others create, use or delete
 *     SessionCleanup  deletes sessions that were not used for long
 *     SessionChanges  the feed of sessions that were created, updated or deleted
 *     SessionSnapshots  records with their cursors
 *
 * A use case that fails leaves the session and its record as they were, and a session is announced only when it is
 * usable.
 */
export class Sessions implements RuntimeListener {
  readonly changes = new SessionChanges();
  readonly repairs: RepairCounter;
  readonly cleanup: SessionCleanup;
  readonly #services: UseCaseServices;
  readonly #openSessions: OpenSessions;
  readonly #snapshots: SessionSnapshots;
  readonly #sync: SessionSync;

  constructor({ cleanup, ...options }: SessionsOptions) {
    const { changes } = this;
    const creatingIds = new Set<string>();
    this.repairs = new RepairCounter(options.logger);
    this.#openSessions = new OpenSessions({
      ...options,
      repairs: this.repairs,
      onSessionChanged: (id) => {
        if (this.#openSessions.find(id) && !creatingIds.has(id)) this.#announceUpdate(id);
      },
      onSessionGone: (id) => this.#sync.runInBackground(() => this.#forget(id, new Date())),
    });
    this.#sync = new SessionSync({
      ...options,
      changes,
      intervalMs: options.settings.syncIntervalMs,
      onSessionGone: (id, at) => this.#forget(id, at),
      isInUse: (id) => this.#openSessions.find(id)?.isAttached ?? false,
    });
    this.#services = {
      ...options,
      repairs: this.repairs,
      openSessions: this.#openSessions,
      changes,
      sync: this.#sync,
      creatingIds,
      removals: new Map(),
    };
    this.#snapshots = new SessionSnapshots(this.#services);
    this.cleanup = new SessionCleanup(this.#services, cleanup);
  }

  // The life of the gateway.

  /** Recovers the work that an earlier gateway left. Call before clients can connect. */
  recover(): Promise<void> {
    return this.#openSessions.recover();
  }

  start(): Promise<void> {
    return this.#services.runtime.start(this);
  }

  stop(): void {
    this.changes.end();
    this.#sync.stop();
    this.cleanup.stop();
    this.#openSessions.stop();
  }

  handleConnected(): void {
    this.#sync.startSync();
    this.cleanup.startSweep();
    this.#openSessions.handleConnected();
  }

  handleConnectionLost(): void {
    this.#openSessions.handleConnectionLost();
  }

  handleLifecycleEvent(event: SessionLifecycleEvent): void {
    this.#sync.handleLifecycleEvent(event);
  }

  // Reading.

  /** For the ownership check only, which alone may use ids that have not been checked. */
  findRecordUnchecked(id: string): Promise<SessionRecord | undefined> {
    return this.#services.store.find(id);
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND */
  async requireRecord(id: SessionId): Promise<OwnedSession> {
    const record = await this.findRecordUnchecked(id);
    if (!record) throw createSessionNotFoundError();
    return { ...record, id };
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND */
  requireSnapshot(id: SessionId): Promise<SessionSnapshot> {
    return this.#snapshots.require(id);
  }

  /** For the ownership check only, as `findRecordUnchecked`. */
  findSnapshotUnchecked(id: string): Promise<SessionSnapshot | null> {
    return this.#snapshots.find(id);
  }

  listSnapshots(query: OwnedSessionsQuery, slice: SessionSlice): Promise<SnapshotPage> {
    return this.#snapshots.list(query, slice);
  }

  get attachedCount(): number {
    return this.#openSessions.list().filter(({ isAttached }) => isAttached).length;
  }

  get inUseCount(): number {
    return this.#openSessions.size;
  }

  getState(id: string): SessionState {
    return this.#openSessions.getState(id);
  }

  listIdsByState(states: readonly SessionState[]): string[] {
    return this.#openSessions.listIdsByState(states);
  }

  /** Returns undefined when the session is not in use. */
  findOpen(id: SessionId): Session | undefined {
    return this.#openSessions.find(id);
  }

  /**
   * Runs `work` with a session that a reader follows: attaches it in the background, as soon as there is a runtime.
   *
   * @throws {GatewayError} SESSION_NOT_FOUND
   */
  useAsReader<T>(owned: OwnedSession, work: (session: Session) => T | Promise<T>): Promise<T> {
    return this.#openSessions.useAsReader(owned, work);
  }

  // Sessions.

  /** @throws {GatewayError} SESSION_EXISTS, and whatever the runtime fails with: then nothing was created */
  async create(input: NewSession): Promise<SessionSnapshot> {
    const id = input.cloud
      ? await createCloudSession(input, input.cloud, this.#services)
      : await createLocalSession(input, this.#services);
    return this.requireSnapshot(id);
  }

  /** Creates the session, or resumes it when it exists, also when two clients ask for it at once. */
  async createOrResume(
    input: NewSession,
  ): Promise<{ readonly session: SessionSnapshot; readonly created: boolean }> {
    try {
      return { session: await this.create(input), created: true };
    } catch (error) {
      const existing = await this.findRecordUnchecked(input.id);
      const isTheirs = existing?.owner === input.owner;
      if (!isGatewayError(error, 'SESSION_EXISTS') || !isTheirs) throw error;
      const { id, gitHubToken, provider } = input;
      const session = await this.resume({ ...existing, id }, { gitHubToken, provider });
      return { session, created: false };
    }
  }

  resume(owned: OwnedSession, options: ResumeOptions): Promise<SessionSnapshot> {
    return this.#useAndRead(owned, (inUse) => resumeWithOptions(inUse, options, this.#services));
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, and whatever the runtime rejects */
  async update(owned: OwnedSession, update: SessionUpdate): Promise<SessionSnapshot> {
    const updated = await this.#useAndRead(owned, (inUse) =>
      applyUpdate(inUse, update, this.#services),
    );
    this.changes.emitUpdated(updated);
    return updated;
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, and GITHUB_AUTH_REQUIRED when GitHub rejects the token */
  updateCredentials(owned: OwnedSession, gitHubToken: string): Promise<SessionSnapshot> {
    return this.#useAndRead(owned, ({ session }) =>
      updateCredentials(session, { gitHubToken }, this.#services),
    );
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, and the errors of `checkSharing` */
  async setRemoteMode(owned: OwnedSession, mode: RemoteMode): Promise<SessionSnapshot> {
    const updated = await this.#useAndRead(owned, (inUse) =>
      setRemoteMode(inUse, mode, this.#services),
    );
    this.changes.emitUpdated(updated);
    return updated;
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, BAD_USER_INPUT for an unknown message: then nothing was created */
  async fork(owned: OwnedSession, options: ForkOptions): Promise<SessionSnapshot> {
    const forkId = await this.#openSessions.use(owned, (source) =>
      forkFrom(source, options, this.#services),
    );
    return this.requireSnapshot(forkId);
  }

  async disconnect({ id }: OwnedSession): Promise<SessionSnapshot> {
    await this.#openSessions.find(id)?.disconnect();
    return this.requireSnapshot(id);
  }

  async delete({ id }: OwnedSession): Promise<void> {
    await deleteRuntimeSession(id, this.#services.runtime);
    await this.#forget(id, new Date());
  }

  // Turns.

  /** @throws {GatewayError} SESSION_NOT_FOUND, and SESSION_BUSY when the delivery of the message requires an idle session */
  send(
    owned: OwnedSession,
    message: OutgoingMessage,
    clientMessageId: string | null,
  ): Promise<SendOutcome> {
    return this.#openSessions.use(owned, ({ session, record }) =>
      session.sender.send(message, { clientMessageId, record }),
    );
  }

  /**
   * Aborts the running turn.
   *
   * @param messageId id of the message whose turn may be aborted, or null to abort the running turn
   * @throws {GatewayError} SESSION_NOT_FOUND
   */
  abort(owned: OwnedSession, messageId: string | null): Promise<AbortResult> {
    return this.#openSessions.use(owned, ({ session }) => session.turnControl.abort(messageId));
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, and TURN_NOT_FOUND when the message is not in the queue */
  removeQueued(owned: OwnedSession, messageId: string): Promise<QueuedMessage> {
    return this.#openSessions.use(owned, ({ session }) =>
      session.turnControl.removeQueued(messageId),
    );
  }

  respond(owned: OwnedSession, requestId: string, answer: ClientAnswer): Promise<RespondOutcome> {
    return this.#openSessions.use(owned, ({ session, record }) =>
      session.responder.respond(requestId, answer, record),
    );
  }

  async #useAndRead(
    owned: OwnedSession,
    work: (inUse: SessionInUse) => Promise<void>,
  ): Promise<SessionSnapshot> {
    await this.#openSessions.use(owned, work);
    // Read again: the result shows the session after the operation.
    return this.requireSnapshot(owned.id);
  }

  /** Emits UPDATED to the owner of the session, who is in its record only. */
  #announceUpdate(id: string): void {
    const { store, logger } = this.#services;
    store
      .find(id)
      .then((record) => {
        if (record) this.changes.emitUpdated(record);
      })
      .catch((error: unknown) => {
        logger.debug({ err: error, sessionId: id }, 'failed to announce session update');
      });
  }

  #forget(id: string, at: Date): Promise<void> {
    return forgetSession(id, at, this.#services);
  }
}
