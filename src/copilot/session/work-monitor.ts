import type { SessionLog } from '../../events/session-log.ts';
import { InactivityTimer } from '../../timing/inactivity-timer.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import { restartEffects } from '../requests/pending-requests.ts';
import type { RequestRecovery } from '../requests/request-recovery.ts';
import type { SessionTurnControl } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';

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

/**
 * The open work of one session (turns, pending requests, texts, tool calls), and how it ends when no event of the
 * runtime ends it:
 *
 *   runtime lost                      interrupt        the turn of a request that survives keeps waiting
 *   attached, runtime works on nothing closeOpenWork   everything is closed (S19 in docs/streaming.md)
 *   session deleted                   abort
 *   attach fails for good             cancelRecovery   requests of an earlier gateway are withdrawn
 *   no event for `silenceMs`          reads the event log
 *   no event for `turnStallMs`        stops the turn, unless a tool runs or a request is pending
 */
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

  /** Reads the event log when a turn has ended, because the last events of the turn may not have been pushed. */
  handleTurnEnded(): void {
    void this.#options.link.checkForMissedEvents();
  }

  stop(): void {
    for (const timer of this.#timers) timer.stop();
  }

  /** Null: no work is open. */
  get state(): WorkState | null {
    const { requests, requestRecovery } = this.#options;
    if (requests.all.length > 0 || requestRecovery.isPending) return 'WAITING_FOR_INPUT';
    return this.#isWorking ? 'RUNNING' : null;
  }

  get #isWorking(): boolean {
    return this.#options.turns.openTurns.length > 0;
  }

  /** Handles a lost runtime. A turn whose request may survive keeps waiting: the next attach shows whether it does. */
  interrupt(): void {
    const now = new Date();
    const { requests, timeline, turns } = this.#options;
    const { runningId } = turns;
    const survives = requests.all.some(
      ({ kind, turnMessageId }) => turnMessageId === runningId && restartEffects[kind] !== 'LOST',
    );
    requests.handleRuntimeLost(now);
    if (survives) {
      turns.interruptQueuedTurns(now);
      return;
    }
    requests.resolveAll('WITHDRAWN', now);
    timeline.interrupt(now);
    turns.interruptAll(now);
  }

  /** Ends all work of a deleted session. */
  abort(): void {
    const now = new Date();
    this.#options.requests.resolveAll('CANCELLED', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.handleIdle(true, now);
  }

  /** Closes all work: the runtime works on nothing. */
  closeOpenWork(): void {
    const now = new Date();
    this.#options.requests.resolveAll('WITHDRAWN', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.closeOpenTurns(now);
  }

  /** Withdraws requests of an earlier gateway: the session cannot be attached, so that no client can see them. */
  cancelRecovery(): void {
    const { requestRecovery, services, log } = this.#options;
    if (!requestRecovery.isPending) return;
    const finished = requestRecovery.finish(null).catch((error: unknown) => {
      services.logger.error(
        { err: error, sessionId: log.sessionId },
        'failed to withdraw requests',
      );
    });
    void finished.then(() => {
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

  /** A tool may run, and users may think, for any time without an event. A model or a runtime may not. */
  async #stopIfStalled(): Promise<void> {
    const { services, log, turnControl, timeline } = this.#options;
    if (timeline.isToolRunning || this.state === 'WAITING_FOR_INPUT') return;
    const { sequence } = log;
    try {
      const isWorking = await turnControl.isAgentWorking();
      // An event was applied meanwhile.
      if (log.sequence !== sequence) return;
      if (!isWorking) {
        this.closeOpenWork();
        return;
      }
      services.logger.warn({ sessionId: log.sessionId }, 'turn stalled');
      await turnControl.abortStalledTurn();
    } catch (error) {
      services.logger.warn({ err: error, sessionId: log.sessionId }, 'failed to stop stalled turn');
      this.closeOpenWork();
    }
  }
}
