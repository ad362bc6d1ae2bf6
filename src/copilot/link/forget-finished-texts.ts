import type { SessionStore, UnfinishedText } from '../../store/session-store.ts';
import type { Journal } from '../runtime/journal.ts';

const MAIN_AGENT = '';

/**
 * Removes the stored unfinished texts that have a final in the journal: a reader that has the final must not be sent
 * `DISCARDED` (S21 in docs/streaming.md).
 */
export async function forgetFinishedTexts(
  sessionId: string,
  store: SessionStore,
  journal: Journal,
): Promise<void> {
  const unfinished = await store.listUnfinishedTexts(sessionId);
  for (const text of await listFinishedTexts(unfinished, journal)) {
    await store.removeUnfinishedText(sessionId, text);
  }
}

/** Returns those of the texts whose final is in the journal: it was written while the gateway was not running. */
async function listFinishedTexts(
  unfinished: readonly UnfinishedText[],
  journal: Journal,
): Promise<UnfinishedText[]> {
  if (unfinished.length === 0) return [];
  const finals = new Set<string>();
  const modelCalls = new Map<string, string>();
  for await (const event of journal.readEvents()) {
    const agent = event.agentId ?? MAIN_AGENT;
    if (event.type === 'assistant.turn_start') modelCalls.set(agent, event.id);
    if (event.type !== 'assistant.message') continue;
    finals.add(`CONTENT:${event.data.messageId}`);
    const reasoning = modelCalls.get(agent);
    if (event.data.reasoningText !== undefined && reasoning) finals.add(`REASONING:${reasoning}`);
  }
  return unfinished.filter(({ kind, id }) => finals.has(`${kind}:${id}`));
}
