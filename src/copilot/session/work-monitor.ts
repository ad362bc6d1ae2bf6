import type { SessionLog } from '../../events/session-log.ts';
import type { SessionLink } from '../link/session-link.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import { restartEffects } from '../requests/pending-requests.ts';
import type { RequestRecovery } from '../requests/request-recovery.ts';
import type { SessionTurnControl } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { Watchdog } from './watchdog.ts';

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
  readonly #watchdogs: readonly Watchdog[];

  constructor(options: WorkMonitorOptions) {
    this.#options = options;
    const { link, turns, services } = options;
    const { silenceMs, turnStallMs } = services.settings;
    const isWorking = (): boolean => turns.openTurns.length > 0;
    this.#watchdogs = [
      new Watchdog({ timeoutMs: silenceMs, isWorking, onStall: () => link.checkForMissedEvents() }),
      new Watchdog({ timeoutMs: turnStallMs, isWorking, onStall: () => this.#stopIfStalled() }),
    ];
  }

  /** Something was heard of it. */
  touch(): void {
    for (const watch of this.#watchdogs) watch.touch();
  }

  /** The runtime says that a turn has ended: the end of what it said must not be missing. */
  handleTurnEnded(): void {
    void this.#options.link.checkForMissedEvents();
  }

  /** Nothing is watched any more. */
  stop(): void {
    for (const watch of this.#watchdogs) watch.stop();
  }

  /** Null: nothing is under way. */
  get state(): WorkState | null {
    const { requests, turns, requestRecovery } = this.#options;
    if (requests.all.length > 0 || requestRecovery.isPending) return 'WAITING_FOR_INPUT';
    return turns.openTurns.length > 0 ? 'RUNNING' : null;
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
