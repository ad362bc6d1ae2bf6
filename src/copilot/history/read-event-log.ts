import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime } from '../runtime/runtime.ts';
import { handledTypes } from '../translate/event-types.ts';

const PAGE_SIZE = 1_000;

interface ReadEventLogOptions {
  readonly runtime: Runtime;
  readonly sdkSession: CopilotSession;
  /** Where an earlier reading of this attachment ended: what is not persisted, and older, is not read again. */
  readonly sinceSequence?: string | null;
}

export interface EventLogSection {
  /** Oldest first. Only types that mean something here: others repeat the whole conversation at each model call. */
  readonly events: RuntimeEvent[];
  /** Where the reading ended; null: the runtime did not say. */
  readonly endSequence: string | null;
}

/**
 * What came after an event, with what is not persisted, as far as the runtime still has it: the latter also from
 * before the event, unless an earlier reading is known. Undefined: it does not know the event.
 */
export async function readEventLog(
  eventId: string,
  { runtime, sdkSession, sinceSequence = null }: ReadEventLogOptions,
): Promise<EventLogSection | undefined> {
  const events: RuntimeEvent[] = [];
  const log = runtime.cloudEventLogs.get(sdkSession.sessionId) ?? sdkSession.rpc.eventLog;
  let cursor = sinceSequence === null ? eventId : `${eventId}${CURSOR_SEPARATOR}${sinceSequence}`;
  for (;;) {
    const position = { cursor, max: PAGE_SIZE, types: handledTypes, includeEphemeral: true };
    const page = await runtime.call(() => log.read(position));
    if (page.cursorStatus === 'expired') return undefined;
    events.push(...page.events);
    ({ cursor } = page);
    if (!page.hasMore) return { events, endSequence: parseSequence(cursor) };
  }
}

/** The runtime's cursors name an event of the history, and a place among what is not persisted. */
const CURSOR_SEPARATOR = '|';

function parseSequence(cursor: string): string | null {
  const [, sequence = ''] = cursor.split(CURSOR_SEPARATOR);
  return sequence === '' ? null : sequence;
}
