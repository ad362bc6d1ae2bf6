import type { SessionLog } from '../../events/session-log.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import { restartEffects } from '../requests/pending-requests.ts';
import type { RequestRecovery } from '../requests/request-recovery.ts';
import type { SessionTurnControl } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { InactivityTimer } from './inactivity-timer.ts';

interface WorkMonitorOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly timeline: Timeline;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly requestRecovery: RequestRecovery;
  readonly link: SessionLink;
  readonly turnControl: SessionTurnControl;
}

export type WorkState = 'RUNNING' | 'WAITING_FOR_INPUT';

/** What is under way in one session, for when it does not end by itself. */
export class WorkMonitor {
  readonly #options: WorkMonitorOptions;
  readonly #timers: readonly InactivityTimer[];

  constructor(options: WorkMonitorOptions) {
    this.#options = options;
    const { silenceMs, turnStallMs } = options.services.settings;
    this.#timers = [
      this.#createTimer(silenceMs, () => options.link.checkForMissedEvents()),
      this.#createTimer(turnStallMs, () => this.#stopIfStalled()),
    ];
  }

  /** Restarts the timers: the runtime has sent something, or a turn has changed. */
  touch(): void {
    if (!this.#isWorking) this.stop();
    else for (const timer of this.#timers) timer.touch();
  }

  /** The runtime says that a turn has ended: the end of what it said must not be missing. */
  handleTurnEnded(): void {
    void this.#options.link.checkForMissedEvents();
  }

  stop(): void {
    for (const timer of this.#timers) timer.stop();
  }

  /** Null: nothing is under way. */
  get state(): WorkState | null {
    const { requests, requestRecovery } = this.#options;
    if (requests.all.length > 0 || requestRecovery.isPending) return 'WAITING_FOR_INPUT';
    return this.#isWorking ? 'RUNNING' : null;
  }

  get #isWorking(): boolean {
    return this.#options.turns.openTurns.length > 0;
  }

  /** The runtime is gone. A turn whose request may come back goes on waiting: the next attach shows whether it can. */
  interrupt(): void {
    const now = new Date();
    const { requests, timeline, turns } = this.#options;
    const { runningId } = turns;
    const goesOn = requests.all.some(
      ({ kind, turnMessageId }) => turnMessageId === runningId && restartEffects[kind] !== 'LOST',
    );
    requests.handleRuntimeLost(now);
    if (goesOn) {
      turns.interruptAllExcept(runningId, now);
      return;
    }
    requests.resolveAll('WITHDRAWN', now);
    timeline.interrupt(now);
    turns.interruptAll(now);
  }

  /** The session is gone. */
  abort(): void {
    const now = new Date();
    this.#options.requests.resolveAll('CANCELLED', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.handleIdle(true, now);
  }

  /** The runtime is at work on nothing. */
  closeOpenWork(): void {
    const now = new Date();
    this.#options.requests.resolveAll('WITHDRAWN', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.closeOpenTurns(now);
  }

  /** The session will not be attached: nobody gets to see what was asked before. */
  cancelRecovery(): void {
    const { requestRecovery, services, log } = this.#options;
    if (!requestRecovery.isPending) return;
    const given = requestRecovery.finish(null).catch((error: unknown) => {
      services.logger.error({ err: error, sessionId: log.sessionId }, 'requests not withdrawn');
    });
    void given.then(() => {
      this.closeOpenWork();
    });
  }

  /** Creates a timer that calls `check` whenever nothing was received for so long while a turn is open. */
  #createTimer(timeoutMs: number, check: () => Promise<void>): InactivityTimer {
    const timer = new InactivityTimer(timeoutMs, () => {
      void check().finally(() => {
        if (this.#isWorking) timer.touch();
      });
    });
    return timer;
  }

  /** A tool may be silent for as long as it runs, and so may people; a model, or a runtime that does not answer, may not. */
  async #stopIfStalled(): Promise<void> {
    const { services, log, turnControl, timeline } = this.#options;
    if (timeline.isToolRunning || this.state === 'WAITING_FOR_INPUT') return;
    const { sequence } = log;
    try {
      const isAtWork = await turnControl.isAgentWorking();
      // Something was heard while it was asked.
      if (log.sequence !== sequence) return;
      if (!isAtWork) {
        this.closeOpenWork();
        return;
      }
      services.logger.warn({ sessionId: log.sessionId }, 'turn stalled');
      await turnControl.abortStalledTurn();
    } catch (error) {
      services.logger.warn({ err: error, sessionId: log.sessionId }, 'stalled turn not aborted');
      this.closeOpenWork();
    }
  }
}
