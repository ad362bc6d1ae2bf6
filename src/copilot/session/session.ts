import { GatewayError } from '../../errors/gateway-error.ts';
import type { StreamPosition } from '../../events/cursor.ts';
import type { RuntimeState } from '../../events/event.ts';
import { createSessionOrigin } from '../../events/event-factory.ts';
import type { CatchUpResult } from '../../events/log-follower.ts';
import { SessionLog } from '../../events/session-log.ts';
import { hasEnded } from '../../events/turn.ts';
import type { RemoteMode, SessionRecord } from '../../store/session-store.ts';
import { type CloudWorker, createCloudWorker } from '../link/cloud-worker.ts';
import type { AttachOptions } from '../link/open-sdk-session.ts';
import { createSessionLink, type SessionLink } from '../link/session-link.ts';
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
import type { OutgoingMessage } from '../sending/delivery.ts';
import { IdempotentSender, type SendOutcome } from '../sending/idempotent-sender.ts';
import { type SessionTurnControl, TurnControl } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { InactivityTimer } from './inactivity-timer.ts';
import { catchUp } from './replay.ts';
import { WorkMonitor, type WorkState } from './work-monitor.ts';

export type SessionState = WorkState | 'STARTING' | 'IDLE' | 'DISCONNECTED';

/** One session that is in use: its attachment to the runtime, its log and its turns. */
export class Session {
  readonly id: string;
  readonly log: SessionLog;
  readonly turns: Turns;
  readonly turnControl: SessionTurnControl;
  readonly requests: PendingRequests;
  readonly responder: RequestResponder;
  readonly requestRecovery: RequestRecovery;
  readonly #services: SessionServices;
  readonly #timeline: Timeline;
  readonly #journal: Journal;
  readonly #link: SessionLink;
  readonly #sender: IdempotentSender;
  readonly #workMonitor: WorkMonitor;
  readonly #cloudTurnControl: CloudTurnControl | null;
  #userCount = 0;
  readonly #idleTimer: InactivityTimer;

  constructor(record: SessionRecord, services: SessionServices) {
    this.id = record.id;
    this.#services = services;
    this.#idleTimer = new InactivityTimer(services.settings.idleDisconnectMs, () => {
      this.#handleInactive();
    });
    this.log = createSessionLog(record, services, (since) =>
      catchUp(since, { session: this, journal: this.#journal, services }),
    );
    const recorder = new SessionRecorder(this.log, services);
    this.turns = new Turns(record.id, (turn) => {
      recorder.handleTurnChanged(turn);
      this.#workMonitor.touch();
      if (hasEnded(turn)) this.#workMonitor.handleTurnEnded();
    });
    this.#timeline = new Timeline(this.log, this.turns, recorder);
    this.#journal = new Journal(services.runtime, record.id);
    this.requests = new PendingRequests({
      log: this.log,
      turns: this.turns,
      timeline: this.#timeline,
      rules: resolveRequestRules(record, services.profiles),
    });
    recordRequests(this.requests, record.id, services);
    const { log, turns, requests } = this;
    this.responder = new RequestResponder({
      record,
      services,
      requests,
      attach: () => this.#link.attach(),
    });
    this.requestRecovery = new RequestRecovery({ record, services, turns, requests });
    const worker = createCloudWorker(record, services, () =>
      this.#cloudTurnControl?.refreshQueue(),
    );
    const link = this.#createLink(recorder, worker);
    this.#link = link;
    this.#cloudTurnControl = worker && new CloudTurnControl({ services, log, turns, link, worker });
    this.turnControl = this.#cloudTurnControl ?? new TurnControl({ services, log, turns, link });
    this.#sender = this.#createSender();
    this.#workMonitor = new WorkMonitor({
      ...{ services, log, turns, timeline: this.#timeline, requests },
      ...{ link: this.#link, turnControl: this.turnControl, requestRecovery: this.requestRecovery },
    });
  }

  /** Somebody waits for what happens in it. */
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
    return this.#workMonitor.state !== null || this.#sender.isSending;
  }

  get isNeeded(): boolean {
    return this.#isBusy || this.#userCount > 0 || this.isFollowed;
  }

  /** It stays for as long as the work takes. */
  async use<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
    this.#userCount++;
    this.#idleTimer.touch();
    try {
      return await work(this);
    } finally {
      this.#userCount--;
    }
  }

  /** What an earlier gateway left waiting for a worker. */
  async recover(): Promise<void> {
    await this.#cloudTurnControl?.recover();
  }

  async attach(options: AttachOptions = {}): Promise<void> {
    await this.#link.attach(options);
    this.#idleTimer.touch();
  }

  /** @param clientMessageId the client's own id: the same again does not send again */
  send(message: OutgoingMessage, clientMessageId: string | null): Promise<SendOutcome> {
    return this.#sender.send(message, clientMessageId);
  }

  /** @throws Failure SESSION_BUSY while a turn is open: without an attachment the runtime would abort it */
  async disconnect(): Promise<void> {
    const attachment = await this.#link.waitForPendingAttach();
    if (this.#isBusy) {
      throw new GatewayError(
        'SESSION_BUSY',
        'A turn is running; the session can be disconnected when it has ended.',
      );
    }
    if (!attachment) return;
    this.#link.detach();
    await this.#services.runtime.call(() => attachment.disconnect());
  }

  async setModel(choice: ModelChoice): Promise<void> {
    await this.#link.setModel(choice);
  }

  /** On GitHub. What is not attached is not shared. */
  async applyRemoteMode(mode: RemoteMode): Promise<SharingState> {
    if (mode === 'off' && !this.isAttached) return { remoteUrl: null, remoteSteerable: false };
    const { runtime } = this.#services;
    return this.#link.withSdkSession((attachment) => applyRemoteMode(attachment, mode, runtime));
  }

  announceTitle(title: string): void {
    this.log.append(createSessionOrigin(), { type: 'title.changed', title });
  }

  /** The runtime stops what its last client leaves. Should another one have kept it alive, a later attach shows it. */
  handleRuntimeLost(): void {
    this.#link.detach();
    this.#workMonitor.interrupt();
    this.announceRuntimeState('LOST');
  }

  /** It cannot be attached: whoever reads it is told. */
  handleAttachFailure(failure: GatewayError): void {
    this.log.fail(failure);
    this.#workMonitor.cancelRecovery();
  }

  announceRuntimeState(runtimeState: RuntimeState): void {
    this.log.append(createSessionOrigin(), { type: 'runtime.changed', runtimeState });
  }

  /** Ends everything that waits for this session. */
  handleDeleted(): void {
    this.#link.close();
    this.#cloudTurnControl?.releaseAll();
    this.#workMonitor.abort();
    this.log.append(createSessionOrigin(), { type: 'session.deleted' });
    this.log.end();
  }

  /** Ends its timers; the attachment ends with the runtime. */
  dispose(): void {
    this.#idleTimer.stop();
    this.#workMonitor.stop();
    this.#cloudTurnControl?.stop();
    this.#link.close();
    this.responder.stop();
    this.log.end();
  }

  #createLink(recorder: SessionRecorder, worker: CloudWorker | null): SessionLink {
    const { log, turns, requestRecovery, requests, responder } = this;
    return createSessionLink({
      ...{ services: this.#services, log, recorder, timeline: this.#timeline, turns },
      ...{ journal: this.#journal, requests, responder, requestRecovery, worker },
      onActivity: () => {
        this.#idleTimer.touch();
        this.#workMonitor.touch();
      },
      onQueueChanged: () => {
        this.turnControl.refreshQueue();
      },
      onRuntimeIdle: () => {
        this.#workMonitor.closeOpenWork();
      },
    });
  }

  #createSender(): IdempotentSender {
    return new IdempotentSender({
      sessionId: this.id,
      store: this.#services.store,
      journal: this.#journal,
      turns: this.turns,
      deliver: (message) => this.turnControl.send(message),
      attachAndGetCursor: async () => {
        await this.attach();
        return this.log.cursor;
      },
    });
  }

  #handleInactive(): void {
    if (this.isNeeded) {
      this.#idleTimer.touch();
      return;
    }
    this.#disconnectIfIdle().catch((error: unknown) => {
      const { logger } = this.#services;
      logger.warn({ err: error, sessionId: this.id }, 'failed to disconnect idle session');
      this.#idleTimer.touch();
    });
  }

  async #disconnectIfIdle(): Promise<void> {
    await this.#link.waitForPendingAttach();
    const record = await this.#services.store.find(this.id);
    const stays = this.isAttached && record !== undefined && mustStayAttached(record);
    if (!this.isNeeded && !stays) await this.disconnect();
    if (this.isNeeded || this.isAttached) this.#idleTimer.touch();
    else this.#services.onSessionUnused(this.id);
  }
}

export function createSessionLog(
  { id, rewinds }: SessionRecord,
  { settings }: SessionServices,
  catchUp: (since: StreamPosition) => Promise<CatchUpResult | undefined>,
): SessionLog {
  const { logBytes: maxBytes, logAgeMs: maxAgeMs, messageBytes: maxTextLength } = settings;
  return new SessionLog(id, { maxBytes, maxAgeMs, maxTextLength, rewinds, catchUp });
}

/** Whether it must not be released when nobody needs it. */
export function mustStayAttached(record: SessionRecord): boolean {
  // Whoever steers it from GitHub reaches it only while it is attached.
  if (record.remoteMode === 'on') return true;
  // The runtime forgets it then, and finds it again by its own account only.
  return record.location === 'cloud' && record.gitHubAccount !== 'server';
}
