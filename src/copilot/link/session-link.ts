import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import {
  createRuntimeUnavailableError,
  createSessionNotFoundError,
} from '../../errors/common-errors.ts';
import { isGatewayError } from '../../errors/gateway-error.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import { type ModelChoice, setRuntimeModel } from '../profiles/model-choice.ts';
import type { SessionRecorder } from '../projections/session-recorder.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import type { RequestRecovery } from '../requests/request-recovery.ts';
import type { Journal } from '../runtime/journal.ts';
import type { SessionServices } from '../services.ts';
import { createChangeRoutes } from './change-routes.ts';
import type { CloudWorker } from './cloud-worker.ts';
import { EventInbox } from './event-inbox.ts';
import { forgetFinishedTexts } from './forget-finished-texts.ts';
import {
  type AttachResult,
  isCurrentAttempt,
  type LinkEvent,
  type LinkState,
  reduceLinkState,
} from './link-state.ts';
import { type AttachOptions, type OpenedSession, openSdkSession } from './open-sdk-session.ts';
import { hasFinishedMessage, reconcile, type ReconcileResult } from './reconcile.ts';
import { repairTexts } from './repair-texts.ts';
import { reportDrift } from './report-settings-drift.ts';
import type { SessionEmitter } from './session-emitter.ts';
import { SessionToken } from './session-token.ts';
import { type AttachedSession, restoreSharing } from './sharing.ts';
import { UsageBackfill } from './usage-backfill.ts';

interface SessionLinkOptions {
  readonly services: SessionServices;
  readonly journal: Journal;
  readonly log: SessionLog;
  readonly recorder: SessionRecorder;
  readonly timeline: Timeline;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly requestRecovery: RequestRecovery;
  /** Null: the session is local. */
  readonly worker: CloudWorker | null;
  readonly emitter: SessionEmitter;
}

/**
 * The link between one session and the runtime. Its states and their transitions are in link-state.ts.
 *
 * 1. At most one SDK session is attached: a second one would silence the first. Concurrent attaches share one attempt.
 * 2. Only pushes of the current attempt reach the log (S14 in docs/streaming.md). Those of an attempt that failed, or that was lost or replaced,
 *    are dropped: they would be the base from which the next attach continues, with a gap before them.
 * 3. While the event log is read, by an attach or by a check, pushes are buffered (S16 in docs/streaming.md). An attach
 *    therefore waits for the running check first.
 * 4. After an attach, the buffer is applied before open work is closed: the buffer may contain the end of a turn that
 *    the runtime has interrupted (S19).
 * 5. A closed link is never attached again.
 */
export class SessionLink {
  readonly #options: SessionLinkOptions;
  readonly #inbox: EventInbox;
  readonly #usageBackfill: UsageBackfill;
  readonly #token: SessionToken;
  #state: LinkState = { kind: 'detached' };
  /** Ends with the newest check; checks run one after the other. */
  #checks: Promise<void> = Promise.resolve();

  constructor(options: SessionLinkOptions) {
    this.#options = options;
    const { services, emitter, log, recorder } = options;
    this.#inbox = new EventInbox({
      log,
      recorder,
      emitter,
      routes: createChangeRoutes(options, options),
      unknownEvents: services.runtime.unknownEvents,
      logger: services.logger,
    });
    this.#usageBackfill = new UsageBackfill(options);
    this.#token = new SessionToken(options);
  }

  /** Undefined unless the link is attached. */
  get sdkSession(): CopilotSession | undefined {
    return this.#state.kind === 'attached' ? this.#state.sdkSession : undefined;
  }

  /**
   * Attaches the session. If it is attached already, installs a newer GitHub token if there is one.
   *
   * @throws {GatewayError} SESSION_NOT_FOUND when the session was deleted, or the link is closed
   * @throws {GatewayError} GITHUB_AUTH_REQUIRED when the token is missing or GitHub rejects it
   * @throws {GatewayError} RUNTIME_UNAVAILABLE when the runtime is lost meanwhile
   */
  async attach(options: AttachOptions = {}): Promise<CopilotSession> {
    if (options.reattach) {
      await this.waitForPendingAttach();
      this.detach();
    }
    const state = this.#state;
    switch (state.kind) {
      case 'attached':
        return this.#refreshToken(state, options);
      case 'attaching':
      case 'abandoned':
        return state.result;
      case 'detached':
        return this.#startAttach(options);
      case 'closed':
        throw createSessionNotFoundError();
    }
  }

  /** Reads the event log and applies what the runtime has not pushed. Never rejects. */
  checkForMissedEvents(): Promise<void> {
    this.#checks = this.#checks.then(() => this.#checkForMissedEventsNow());
    return this.#checks;
  }

  /** @throws {GatewayError} RUNTIME_UNAVAILABLE when the session is not attached */
  async setModel(choice: ModelChoice): Promise<void> {
    const { sdkSession } = this;
    if (!sdkSession) throw createRuntimeUnavailableError();
    await this.#options.services.runtime.call(() => setRuntimeModel(sdkSession, choice));
  }

  /** Detaches for good. */
  close(): void {
    this.#leave({ type: 'closed' });
  }

  /** Waits for the attempt in flight, whether it succeeds or not. Returns the SDK session if one is attached then. */
  async waitForPendingAttach(): Promise<CopilotSession | undefined> {
    const state = this.#state;
    if (state.kind === 'attaching' || state.kind === 'abandoned') {
      await state.result.catch(() => undefined);
    }
    return this.sdkSession;
  }

  detach(): void {
    this.#leave({ type: 'detached' });
  }

  /** Returns the SDK session. Attaches if necessary, but does not look for a newer token. */
  async ensureAttached(): Promise<CopilotSession> {
    return this.sdkSession ?? this.attach();
  }

  /** Calls `work` with the SDK session. Attaches if necessary, and again if the runtime has closed the session. */
  async withSdkSession<T>(work: (sdkSession: CopilotSession) => Promise<T>): Promise<T> {
    let sdkSession = this.sdkSession;
    try {
      sdkSession = await this.ensureAttached();
      return await work(sdkSession);
    } catch (error) {
      if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
      // Another caller that got the same error may have attached again already.
      if (this.sdkSession === sdkSession) this.detach();
      return work(await this.attach());
    }
  }

  async #refreshToken(
    { attempt, sdkSession }: LinkState & { readonly kind: 'attached' },
    options: AttachOptions,
  ): Promise<CopilotSession> {
    try {
      await this.#token.refresh(sdkSession, options.record);
    } catch (error) {
      if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
      // The runtime has closed the session.
      if (this.sdkSession === sdkSession) this.detach();
      return this.attach(options);
    }
    this.#throwUnlessCurrent(attempt);
    return sdkSession;
  }

  #leave(event: LinkEvent): void {
    const wasAttached = this.#state.kind === 'attached';
    const { services, log } = this.#options;
    services.runtime.cloudEventLogs.delete(log.sessionId);
    this.#dispatch(event);
    if (wasAttached) this.#notifyChanged();
  }

  #startAttach(options: AttachOptions): AttachResult {
    const attempt = Symbol('attach');
    const result = this.#attachNow(attempt, options);
    this.#dispatch({ type: 'attachStarted', attempt, result });
    return result;
  }

  async #attachNow(attempt: symbol, options: AttachOptions): Promise<CopilotSession> {
    const { services, log, requestRecovery, emitter } = this.#options;
    const inbox = this.#inbox;
    let record: SessionRecord | undefined;
    try {
      // The record that the operation has read may be older than a change of the settings, or than a deletion.
      record = await services.store.find(log.sessionId);
      if (!record || this.#state.kind === 'closed') throw createSessionNotFoundError();
      await this.#checks;
      inbox.pause();
      const gitHubToken = this.#token.resolveToken(record);
      const { sdkSession, isNew } = await this.#openSdkSession(attempt, record, {
        ...options,
        gitHubToken,
      });
      this.#token.markInstalled(gitHubToken);
      // Without this interest, which ends with the connection, the agent has no tool for asking questions.
      await services.runtime.call(() =>
        sdkSession.rpc.eventLog.registerInterest({ eventType: 'user_input.requested' }),
      );
      const isWorking = isNew
        ? await this.#beginWithoutHistory()
        : await this.#reconcile(attempt, sdkSession);
      this.#throwUnlessCurrent(attempt);
      this.#dispatch({ type: 'attachSucceeded', attempt, sdkSession });
      inbox.resume();
      if (isWorking) requestRecovery.resumeTurn();
      else emitter.emit('runtimeIdle');
      this.#notifyChanged();
      this.#startFollowUps({ sdkSession, record });
      return sdkSession;
    } catch (error) {
      this.#dispatch({ type: 'attachFailed', attempt });
      inbox.discard();
      if (record) this.#token.reportMissing(error, record);
      throw error;
    }
  }

  #dispatch(event: LinkEvent): void {
    this.#state = reduceLinkState(this.#state, event);
  }

  #notifyChanged(): void {
    const { services, log, emitter } = this.#options;
    services.onSessionChanged(log.sessionId);
    emitter.emit('linkChanged');
  }

  #throwUnlessCurrent(attempt: symbol): void {
    if (!isCurrentAttempt(this.#state, attempt)) throw createRuntimeUnavailableError();
  }

  /** Starts what runs in the background after an attach, without anything that waits for it. */
  #startFollowUps(attached: AttachedSession): void {
    const { services, log } = this.#options;
    // The settings of a cloud session are those of its worker.
    if (attached.record.location === 'local') void reportDrift(attached, services, log);
    void restoreSharing(attached, services, log);
  }

  /**
   * Empties the log's idea of the history: the runtime has created the session, also if it has pushed events of it
   * before. Returns whether the runtime works on something, which it does not.
   */
  async #beginWithoutHistory(): Promise<false> {
    const { requestRecovery, log, services } = this.#options;
    const { store } = services;
    const inbox = this.#inbox;
    const recorded =
      inbox.recordedEvents.length > 0
        ? inbox.recordedEvents
        : await store.listRecordedEvents(log.sessionId);
    const isMessageLost = hasFinishedMessage(recorded);
    inbox.truncateRecorded(0);
    if (isMessageLost) {
      log.rewind();
      await store.update(log.sessionId, { rewinds: log.rewinds });
    }
    log.journalIndex.setHistoryStart();
    await requestRecovery.finish(null);
    return false;
  }

  #openSdkSession(
    attempt: symbol,
    record: SessionRecord,
    options: AttachOptions & { readonly gitHubToken: string | undefined },
  ): Promise<OpenedSession> {
    const { services, worker } = this.#options;
    const handleEvent = (event: RuntimeEvent): void => {
      if (!isCurrentAttempt(this.#state, attempt)) return;
      const rewritten = worker ? worker.rewriteEvent(event) : event;
      if (rewritten) this.#inbox.receive(rewritten);
    };
    return openSdkSession(record, { ...options, services, worker, onEvent: handleEvent });
  }

  /** Returns whether the runtime works on something. */
  async #reconcile(attempt: symbol, sdkSession: CopilotSession): Promise<boolean> {
    const { requestRecovery, log, services, worker, journal } = this.#options;
    const isNewLog = log.journalIndex.lastEventId === null;
    await this.#readMissedEvents(attempt, sdkSession, null);
    if (isNewLog) {
      await forgetFinishedTexts(log.sessionId, services.store, journal);
      await requestRecovery.finish(sdkSession);
    }
    if (worker) {
      // The runtime does not know what the worker does. The worker may have started while the session was detached.
      await worker.detectStart(journal);
      return true;
    }
    const { processing } = await services.runtime.call(() =>
      sdkSession.rpc.metadata.isProcessing(),
    );
    return processing;
  }

  async #readMissedEvents(
    attempt: symbol,
    sdkSession: CopilotSession,
    sinceSequence: string | null,
  ): Promise<ReconcileResult> {
    const { log, services } = this.#options;
    const { runtime, store, settings } = services;
    const result = await reconcile({
      ...this.#options,
      inbox: this.#inbox,
      usageBackfill: this.#usageBackfill,
      sdkSession,
      runtime,
      store,
      sinceSequence,
      journalLagMs: settings.journalLagMs,
      throwIfDetached: () => {
        this.#throwUnlessCurrent(attempt);
      },
    });
    if (result.wasRewound) await store.update(log.sessionId, { rewinds: log.rewinds });
    return result;
  }

  async #checkForMissedEventsNow(): Promise<void> {
    const { log, services } = this.#options;
    const inbox = this.#inbox;
    const state = this.#state;
    if (state.kind !== 'attached') return;
    const { attempt, sdkSession, sinceSequence } = state;
    inbox.pause();
    try {
      const { events, missedCount, endSequence } = await this.#readMissedEvents(
        attempt,
        sdkSession,
        sinceSequence,
      );
      services.repairs.add(log.sessionId, missedCount, repairTexts(events, log));
      if (log.listOpenTexts().length === 0) {
        this.#dispatch({ type: 'checked', attempt, sinceSequence: endSequence });
        inbox.compact();
      }
    } catch (error) {
      services.logger.debug(
        { err: error, sessionId: log.sessionId },
        'failed to check for missed events',
      );
    }
    // If the session was detached meanwhile, the next attach reads everything again.
    if (isCurrentAttempt(this.#state, attempt)) inbox.resume();
    else inbox.discard();
  }
}
