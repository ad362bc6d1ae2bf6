import type { Position } from '../events/cursor.ts';
import type { CaughtUp } from '../events/log-follower.ts';
import type { SessionLog } from '../events/session-log.ts';
import type { Journal } from './journal.ts';
import { replay } from './replay.ts';
import type { Responder } from './responder.ts';
import { isFailure } from './runtime-failure.ts';
import type { SessionServices } from './session-services.ts';
import type { Turns } from './turns.ts';

interface CatchUpOptions {
  readonly session: {
    readonly log: SessionLog;
    readonly turns: Turns;
    readonly responder: Responder;
    attach(): Promise<void>;
  };
  readonly journal: Journal;
  readonly services: SessionServices;
}

/** What a reader who was away has missed. Undefined: there is no runtime, and the log says when it is back. */
export async function catchUp(
  since: Position,
  { session, journal, services }: CatchUpOptions,
): Promise<CaughtUp | undefined> {
  try {
    await session.attach();
    const { directory, settings } = services;
    const live = { log: session.log, turns: session.turns, responder: session.responder };
    return await replay(since, { directory, journal, ...settings, ...live });
  } catch (error) {
    if (isFailure(error, 'RUNTIME_UNAVAILABLE')) return undefined;
    throw error;
  }
}
