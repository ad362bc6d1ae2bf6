import { EventEmitter } from 'node:events';

import type { Turn } from '../../events/turn.ts';

interface SessionSignals {
  /** An event of the runtime was applied. */
  activity: [];
  turnChanged: [turn: Turn];
  /** The session was attached or detached. */
  linkChanged: [];
  queueChanged: [];
  /** The worker of a cloud session was heard of for the first time. */
  workerStarted: [];
  /** After an attach: the runtime works on nothing, so that work which is still open does not continue. */
  runtimeIdle: [];
  /** The runtime asks for a model call of its client, which the gateway does not support. */
  samplingRequested: [requestId: string];
}

/**
 * Signals inside one open session: from the parts that learn of something (link, inbox, worker, turns) to those that
 * are built on top of them and react. Listeners are called synchronously.
 */
export class SessionEmitter extends EventEmitter<SessionSignals> {}
