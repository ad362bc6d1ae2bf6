import type { SessionLog } from '../events/session-log.ts';
import type { SessionAttachment } from './session-attachment.ts';
import type { SessionServices } from './session-services.ts';
import { StallWatch } from './stall-watch.ts';
import type { Timeline } from './timeline.ts';
import type { Turns } from './turns.ts';

interface OpenWorkOptions {
  readonly services: SessionServices;
  readonly log: SessionLog;
  readonly timeline: Timeline;
  readonly turns: Turns;
  readonly attachment: SessionAttachment;
}

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

  /** The runtime is gone. */
  interrupt(): void {
    const now = new Date();
    this.#options.timeline.interrupt(now);
    this.#options.turns.interrupted(now);
  }

  /** The session is gone. */
  abort(): void {
    const now = new Date();
    this.#options.timeline.interrupt(now);
    this.#options.turns.idle(true, now);
  }

  /** The runtime is at work on nothing. */
  settle(): void {
    const now = new Date();
    this.#options.timeline.interrupt(now);
    this.#options.turns.settle(now);
  }

  /** A tool may be silent for as long as it runs; a model, or a runtime that does not answer, may not. */
  async #stopIfStalled(): Promise<void> {
    const { services, log, timeline, turns } = this.#options;
    if (timeline.isToolRunning) return;
    const attachment = this.#options.attachment.current;
    const { sequence } = log;
    try {
      const activity =
        attachment && (await services.runtime.call(() => attachment.rpc.metadata.isProcessing()));
      // Something was heard while it was asked.
      if (log.sequence !== sequence) return;
      if (!attachment || !activity?.processing) {
        this.settle();
        return;
      }
      services.log.warn({ sessionId: log.sessionId }, 'turn stalled');
      turns.stalled(new Date());
      await services.runtime.call(() => attachment.abort());
    } catch (error) {
      services.log.warn({ err: error, sessionId: log.sessionId }, 'stalled turn not aborted');
      this.settle();
    }
  }
}
