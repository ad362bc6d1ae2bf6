import type { Turn } from '../../events/turn.ts';
import type { SessionStore } from '../../store/session-store.ts';
import { toInterruptedTurn } from '../projections/turns.ts';

interface WaitingWork {
  readonly sessionId: string;
  /** The turn that waits; null: what was asked belongs to none. */
  readonly turn: Turn | null;
}

/** What an earlier gateway left waiting for people. All else that was under way is interrupted. */
export async function recoverWaitingWork(directory: SessionStore): Promise<WaitingWork[]> {
  const waiting = new Map<string, Turn | null>();
  for (const id of await directory.requests.listWaitingSessionIds()) waiting.set(id, null);
  const held = await readHeldMessageIds(directory);
  for (const turn of await directory.listOpenTurns()) {
    const goesOn = turn.state === 'WAITING_FOR_INPUT' && waiting.has(turn.sessionId);
    if (goesOn) waiting.set(turn.sessionId, turn);
    else if (!held.has(turn.messageId))
      await directory.saveTurn(toInterruptedTurn(turn, new Date()));
  }
  return [...waiting].map(([sessionId, turn]) => ({ sessionId, turn }));
}

/** What has not been sent yet is not interrupted. */
async function readHeldMessageIds({ cloud }: SessionStore): Promise<ReadonlySet<string>> {
  const ids = await cloud.listWaitingSessionIds();
  const held = await Promise.all(ids.map((id) => cloud.listHeldMessages(id)));
  return new Set(held.flat().map(({ messageId }) => messageId));
}
