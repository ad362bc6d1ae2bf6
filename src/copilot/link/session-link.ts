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
import type { CloudWorker } from './cloud-worker.ts';
import { EventInbox } from './event-inbox.ts';
import { forgetFinishedTexts } from './forget-finished-texts.ts';
import { type AttachOptions, type OpenedSession, openSdkSession } from './open-sdk-session.ts';
import { hasFinishedMessage, reconcile, type ReconcileResult } from './reconcile.ts';
import { repairTexts } from './repair-texts.ts';
import { reportDrift } from './report-settings-drift.ts';
import { SessionToken } from './session-token.ts';
import { restoreSharing } from './sharing.ts';
import { UsageBackfill } from './usage-backfill.ts';

interface SessionLinkOptions {
  readonly services: SessionServices;
  readonly journal: Journal;
  readonly inbox: EventInbox;
  readonly requestRecovery: RequestRecovery;
  readonly usageBackfill: UsageBackfill;
  readonly log: SessionLog;
  /** Null: it does not run in the cloud. */
  readonly worker: CloudWorker | null;
  /** Attached or detached. */
  readonly onLinkChanged: () => void;
  /** The runtime went on while we were away. */
  readonly onWorkMissed: () => void;
  /** The runtime is at work on nothing: what is still open will not go on. */
  readonly onRuntimeIdle: () => void;
}

/** The session's one attachment to the runtime: a second one would silence the first. */
export class SessionLink {
  readonly #options: SessionLinkOptions;
  readonly #token: SessionToken;
  #sdkSession: CopilotSession | undefined;
  /** Identity of the attach that events are taken from. */
  #attempt: object | undefined;
  #isClosed = false;
  #attaching: Promise<CopilotSession> | undefined;
  #checking: Promise<void> = Promise.resolve();
  /** Where the reading ended after which no text was open: a text is checked from its beginning. */
  #sinceSequence: string | null = null;

  constructor(options: SessionLinkOptions) {
    this.#options = options;
    this.#token = new SessionToken(options);
  }

  get sdkSession(): CopilotSession | undefined {
    return this.#sdkSession;
  }

  async attach(options: AttachOptions = {}): Promise<CopilotSession> {
    if (options.reattach) {
      await this.waitForPendingAttach();
      this.detach();
    }
    if (this.#sdkSession) {
      await this.#token.refresh(this.#sdkSession);
      return this.#sdkSession;
    }
    this.#attaching ??= this.#attachNow(options).finally(() => {
      this.#attaching = undefined;
    });
    return this.#attaching;
  }

  /** Reads what the push may have left out. */
  checkForMissedEvents(): Promise<void> {
    this.#checking = this.#checking.then(() => this.#checkForMissedEventsNow());
    return this.#checking;
  }

  /** @throws Failure RUNTIME_UNAVAILABLE when nothing is attached */
  async setModel(choice: ModelChoice): Promise<void> {
    const attachment = this.#sdkSession;
    if (!attachment) throw createRuntimeUnavailableError();
    await this.#options.services.runtime.call(() => setRuntimeModel(attachment, choice));
  }

  /** Nothing is attached any more, and nothing will be. */
  close(): void {
    this.#isClosed = true;
    this.detach();
  }

  /** @returns what was attached */
  async waitForPendingAttach(): Promise<CopilotSession | undefined> {
    await this.#attaching?.catch(() => undefined);
    return this.#sdkSession;
  }

  detach(): void {
    const wasAttached = this.#sdkSession !== undefined;
    this.#options.services.runtime.cloudEventLogs.delete(this.#options.log.sessionId);
    this.#sdkSession = undefined;
    this.#attempt = undefined;
    if (wasAttached) this.#notifyChanged();
  }

  /** Attaches first; again, when the runtime has let go of the session by itself. */
  async withSdkSession<T>(work: (attachment: CopilotSession) => Promise<T>): Promise<T> {
    try {
      return await work(await this.attach());
    } catch (error) {
      if (!isGatewayError(error, 'SESSION_NOT_FOUND')) throw error;
      this.detach();
      return work(await this.attach());
    }
  }

  async #attachNow(options: AttachOptions): Promise<CopilotSession> {
    const { services, log, inbox, requestRecovery, onRuntimeIdle } = this.#options;
    const record = await services.store.find(log.sessionId);
    if (!record || this.#isClosed) throw createSessionNotFoundError();
    const attempt = {};
    this.#attempt = attempt;
    await this.#checking;
    this.#sinceSequence = null;
    inbox.pause();
    try {
      const gitHubToken = this.#token.resolveToken(record);
      const { sdkSession, isNew } = await this.#openSdkSession(record, { ...options, gitHubToken });
      this.#token.markInstalled(gitHubToken);
      // Without it the agent has no tool to ask people with. It ends with the connection.
      await services.runtime.call(() =>
        sdkSession.rpc.eventLog.registerInterest({ eventType: 'user_input.requested' }),
      );
      const isAtWork = await (isNew ? this.#beginWithoutHistory() : this.#reconcile(sdkSession));
      this.#throwUnlessWanted(this.#attempt === attempt && !this.#isClosed);
      this.#sdkSession = sdkSession;
      // With the end of what the runtime has interrupted by itself.
      inbox.resume();
      if (isAtWork) requestRecovery.resumeTurn();
      else onRuntimeIdle();
      this.#notifyChanged();
      startAttachFollowUps({ sdkSession, record }, services, log);
      return sdkSession;
    } catch (error) {
      // What was pushed meanwhile is not taken: it would be the base from which the next attach goes on.
      if (this.#attempt === attempt) this.#attempt = undefined;
      inbox.discard();
      this.#token.reportMissing(error, record);
      throw error;
    }
  }

  #notifyChanged(): void {
    this.#options.services.onSessionChanged(this.#options.log.sessionId);
    this.#options.onLinkChanged();
  }

  #throwUnlessWanted(isStillWanted: boolean): void {
    if (!isStillWanted) throw createRuntimeUnavailableError();
  }

  /** The runtime has nothing of it, not even what was told of it. */
  async #beginWithoutHistory(): Promise<boolean> {
    const { requestRecovery, inbox, log, services } = this.#options;
    const { store } = services;
    const told =
      inbox.recordedEvents.length > 0
        ? inbox.recordedEvents
        : await store.listRecordedEvents(log.sessionId);
    const isAnswerLost = hasFinishedMessage(told);
    inbox.truncateRecorded(0);
    if (isAnswerLost) {
      log.rewind();
      await store.update(log.sessionId, { rewinds: log.rewinds });
    }
    log.setHistoryStart();
    await requestRecovery.finish(null);
    return false;
  }

  #openSdkSession(
    record: SessionRecord,
    options: AttachOptions & { readonly gitHubToken: string | undefined },
  ): Promise<OpenedSession> {
    const { inbox, services, worker } = this.#options;
    // An event of an attachment that failed or was lost must not reach the log of the next one.
    const attempt = this.#attempt;
    const onEvent = (event: RuntimeEvent): void => {
      const told =
        this.#attempt === attempt ? (worker ? worker.rewriteEvent(event) : event) : undefined;
      if (told) inbox.receive(told);
    };
    return openSdkSession(record, { ...options, services, worker, onEvent });
  }

  /** @returns whether the runtime is at work */
  async #reconcile(attachment: CopilotSession): Promise<boolean> {
    const { requestRecovery, log, services, worker } = this.#options;
    const { runtime } = services;
    const isNew = log.lastJournalEventId === null;
    await this.#readMissedEvents(attachment);
    if (isNew) await forgetFinishedTexts(log.sessionId, services.store, this.#options.journal);
    if (isNew) await requestRecovery.finish(attachment);
    // What goes on elsewhere it does not know; a worker may have started while nobody listened.
    if (worker) return worker.detectStart(this.#options.journal).then(() => true);
    const { processing } = await runtime.call(() => attachment.rpc.metadata.isProcessing());
    return processing;
  }

  async #readMissedEvents(sdkSession: CopilotSession): Promise<ReconcileResult> {
    const { log, services } = this.#options;
    const { runtime, store } = services;
    const attempt = this.#attempt;
    const throwIfDetached = (): void => {
      this.#throwUnlessWanted(this.#attempt === attempt && !this.#isClosed);
    };
    const result = await reconcile({
      ...this.#options,
      ...{ sdkSession, runtime, store, throwIfDetached, sinceSequence: this.#sinceSequence },
      journalLagMs: services.settings.journalLagMs,
    });
    if (result.wasRewound) await store.update(log.sessionId, { rewinds: log.rewinds });
    return result;
  }

  async #checkForMissedEventsNow(): Promise<void> {
    const { inbox, log, services } = this.#options;
    const attachment = this.#sdkSession;
    const attempt = this.#attempt;
    if (!attachment || this.#isClosed) return;
    inbox.pause();
    try {
      const { events, missedCount, endSequence } = await this.#readMissedEvents(attachment);
      services.repairs.add(log.sessionId, missedCount, repairTexts(events, log));
      if (log.listOpenTexts().next().done) {
        this.#sinceSequence = endSequence;
        inbox.compact();
      }
    } catch (error) {
      services.logger.debug({ err: error, sessionId: log.sessionId }, 'session not checked');
    }
    // Else it was detached meanwhile, and the next attach reads all of it again.
    if (this.#attempt === attempt) inbox.resume();
    else inbox.discard();
  }
}

interface CreateSessionLinkOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly recorder: SessionRecorder;
  readonly timeline: Timeline;
  readonly journal: Journal;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly requestRecovery: RequestRecovery;
  readonly worker: CloudWorker | null;
  /** Called for every new event. */
  readonly onActivity: () => void;
  readonly onQueueChanged: () => void;
  readonly onRuntimeIdle: () => void;
}

/** Not attached yet, with all that it gives its events to. */
export function createSessionLink(options: CreateSessionLinkOptions): SessionLink {
  const { services, turns, onQueueChanged } = options;
  const { unknownEvents } = services.runtime;
  return new SessionLink({
    ...options,
    inbox: new EventInbox({ ...options, unknownEvents, logger: services.logger }),
    usageBackfill: new UsageBackfill(options),
    onLinkChanged: onQueueChanged,
    onWorkMissed: () => {
      turns.resumeInterruptedTurn();
    },
  });
}

interface AttachedSession {
  readonly sdkSession: CopilotSession;
  readonly record: SessionRecord;
}

/** What nobody waits for. */
export function startAttachFollowUps(
  attached: AttachedSession,
  services: SessionServices,
  log: SessionLog,
): void {
  // The settings of a cloud session are its worker's.
  if (attached.record.location === 'local') void reportDrift(attached, services, log);
  void restoreSharing(attached, services, log);
}
