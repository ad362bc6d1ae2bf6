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
import { createSession } from './create-session.ts';
import { forgetSession } from './forget-session.ts';
import { type ForkOptions, forkSession } from './fork-session.ts';
import type { NewSession } from './new-session.ts';
import { OpenSessions } from './open-sessions.ts';
import { type ResumeOptions, resumeSession } from './resume-session.ts';
import { announceUpdate, SessionChanges } from './session-changes.ts';
import { type CleanupSettings, SessionCleanup } from './session-cleanup.ts';
import { SessionCursorReader } from './session-cursor-reader.ts';
import type { OwnedSessionsQuery, SessionSnapshot, SnapshotPage } from './session-snapshot.ts';
import { SessionSync } from './session-sync.ts';
import { setRemoteMode } from './set-remote-mode.ts';
import { updateCredentials } from './update-credentials.ts';
import { type SessionUpdate, updateSession } from './update-session.ts';

export interface SessionsOptions extends Omit<
  SessionServices,
  'onSessionChanged' | 'onSessionGone' | 'onSessionUnused' | 'repairs'
> {
  /** Null: no session is deleted for its age. */
  readonly cleanup: CleanupSettings | null;
}

/** All sessions of one runtime. There is one `Session` object for each that is in use. */
export class Sessions implements RuntimeListener {
  readonly changes = new SessionChanges();
  /** What the runtime's push had left out. */
  readonly repairs: RepairCounter;
  readonly cleanup: SessionCleanup;
  readonly #options: SessionsOptions;
  readonly #openSessions: OpenSessions;
  readonly #sync: SessionSync;
  readonly #cursorReader: SessionCursorReader;
  /** What is not announced yet has no updates. */
  readonly #creatingIds = new Set<string>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.repairs = new RepairCounter(options.logger);
    this.#openSessions = new OpenSessions({
      ...options,
      repairs: this.repairs,
      onSessionChanged: (id) => {
        if (!this.#openSessions.find(id) || this.#creatingIds.has(id)) return;
        announceUpdate(id, { ...options, changes: this.changes });
      },
      onSessionGone: (id) => this.#sync.runInBackground(() => this.#forget(id)),
    });
    this.#cursorReader = new SessionCursorReader(options, this.#openSessions);
    this.#sync = new SessionSync({
      ...options,
      changes: this.changes,
      intervalMs: options.settings.syncIntervalMs,
      onSessionGone: (id, at) => this.#forget(id, at),
      isInUse: (id) => this.#openSessions.find(id)?.isAttached ?? false,
    });
    this.cleanup = new SessionCleanup({
      ...{ ...options, sync: this.#sync, open: this.#openSessions, creating: this.#creatingIds },
      settings: options.cleanup,
      forget: (id) => this.#forget(id),
    });
  }

  /** Before anybody can ask. */
  recover(): Promise<void> {
    return this.#openSessions.recover();
  }

  start(): Promise<void> {
    return this.#options.runtime.start(this);
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

  /** For the check of ownership, which alone may ask for ids that nobody has checked. */
  findRecordUnchecked(id: string): Promise<SessionRecord | undefined> {
    return this.#options.store.find(id);
  }

  /** @throws Failure SESSION_NOT_FOUND */
  async requireRecord(id: SessionId): Promise<SessionRecord> {
    const record = await this.findRecordUnchecked(id);
    if (!record) throw createSessionNotFoundError();
    return record;
  }

  /** @throws Failure SESSION_NOT_FOUND */
  async requireSnapshot(id: SessionId): Promise<SessionSnapshot> {
    const cursor = this.#cursorReader.captureCursor(id);
    return { ...(await this.requireRecord(id)), cursor };
  }

  async findSnapshot(id: SessionId): Promise<SessionSnapshot | null> {
    const cursor = this.#cursorReader.captureCursor(id);
    const record = await this.#options.store.find(id);
    return record ? { ...record, cursor } : null;
  }

  listSnapshots(query: OwnedSessionsQuery, slice: SessionSlice): Promise<SnapshotPage> {
    return this.#cursorReader.listSnapshots(query, slice);
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

  findOpen(id: SessionId): Session | undefined {
    return this.#openSessions.find(id);
  }

  /**
   * For a reader: the session is attached as soon as there is a runtime, but nobody waits for that.
   * @throws Failure SESSION_NOT_FOUND
   */
  useAsReader<T>(id: SessionId, work: (session: Session) => T | Promise<T>): Promise<T> {
    return this.#openSessions.useAsReader(id, work);
  }

  /** @throws Failure SESSION_EXISTS, and whatever the runtime fails with: then nothing was created */
  async create(input: NewSession): Promise<SessionSnapshot> {
    const services = { ...this.#options, open: this.#openSessions, changes: this.changes };
    return this.requireSnapshot(
      await createSession(input, { ...services, creating: this.#creatingIds }),
    );
  }

  async resume(id: SessionId, options: ResumeOptions): Promise<SessionSnapshot> {
    await this.#openSessions.use(id, (session) => resumeSession(session, options, this.#options));
    return this.requireSnapshot(id);
  }

  /** @throws Failure SESSION_NOT_FOUND, and whatever the runtime refuses: then nothing has changed */
  async update(id: SessionId, update: SessionUpdate): Promise<SessionSnapshot> {
    await this.#openSessions.use(id, (session) => updateSession(session, update, this.#options));
    const updated = await this.requireSnapshot(id);
    this.changes.emitUpdated(updated);
    return updated;
  }

  /** @throws Failure SESSION_NOT_FOUND, and GITHUB_AUTH_REQUIRED when GitHub refuses it: then nothing has changed */
  async updateCredentials(id: SessionId, gitHubToken: string): Promise<SessionSnapshot> {
    const credentials = { gitHubToken };
    await this.#openSessions.use(id, (session) =>
      updateCredentials(session, credentials, this.#options),
    );
    return this.requireSnapshot(id);
  }

  /** @throws Failure SESSION_NOT_FOUND, and whatever stands against it: then nothing has changed */
  async setRemoteMode(id: SessionId, mode: RemoteMode): Promise<SessionSnapshot> {
    await this.#openSessions.use(id, (session) => setRemoteMode(session, mode, this.#options));
    const updated = await this.requireSnapshot(id);
    this.changes.emitUpdated(updated);
    return updated;
  }

  /** @throws Failure SESSION_NOT_FOUND, BAD_USER_INPUT for an unknown message: then nothing was made */
  async fork(id: SessionId, fork: ForkOptions): Promise<SessionSnapshot> {
    const services = { ...this.#options, sync: this.#sync, changes: this.changes };
    return this.requireSnapshot(
      await this.#openSessions.use(id, (from) => forkSession(from, fork, services)),
    );
  }

  /** @throws Failure SESSION_NOT_FOUND, and SESSION_BUSY as its delivery says */
  send(
    id: SessionId,
    message: OutgoingMessage,
    clientMessageId: string | null,
  ): Promise<SendOutcome> {
    return this.#openSessions.use(id, (session) => session.send(message, clientMessageId));
  }

  /**
   * @param messageId of the only turn that may be stopped; null: whichever runs
   * @throws Failure SESSION_NOT_FOUND
   */
  abort(id: SessionId, messageId: string | null): Promise<AbortResult> {
    return this.#openSessions.use(id, (session) => session.turnControl.abort(messageId));
  }

  /** @throws Failure SESSION_NOT_FOUND, and TURN_NOT_FOUND when the message does not wait in the queue */
  removeQueued(id: SessionId, messageId: string): Promise<QueuedMessage> {
    return this.#openSessions.use(id, (session) => session.turnControl.removeQueued(messageId));
  }

  respond(id: SessionId, requestId: string, answer: ClientAnswer): Promise<RespondOutcome> {
    return this.#openSessions.use(id, ({ responder }) => responder.respond(requestId, answer));
  }

  async disconnect(id: SessionId): Promise<SessionSnapshot> {
    await this.requireRecord(id);
    await this.#openSessions.find(id)?.disconnect();
    return this.requireSnapshot(id);
  }

  async delete(id: SessionId): Promise<void> {
    await this.requireRecord(id);
    await deleteRuntimeSession(id, this.#options.runtime);
    await this.#forget(id);
  }

  stop(): void {
    this.changes.end();
    this.#sync.stop();
    this.cleanup.stop();
    this.#openSessions.stop();
  }

  #forget(id: string, at = new Date()): Promise<void> {
    return forgetSession(id, at, {
      ...this.#options,
      open: this.#openSessions,
      changes: this.changes,
    });
  }
}

/** Made, or resumed when there is one of this name: also when two clients ask for it at once. */
export async function createOrResume(
  input: NewSession,
  sessions: Sessions,
): Promise<{ session: SessionSnapshot; created: boolean }> {
  try {
    return { session: await sessions.create(input), created: true };
  } catch (error) {
    const isTheirs = (await sessions.findRecordUnchecked(input.id))?.owner === input.owner;
    if (!isGatewayError(error, 'SESSION_EXISTS') || !isTheirs) throw error;
    const { gitHubToken, provider } = input;
    return { session: await sessions.resume(input.id, { gitHubToken, provider }), created: false };
  }
}
