import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { SessionLog } from '../../events/session-log.ts';
import type { SessionRecord } from '../../store/session-directory.ts';
import { type ModelChoice, setRuntimeModel } from '../profiles/model-choice.ts';
import type { SessionMemory } from '../projections/session-recorder.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import type { EarlierRequests } from '../requests/request-recovery.ts';
import { unavailable } from '../runtime/call-timeout.ts';
import type { Journal } from '../runtime/journal.ts';
import { isFailure } from '../runtime/sdk-errors.ts';
import type { SessionServices } from '../services.ts';
import type { CloudWorker } from './cloud-worker.ts';
import { Inbox } from './inbox.ts';
import { type AttachOptions, type Opened, openInRuntime } from './open-session.ts';
import { hasAnswer, reconcile, type Reconciled } from './reconcile.ts';
import { repairTexts } from './repair-texts.ts';
import { SessionToken } from './session-token.ts';
import { reportDrift } from './settings-drift.ts';
import { shareAgain } from './sharing.ts';
import { forgetFinished } from './unfinished-texts.ts';
import { MissedCalls } from './usage-backfill.ts';

interface SessionAttachmentOptions {
  readonly services: SessionServices;
  readonly journal: Journal;
  readonly inbox: Inbox;
  readonly earlier: EarlierRequests;
  readonly calls: MissedCalls;
  readonly log: SessionLog;
  /** Null: it does not run in the cloud. */
  readonly worker: CloudWorker | null;
  /** Attached or detached. */
  readonly onChanged: () => void;
  /** The runtime went on while we were away. */
  readonly onWorkMissed: () => void;
  /** The runtime is at work on nothing: what is still open will not go on. */
  readonly onNothingUnderWay: () => void;
}

/** The session's one attachment to the runtime: a second one would silence the first. */
export class SessionAttachment {
  readonly #options: SessionAttachmentOptions;
  readonly #token: SessionToken;
  #current: CopilotSession | undefined;
  /** Identity of the attach that events are taken from. */
  #attempt: object | undefined;
  #hasEnded = false;
  #attaching: Promise<CopilotSession> | undefined;
  #checking: Promise<void> = Promise.resolve();
  /** Where the reading ended after which no text was open: a text is checked from its beginning. */
  #settledAt: string | null = null;

  constructor(options: SessionAttachmentOptions) {
    this.#options = options;
    this.#token = new SessionToken(options);
  }

  get current(): CopilotSession | undefined {
    return this.#current;
  }

  async attach(options: AttachOptions = {}): Promise<CopilotSession> {
    if (options.anew) {
      await this.settled();
      this.detach();
    }
    if (this.#current) {
      await this.#token.renew(this.#current);
      return this.#current;
    }
    this.#attaching ??= this.#attachNow(options).finally(() => {
      this.#attaching = undefined;
    });
    return this.#attaching;
  }

  /** Reads what the push may have left out. */
  check(): Promise<void> {
    this.#checking = this.#checking.then(() => this.#checkNow());
    return this.#checking;
  }

  /** @throws Failure RUNTIME_UNAVAILABLE when nothing is attached */
  async setModel(choice: ModelChoice): Promise<void> {
    const attachment = this.#current;
    if (!attachment) throw unavailable();
    await this.#options.services.runtime.call(() => setRuntimeModel(attachment, choice));
  }

  /** Nothing is attached any more, and nothing will be. */
  end(): void {
    this.#hasEnded = true;
    this.detach();
  }

  /** @returns what was attached */
  async settled(): Promise<CopilotSession | undefined> {
    await this.#attaching?.catch(() => undefined);
    return this.#current;
  }

  detach(): void {
    const wasAttached = this.#current !== undefined;
    this.#options.services.runtime.cloudLogs.delete(this.#options.log.sessionId);
    this.#current = undefined;
    this.#attempt = undefined;
    if (wasAttached) this.#changed();
  }

  /** Attaches first; again, when the runtime has let go of the session by itself. */
  async use<T>(work: (attachment: CopilotSession) => Promise<T>): Promise<T> {
    try {
      return await work(await this.attach());
    } catch (error) {
      if (!isFailure(error, 'SESSION_NOT_FOUND')) throw error;
      this.detach();
      return work(await this.attach());
    }
  }

  async #attachNow(options: AttachOptions): Promise<CopilotSession> {
    const { services, log, inbox, earlier, onNothingUnderWay } = this.#options;
    const record = await services.directory.find(log.sessionId);
    if (!record || this.#hasEnded)
      throw new Failure('SESSION_NOT_FOUND', 'There is no such session.');
    const attempt = {};
    this.#attempt = attempt;
    await this.#checking;
    this.#settledAt = null;
    inbox.hold();
    try {
      const gitHubToken = this.#token.of(record);
      const { attachment, isNew } = await this.#open(record, { ...options, gitHubToken });
      this.#token.installed(gitHubToken);
      // Without it the agent has no tool to ask people with. It ends with the connection.
      await services.runtime.call(() =>
        attachment.rpc.eventLog.registerInterest({ eventType: 'user_input.requested' }),
      );
      const isAtWork = await (isNew ? this.#begin() : this.#reconcile(attachment));
      this.#throwUnless(this.#attempt === attempt && !this.#hasEnded);
      this.#current = attachment;
      // With the end of what the runtime has interrupted by itself.
      inbox.release();
      if (isAtWork) earlier.goOn();
      else onNothingUnderWay();
      this.#changed();
      afterAttach({ attachment, record }, services, log);
      return attachment;
    } catch (error) {
      // What was pushed meanwhile is not taken: it would be the base from which the next attach goes on.
      if (this.#attempt === attempt) this.#attempt = undefined;
      inbox.drop();
      this.#token.missed(error, record);
      throw error;
    }
  }

  #changed(): void {
    this.#options.services.changed(this.#options.log.sessionId);
    this.#options.onChanged();
  }

  #throwUnless(isStillWanted: boolean): void {
    if (!isStillWanted) throw unavailable();
  }

  /** The runtime has nothing of it, not even what was told of it. */
  async #begin(): Promise<boolean> {
    const { earlier, inbox, log, services } = this.#options;
    const { directory } = services;
    const told =
      inbox.recorded.length > 0 ? inbox.recorded : await directory.recorded(log.sessionId);
    const isAnswerLost = hasAnswer(told);
    inbox.loseAfter(0);
    if (isAnswerLost) {
      log.rewind();
      await directory.update(log.sessionId, { rewinds: log.rewinds });
    }
    log.beginAtStart();
    await earlier.settle(null);
    return false;
  }

  #open(
    record: SessionRecord,
    options: AttachOptions & { readonly gitHubToken: string | undefined },
  ): Promise<Opened> {
    const { inbox, services, worker } = this.#options;
    // An event of an attachment that failed or was lost must not reach the log of the next one.
    const attempt = this.#attempt;
    const onEvent = (event: RuntimeEvent): void => {
      const told = this.#attempt === attempt ? (worker ? worker.told(event) : event) : undefined;
      if (told) inbox.receive(told);
    };
    return openInRuntime(record, { ...options, services, worker, onEvent });
  }

  /** @returns whether the runtime is at work */
  async #reconcile(attachment: CopilotSession): Promise<boolean> {
    const { earlier, log, services, worker } = this.#options;
    const { runtime } = services;
    const isNew = log.newestMark === null;
    await this.#readMissed(attachment);
    if (isNew) await forgetFinished(log.sessionId, services.directory, this.#options.journal);
    if (isNew) await earlier.settle(attachment);
    // What goes on elsewhere it does not know; a worker may have started while nobody listened.
    if (worker) return worker.findStart(this.#options.journal).then(() => true);
    const { processing } = await runtime.call(() => attachment.rpc.metadata.isProcessing());
    return processing;
  }

  async #readMissed(attachment: CopilotSession): Promise<Reconciled> {
    const { log, services } = this.#options;
    const { runtime, directory } = services;
    const attempt = this.#attempt;
    const throwIfOver = (): void => {
      this.#throwUnless(this.#attempt === attempt && !this.#hasEnded);
    };
    const result = await reconcile({
      ...this.#options,
      ...{ attachment, runtime, directory, throwIfOver, since: this.#settledAt },
      journalLagMs: services.settings.journalLagMs,
    });
    if (result.rewound) await directory.update(log.sessionId, { rewinds: log.rewinds });
    return result;
  }

  async #checkNow(): Promise<void> {
    const { inbox, log, services } = this.#options;
    const attachment = this.#current;
    const attempt = this.#attempt;
    if (!attachment || this.#hasEnded) return;
    inbox.hold();
    try {
      const { read, missed, end } = await this.#readMissed(attachment);
      services.repairs.add(log.sessionId, missed, repairTexts(read, log));
      if (log.openTexts().next().done) {
        this.#settledAt = end;
        inbox.settle();
      }
    } catch (error) {
      services.log.debug({ err: error, sessionId: log.sessionId }, 'session not checked');
    }
    // Else it was detached meanwhile, and the next attach reads all of it again.
    if (this.#attempt === attempt) inbox.release();
    else inbox.drop();
  }
}

interface NewAttachmentOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly memory: SessionMemory;
  readonly timeline: Timeline;
  readonly journal: Journal;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly earlier: EarlierRequests;
  readonly worker: CloudWorker | null;
  /** Called for every new event. */
  readonly onActivity: () => void;
  readonly onQueueChanged: () => void;
  readonly onNothingUnderWay: () => void;
}

/** Not attached yet, with all that it gives its events to. */
export function newAttachment(options: NewAttachmentOptions): SessionAttachment {
  const { services, turns, onQueueChanged } = options;
  const { unknownEvents: unknown } = services.runtime;
  return new SessionAttachment({
    ...options,
    inbox: new Inbox({ ...options, unknown, logger: services.log }),
    calls: new MissedCalls(options),
    onChanged: onQueueChanged,
    onWorkMissed: () => {
      turns.goOn();
    },
  });
}

interface Attached {
  readonly attachment: CopilotSession;
  readonly record: SessionRecord;
}

/** What nobody waits for. */
export function afterAttach(attached: Attached, services: SessionServices, log: SessionLog): void {
  // The settings of a cloud session are its worker's.
  if (attached.record.location === 'local') void reportDrift(attached, services, log);
  void shareAgain(attached, services, log);
}
