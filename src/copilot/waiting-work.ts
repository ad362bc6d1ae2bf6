import type { SessionDirectory } from '../directory/session-directory.ts';
import type { Turn } from '../events/turn.ts';
import { interruptedTurn } from './turns.ts';

interface WaitingWork {
  readonly sessionId: string;
  /** The turn that waits; null: what was asked belongs to none. */
  readonly turn: Turn | null;
}

/** What an earlier gateway left waiting for people. All else that was under way is interrupted. */
export async function waitingWork(directory: SessionDirectory): Promise<WaitingWork[]> {
  const waiting = new Map<string, Turn | null>();
  for (const id of await directory.requests.waitingSessions()) waiting.set(id, null);
  for (const turn of await directory.openTurns()) {
    const goesOn = turn.state === 'WAITING_FOR_INPUT' && waiting.has(turn.sessionId);
    if (goesOn) waiting.set(turn.sessionId, turn);
    else await directory.saveTurn(interruptedTurn(turn, new Date()));
  }
  return [...waiting].map(([sessionId, turn]) => ({ sessionId, turn }));
}
