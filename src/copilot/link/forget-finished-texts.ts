import type { SessionStore } from '../../store/session-store.ts';
import { TextReducer } from '../history/text-reducer.ts';
import type { Journal } from '../runtime/journal.ts';

/**
 * Removes the stored unfinished texts that have a final in the journal, written while the gateway was not running: a
 * reader that has the final must not be sent `DISCARDED` (S21 in docs/streaming.md).
 */
export async function forgetFinishedTexts(
  sessionId: string,
  store: SessionStore,
  journal: Journal,
): Promise<void> {
  const unfinished = await store.listUnfinishedTexts(sessionId);
  if (unfinished.length === 0) return;
  const reducer = new TextReducer();
  for await (const event of journal.readEvents()) reducer.add(event);
  for (const text of unfinished) {
    if (reducer.hasCompleted(text.kind, text.id)) {
      await store.removeUnfinishedText(sessionId, text);
    }
  }
}
