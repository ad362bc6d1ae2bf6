import type { SessionLifecycleEvent } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { SessionId } from '../../events/ids.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { RemoteMode, SessionRecord, SessionSlice } from '../../store/session-directory.ts';
import type { Answer, RespondOutcome } from '../requests/request-answer.ts';
import { Repairs } from '../runtime/repair-counter.ts';
import { deleteInRuntime, type RuntimeListener } from '../runtime/runtime.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import type { OutgoingMessage } from '../sending/delivery.ts';
import type { Sent } from '../sending/idempotent-sender.ts';
import type { Aborted } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import type { Session, SessionState } from '../session/session.ts';
import { createSession } from './create-session.ts';
import { forgetSession } from './forget-session.ts';
import { type Fork, forkSession } from './fork-session.ts';
import type { NewSession } from './new-session.ts';
import { OpenSessions } from './open-sessions.ts';
import { type ResumeOptions, resumeSession } from './resume-session.ts';
import { announceUpdate, SessionChanges } from './session-changes.ts';
import { type CleanupSettings, SessionCleanup } from './session-cleanup.ts';
import { SessionPositions } from './session-positions.ts';
import type { OwnersQuery, SessionSnapshot, SnapshotPage } from './session-snapshot.ts';
import { SessionSync } from './session-sync.ts';
import { setRemote } from './set-session-remote.ts';
import { updateCredentials } from './update-credentials.ts';
import { type SessionUpdate, updateSession } from './update-session.ts';

export interface SessionsOptions extends Omit<
  SessionServices,
  'changed' | 'gone' | 'unused' | 'repairs'
> {
  /** Null: no session is deleted for its age. */
  readonly cleanup: CleanupSettings | null;
}

/** All sessions of one runtime. There is one `Session` object for each that is in use. */
export class Sessions implements RuntimeListener {
  readonly changes = new SessionChanges();
  /** What the runtime's push had left out. */
  readonly repairs: Repairs;
  readonly cleanup: SessionCleanup;
  readonly #options: SessionsOptions;
  readonly #open: OpenSessions;
  readonly #sync: SessionSync;
  readonly #positions: SessionPositions;
  /** What is not announced yet has no updates. */
  readonly #creating = new Set<string>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.repairs = new Repairs(options.log);
    this.#open = new OpenSessions({
      ...options,
      repairs: this.repairs,
      changed: (id) => {
        if (!this.#open.get(id) || this.#creating.has(id)) return;
        announceUpdate(id, { ...options, changes: this.changes });
      },
      gone: (id) => this.#sync.run(() => this.#forget(id)),
    });
    this.#positions = new SessionPositions(options, this.#open);
    this.#sync = new SessionSync({
      ...options,
      changes: this.changes,
      intervalMs: options.settings.syncIntervalMs,
      gone: (id, at) => this.#forget(id, at),
      isInUse: (id) => this.#open.get(id)?.isAttached ?? false,
    });
    this.cleanup = new SessionCleanup({
      ...{ ...options, sync: this.#sync, open: this.#open, creating: this.#creating },
      settings: options.cleanup,
      forget: (id) => this.#forget(id),
    });
  }

  /** Before anybody can ask. */
  takeUp(): Promise<void> {
    return this.#open.takeUp();
  }

  start(): Promise<void> {
    return this.#options.runtime.start(this);
  }

  connected(): void {
    this.#sync.withRuntime();
    this.cleanup.withRuntime();
    this.#open.connected();
  }

  lost(): void {
    this.#open.lost();
  }

  lifecycle(event: SessionLifecycleEvent): void {
    this.#sync.lifecycle(event);
  }

  /** For the check of ownership, which alone may ask for ids that nobody has checked. */
  look(id: string): Promise<SessionRecord | undefined> {
    return this.#options.directory.find(id);
  }

  /** @throws Failure SESSION_NOT_FOUND */
  async record(id: SessionId): Promise<SessionRecord> {
    const record = await this.look(id);
    if (!record) throw new Failure('SESSION_NOT_FOUND', 'There is no such session.');
    return record;
  }

  /** @throws Failure SESSION_NOT_FOUND */
  async snapshot(id: SessionId): Promise<SessionSnapshot> {
    const cursor = this.#positions.now(id);
    return { ...(await this.record(id)), cursor };
  }

  async find(id: SessionId): Promise<SessionSnapshot | null> {
    const cursor = this.#positions.now(id);
    const record = await this.#options.directory.find(id);
    return record ? { ...record, cursor } : null;
  }

  page(query: OwnersQuery, slice: SessionSlice): Promise<SnapshotPage> {
    return this.#positions.page(query, slice);
  }

  get attachedCount(): number {
    return this.#open.all().filter(({ isAttached }) => isAttached).length;
  }

  get inUseCount(): number {
    return this.#open.size;
  }

  stateOf(id: string): SessionState {
    return this.#open.stateOf(id);
  }

  idsByState(states: readonly SessionState[]): string[] {
    return this.#open.idsByState(states);
  }

  inUse(id: SessionId): Session | undefined {
    return this.#open.get(id);
  }

  /**
   * For a reader: the session is attached as soon as there is a runtime, but nobody waits for that.
   * @throws Failure SESSION_NOT_FOUND
   */
  read<T>(id: SessionId, work: (session: Session) => T | Promise<T>): Promise<T> {
    return this.#open.read(id, work);
  }

  /** @throws Failure SESSION_EXISTS, and whatever the runtime fails with: then nothing was created */
  async create(input: NewSession): Promise<SessionSnapshot> {
    const services = { ...this.#options, open: this.#open, changes: this.changes };
    return this.snapshot(await createSession(input, { ...services, creating: this.#creating }));
  }

  async resume(id: SessionId, options: ResumeOptions): Promise<SessionSnapshot> {
    await this.#open.use(id, (session) => resumeSession(session, options, this.#options));
    return this.snapshot(id);
  }

  /** @throws Failure SESSION_NOT_FOUND, and whatever the runtime refuses: then nothing has changed */
  async update(id: SessionId, update: SessionUpdate): Promise<SessionSnapshot> {
    await this.#open.use(id, (session) => updateSession(session, update, this.#options));
    const updated = await this.snapshot(id);
    this.changes.updated(updated);
    return updated;
  }

  /** @throws Failure SESSION_NOT_FOUND, and GITHUB_AUTH_REQUIRED when GitHub refuses it: then nothing has changed */
  async updateCredentials(id: SessionId, gitHubToken: string): Promise<SessionSnapshot> {
    const credentials = { gitHubToken };
    await this.#open.use(id, (session) => updateCredentials(session, credentials, this.#options));
    return this.snapshot(id);
  }

  /** @throws Failure SESSION_NOT_FOUND, and whatever stands against it: then nothing has changed */
  async setRemote(id: SessionId, mode: RemoteMode): Promise<SessionSnapshot> {
    await this.#open.use(id, (session) => setRemote(session, mode, this.#options));
    const updated = await this.snapshot(id);
    this.changes.updated(updated);
    return updated;
  }

  /** @throws Failure SESSION_NOT_FOUND, BAD_USER_INPUT for an unknown message: then nothing was made */
  async fork(id: SessionId, fork: Fork): Promise<SessionSnapshot> {
    const services = { ...this.#options, sync: this.#sync, changes: this.changes };
    return this.snapshot(await this.#open.use(id, (from) => forkSession(from, fork, services)));
  }

  /** @throws Failure SESSION_NOT_FOUND, and SESSION_BUSY as its delivery says */
  send(id: SessionId, message: OutgoingMessage, clientMessageId: string | null): Promise<Sent> {
    return this.#open.use(id, (session) => session.send(message, clientMessageId));
  }

  /**
   * @param messageId of the only turn that may be stopped; null: whichever runs
   * @throws Failure SESSION_NOT_FOUND
   */
  abort(id: SessionId, messageId: string | null): Promise<Aborted> {
    return this.#open.use(id, (session) => session.steering.abort(messageId));
  }

  /** @throws Failure SESSION_NOT_FOUND, and TURN_NOT_FOUND when the message does not wait in the queue */
  removeQueued(id: SessionId, messageId: string): Promise<QueuedMessage> {
    return this.#open.use(id, (session) => session.steering.removeQueued(messageId));
  }

  respond(id: SessionId, requestId: string, answer: Answer): Promise<RespondOutcome> {
    return this.#open.use(id, ({ responder }) => responder.respond(requestId, answer));
  }

  async disconnect(id: SessionId): Promise<SessionSnapshot> {
    await this.record(id);
    await this.#open.get(id)?.disconnect();
    return this.snapshot(id);
  }

  async delete(id: SessionId): Promise<void> {
    await this.record(id);
    await deleteInRuntime(id, this.#options.runtime);
    await this.#forget(id);
  }

  stop(): void {
    this.changes.end();
    this.#sync.stop();
    this.cleanup.stop();
    this.#open.stop();
  }

  #forget(id: string, at = new Date()): Promise<void> {
    return forgetSession(id, at, { ...this.#options, open: this.#open, changes: this.changes });
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
    const isTheirs = (await sessions.look(input.id))?.owner === input.owner;
    if (!isFailure(error, 'SESSION_EXISTS') || !isTheirs) throw error;
    const { gitHubToken, provider } = input;
    return { session: await sessions.resume(input.id, { gitHubToken, provider }), created: false };
  }
}
