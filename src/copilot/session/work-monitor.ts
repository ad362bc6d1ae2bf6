import type { SessionLog } from '../../events/session-log.ts';
import type { SessionAttachment } from '../link/session-link.ts';
import type { Timeline } from '../projections/timeline.ts';
import type { Turns } from '../projections/turns.ts';
import type { PendingRequests } from '../requests/pending-requests.ts';
import { afterKill } from '../requests/pending-requests.ts';
import type { EarlierRequests } from '../requests/request-recovery.ts';
import type { SessionSteering } from '../sending/turn-control.ts';
import type { SessionServices } from '../services.ts';
import { StallWatch } from './watchdog.ts';

interface OpenWorkOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly timeline: Timeline;
  readonly turns: Turns;
  readonly requests: PendingRequests;
  readonly earlier: EarlierRequests;
  readonly attachment: SessionAttachment;
  readonly steering: SessionSteering;
}

export type WorkState = 'RUNNING' | 'WAITING_FOR_INPUT';

/** What is under way in one session, for when it does not end by itself. */
export class OpenWork {
  readonly #options: OpenWorkOptions;
  readonly #watches: readonly StallWatch[];

  constructor(options: OpenWorkOptions) {
    this.#options = options;
    const { attachment, turns, services } = options;
    const { silenceMs, turnStallMs } = services.settings;
    const isWorking = (): boolean => turns.open.length > 0;
    this.#watches = [
      new StallWatch({ limitMs: silenceMs, isWorking, onStall: () => attachment.check() }),
      new StallWatch({ limitMs: turnStallMs, isWorking, onStall: () => this.#stopIfStalled() }),
    ];
  }

  /** Something was heard of it. */
  touch(): void {
    for (const watch of this.#watches) watch.touch();
  }

  /** The runtime says that a turn has ended: the end of what it said must not be missing. */
  turnEnded(): void {
    void this.#options.attachment.check();
  }

  /** Nothing is watched any more. */
  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }

  /** Null: nothing is under way. */
  get state(): WorkState | null {
    const { requests, turns, earlier } = this.#options;
    if (requests.all.length > 0 || earlier.isAwaited) return 'WAITING_FOR_INPUT';
    return turns.open.length > 0 ? 'RUNNING' : null;
  }

  /** The runtime is gone. A turn whose request may come back goes on waiting: the next attach shows whether it can. */
  interrupt(): void {
    const now = new Date();
    const { requests, timeline, turns } = this.#options;
    const { running } = turns;
    const goesOn = requests.all.some(
      ({ kind, turnMessageId }) => turnMessageId === running && afterKill[kind] !== 'LOST',
    );
    requests.runtimeLost(now);
    if (goesOn) {
      turns.interruptedBut(running, now);
      return;
    }
    requests.resolveAll('WITHDRAWN', now);
    timeline.interrupt(now);
    turns.interrupted(now);
  }

  /** The session is gone. */
  abort(): void {
    const now = new Date();
    this.#options.requests.resolveAll('CANCELLED', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.idle(true, now);
  }

  /** The runtime is at work on nothing. */
  settle(): void {
    const now = new Date();
    this.#options.requests.resolveAll('WITHDRAWN', now);
    this.#options.timeline.interrupt(now);
    this.#options.turns.settle(now);
  }

  /** The session will not be attached: nobody gets to see what was asked before. */
  giveUp(): void {
    const { earlier, services, log } = this.#options;
    if (!earlier.isAwaited) return;
    const given = earlier.settle(null).catch((error: unknown) => {
      services.log.error({ err: error, sessionId: log.sessionId }, 'requests not withdrawn');
    });
    void given.then(() => {
      this.settle();
    });
  }

  /** A tool may be silent for as long as it runs, and so may people; a model, or a runtime that does not answer, may not. */
  async #stopIfStalled(): Promise<void> {
    const { services, log, steering, timeline } = this.#options;
    if (timeline.isToolRunning || this.state === 'WAITING_FOR_INPUT') return;
    const { sequence } = log;
    try {
      const isAtWork = await steering.isAtWork();
      // Something was heard while it was asked.
      if (log.sequence !== sequence) return;
      if (!isAtWork) {
        this.settle();
        return;
      }
      services.log.warn({ sessionId: log.sessionId }, 'turn stalled');
      await steering.stopStalled();
    } catch (error) {
      services.log.warn({ err: error, sessionId: log.sessionId }, 'stalled turn not aborted');
      this.settle();
    }
  }
}
