import type { Turn } from '../../events/turn.ts';
import type { SessionStore } from '../../store/session-store.ts';
import { toInterruptedTurn } from '../projections/turn-transitions.ts';

interface WaitingWork {
  readonly sessionId: string;
  /** The turn that waits; null: the requests belong to no turn. */
  readonly turn: Turn | null;
}

/** Lists work that waits for clients since an earlier gateway. All other open turns are recorded as interrupted. */
export async function recoverWaitingWork(store: SessionStore): Promise<WaitingWork[]> {
  const waiting = new Map<string, Turn | null>();
  for (const id of await store.requests.listWaitingSessionIds()) waiting.set(id, null);
  const held = await readHeldMessageIds(store);
  for (const turn of await store.listOpenTurns()) {
    const continues = turn.state === 'WAITING_FOR_INPUT' && waiting.has(turn.sessionId);
    if (continues) waiting.set(turn.sessionId, turn);
    else if (!held.has(turn.messageId)) await store.saveTurn(toInterruptedTurn(turn, new Date()));
  }
  return [...waiting].map(([sessionId, turn]) => ({ sessionId, turn }));
}

/** Returns the ids of messages that were not sent yet: their turns are not interrupted. */
async function readHeldMessageIds({ cloud }: SessionStore): Promise<ReadonlySet<string>> {
  const ids = await cloud.listWaitingSessionIds();
  const held = await Promise.all(ids.map((id) => cloud.listHeldMessages(id)));
  return new Set(held.flat().map(({ messageId }) => messageId));
}
