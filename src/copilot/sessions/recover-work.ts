import type { Turn } from '../../events/turn.ts';
import type { SessionDirectory } from '../../store/session-directory.ts';
import { interruptedTurn } from '../projections/turns.ts';

interface WaitingWork {
  readonly sessionId: string;
  /** The turn that waits; null: what was asked belongs to none. */
  readonly turn: Turn | null;
}

/** What an earlier gateway left waiting for people. All else that was under way is interrupted. */
export async function waitingWork(directory: SessionDirectory): Promise<WaitingWork[]> {
  const waiting = new Map<string, Turn | null>();
  for (const id of await directory.requests.waitingSessions()) waiting.set(id, null);
  const held = await heldMessages(directory);
  for (const turn of await directory.openTurns()) {
    const goesOn = turn.state === 'WAITING_FOR_INPUT' && waiting.has(turn.sessionId);
    if (goesOn) waiting.set(turn.sessionId, turn);
    else if (!held.has(turn.messageId)) await directory.saveTurn(interruptedTurn(turn, new Date()));
  }
  return [...waiting].map(([sessionId, turn]) => ({ sessionId, turn }));
}

/** What has not been sent yet is not interrupted. */
async function heldMessages({ cloud }: SessionDirectory): Promise<ReadonlySet<string>> {
  const ids = await cloud.waitingSessions();
  const held = await Promise.all(ids.map((id) => cloud.held(id)));
  return new Set(held.flat().map(({ messageId }) => messageId));
}
