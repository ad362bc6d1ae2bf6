import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { StreamPosition } from '../../events/cursor.ts';
import type { RuntimeState } from '../../events/event.ts';
import { createSessionOrigin } from '../../events/event-factory.ts';
import type { CatchUpResult } from '../../events/log-follower.ts';
import { SessionLog } from '../../events/session-log.ts';
import { hasEnded } from '../../events/turn.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-store.ts';
import { CloudWorker } from '../link/cloud-worker.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import { SessionEmitter } from '../link/session-emitter.ts';
import { SessionLink } from '../link/session-link.ts';
import { applyRemoteMode, type SharingState } from '../link/sharing.ts';
import type { ModelChoice } from '../profiles/model-choice.ts';
import { SessionRecorder } from '../projections/session-recorder.ts';
import { Timeline } from '../projections/timeline.ts';
import { Turns } from '../projections/turns.ts';
import { PendingRequests, resolveRequestRules } from '../requests/pending-requests.ts';
import { recordRequests } from '../requests/request-recorder.ts';
import { RequestRecovery } from '../requests/request-recovery.ts';
import { RequestResponder } from '../requests/request-responder.ts';
import { Journal } from '../runtime/journal.ts';
import { CloudTurnControl } from '../sending/cloud-turn-control.ts';
import { IdempotentSender } from '../sending/idempotent-sender.ts';
import { type SessionTurnControl, TurnControl } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { IdleDisconnect } from './idle-disconnect.ts';
import { replay } from './replay.ts';
import { WorkMonitor, type WorkState } from './work-monitor.ts';

export type SessionState = WorkState | 'STARTING' | 'IDLE' | 'DISCONNECTED';

/**
 * One session that is in use. Connects its parts:
 *
 *   runtime -> SessionLink -> EventInbox -> projections (Timeline, PendingRequests, Turns) -> SessionLog -> readers
 *   clients -> IdempotentSender, TurnControl, RequestResponder -> SessionLink -> runtime
 *
 * Each part gets the parts below it. Those below reach those above through the emitter: the listeners, in
 * `#listen`, are the only upward calls.
 *
 * A session is disposed of when it has not been needed for a while: no open turn, no pending request, no send in flight, no
 * reader, and no operation inside `use`.
 */
export class Session {
  readonly id: string;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly requestRecovery: RequestRecovery;
  readonly responder: RequestResponder;
  readonly turnControl: SessionTurnControl;
  readonly sender: IdempotentSender;
  readonly #services: SessionServices;
  readonly #journal: Journal;
  readonly #link: SessionLink;
  readonly #cloudTurnControl: CloudTurnControl | null;
  readonly #workMonitor: WorkMonitor;
  readonly #idleDisconnect: IdleDisconnect;
  #userCount = 0;

  constructor(record: SessionRecord, services: SessionServices) {
    this.id = record.id;
    this.#services = services;
    const emitter = new SessionEmitter();
    const log = createSessionLog(record, services, (since) => this.#catchUp(since));
    const journal = new Journal(services.runtime, record.id);
    const recorder = new SessionRecorder(log, services);
    const turns = new Turns(record.id, (turn) => {
      recorder.handleTurnChanged(turn);
      emitter.emit('turnChanged', turn);
    });
    const timeline = new Timeline(log, turns, recorder);
    const rules = resolveRequestRules(record, services.profiles);
    const requests = new PendingRequests({ log, turns, timeline, rules });
    recordRequests(requests, record.id, services);
    const requestRecovery = new RequestRecovery({ record, services, turns, requests });
    const worker =
      record.location === 'cloud' ? new CloudWorker({ record, services, emitter }) : null;
    const parts = { services, log, turns, timeline, requests, requestRecovery };
    const link = new SessionLink({ ...parts, journal, recorder, worker, emitter });
    const cloudTurnControl = worker && new CloudTurnControl({ services, log, turns, link, worker });
    const turnControl = cloudTurnControl ?? new TurnControl({ services, log, turns, link });
    this.log = log;
    this.turns = turns;
    this.requests = requests;
    this.requestRecovery = requestRecovery;
    this.responder = new RequestResponder({ record, services, requests, link });
    this.turnControl = turnControl;
    this.sender = new IdempotentSender({
      store: services.store,
      journal,
      log,
      turns,
      link,
      turnControl,
    });
    this.#journal = journal;
    this.#link = link;
    this.#cloudTurnControl = cloudTurnControl;
    this.#workMonitor = new WorkMonitor({ ...parts, link, turnControl });
    this.#idleDisconnect = new IdleDisconnect({ session: this, link, services });
    this.#listen(emitter);
  }

  /** Whether a client waits for something that happens in the session. */
  get isFollowed(): boolean {
    return this.#workMonitor.state !== null || this.log.readerCount > 0;
  }

  get isAttached(): boolean {
    return this.#link.sdkSession !== undefined;
  }

  get state(): SessionState {
    if (this.#cloudTurnControl?.isStarting) return 'STARTING';
    return this.#workMonitor.state ?? (this.isAttached ? 'IDLE' : 'DISCONNECTED');
  }

  get #isBusy(): boolean {
    return this.#workMonitor.state !== null || this.sender.isSending;
  }

  get isNeeded(): boolean {
    return this.#isBusy || this.#userCount > 0 || this.isFollowed;
  }

  /** Runs `work`; the session stays in use until `work` has settled. */
  async use<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
    this.#userCount++;
    this.#idleDisconnect.touch();
    try {
      return await work(this);
    } finally {
      this.#userCount--;
    }
  }

  /** Restores the messages that an earlier gateway held for the worker of a cloud session. */
  async recover(): Promise<void> {
    await this.#cloudTurnControl?.recover();
  }

  async attach(options: AttachOptions = {}): Promise<void> {
    await this.#link.attach(options);
    this.#idleDisconnect.touch();
  }

  /** @throws {GatewayError} SESSION_BUSY while a turn is open: the runtime aborts turns of detached sessions */
  async disconnect(): Promise<void> {
    const sdkSession = await this.#link.waitForPendingAttach();
    if (this.#isBusy) {
      throw new GatewayError(
        'SESSION_BUSY',
        'A turn is running; the session can be disconnected when it has ended.',
      );
    }
    if (!sdkSession) return;
    this.#link.detach();
    await this.#services.runtime.call(() => sdkSession.disconnect());
  }

  async setModel(choice: ModelChoice): Promise<void> {
    await this.#link.setModel(choice);
  }

  /** Shares the session on GitHub, or stops sharing it. A detached session is not shared. */
  async applyRemoteMode(mode: RemoteMode, record: SessionRecord): Promise<SharingState> {
    if (mode === 'off' && !this.isAttached) return { remoteUrl: null, remoteSteerable: false };
    const { runtime } = this.#services;
    await this.#link.attach({ record });
    return this.#link.withSdkSession((sdkSession) => applyRemoteMode(sdkSession, mode, runtime));
  }

  announceTitle(title: string): void {
    this.log.append(createSessionOrigin(), { type: 'title.changed', title });
  }

  /**
   * Closes open work: the runtime stops the turns of a session that its last client leaves. If another client has kept
   * the session, the next attach resumes its turn.
   */
  handleRuntimeLost(): void {
    this.#link.detach();
    this.#workMonitor.interrupt();
    this.announceRuntimeState('LOST');
  }

  /** Reports to all readers that the session cannot be attached. */
  handleAttachFailure(error: GatewayError): void {
    this.log.fail(error);
    this.#workMonitor.cancelRecovery();
  }

  announceRuntimeState(runtimeState: RuntimeState): void {
    this.log.append(createSessionOrigin(), { type: 'runtime.changed', runtimeState });
  }

  /** Ends all open work and all readers. */
  handleDeleted(): void {
    this.#link.close();
    this.#cloudTurnControl?.releaseAll();
    this.#workMonitor.abort();
    this.log.append(createSessionOrigin(), { type: 'session.deleted' });
    this.log.end();
  }

  /** Stops all timers and ends all readers. The SDK session is not disconnected: it ends with the runtime. */
  dispose(): void {
    this.#idleDisconnect.stop();
    this.#workMonitor.stop();
    this.#cloudTurnControl?.stop();
    this.#link.close();
    this.responder.stop();
    this.log.end();
  }

  #listen(emitter: SessionEmitter): void {
    emitter.on('activity', () => {
      this.#idleDisconnect.touch();
      this.#workMonitor.touch();
    });
    emitter.on('turnChanged', (turn) => {
      this.#workMonitor.touch();
      if (hasEnded(turn)) this.#workMonitor.handleTurnEnded();
    });
    emitter.on('runtimeIdle', () => {
      this.#workMonitor.closeOpenWork();
    });
    emitter.on('samplingRequested', (requestId) => {
      this.responder.declineSampling(requestId);
    });
    for (const signal of ['linkChanged', 'queueChanged', 'workerStarted'] as const) {
      emitter.on(signal, () => {
        this.turnControl.refreshQueue();
      });
    }
  }

  /** Returns what a reader has missed; undefined without a runtime: the log reports when there is one. */
  async #catchUp(since: StreamPosition): Promise<CatchUpResult | undefined> {
    const { log, turns, requests } = this;
    const { store, settings } = this.#services;
    const { journalLagMs } = settings;
    try {
      await this.attach();
      return await replay(since, {
        log,
        turns,
        requests,
        store,
        journal: this.#journal,
        journalLagMs,
      });
    } catch (error) {
      if (isGatewayError(error, 'RUNTIME_UNAVAILABLE')) return undefined;
      throw error;
    }
  }
}

function createSessionLog(
  { id, rewinds }: SessionRecord,
  { settings }: SessionServices,
  catchUp: (since: StreamPosition) => Promise<CatchUpResult | undefined>,
): SessionLog {
  const { logBytes: maxBytes, logAgeMs: maxAgeMs, messageBytes: maxTextLength } = settings;
  return new SessionLog(id, { maxBytes, maxAgeMs, maxTextLength, rewinds, catchUp });
}
