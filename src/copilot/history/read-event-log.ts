import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime } from '../runtime/runtime.ts';
import { handledTypes } from '../translate/event-types.ts';

const PAGE_SIZE = 1_000;

interface ReadEventLogOptions {
  readonly runtime: Runtime;
  readonly sdkSession: CopilotSession;
  /** Where an earlier reading of this SDK session ended: ephemeral events before it are not read again. */
  readonly sinceSequence?: string | null;
}

export interface EventLogSection {
  /** Events of handled types, oldest first. Events of other types repeat the whole conversation at each model call. */
  readonly events: RuntimeEvent[];
  /** Where the reading ended; null when the runtime did not say. */
  readonly endSequence: string | null;
}

/**
 * Reads the events after a journal event, and the ephemeral events that the runtime still has: also those from before
 * the event, unless `sinceSequence` is given. Returns undefined when the runtime does not know the event.
 */
export async function readEventLog(
  eventId: string,
  { runtime, sdkSession, sinceSequence = null }: ReadEventLogOptions,
): Promise<EventLogSection | undefined> {
  const events: RuntimeEvent[] = [];
  const log = runtime.cloudEventLogs.get(sdkSession.sessionId) ?? sdkSession.rpc.eventLog;
  let cursor = sinceSequence === null ? eventId : `${eventId}${CURSOR_SEPARATOR}${sinceSequence}`;
  for (;;) {
    const options = { cursor, max: PAGE_SIZE, types: handledTypes, includeEphemeral: true };
    const page = await runtime.call(() => log.read(options));
    if (page.cursorStatus === 'expired') return undefined;
    events.push(...page.events);
    ({ cursor } = page);
    if (!page.hasMore) return { events, endSequence: parseSequence(cursor) };
  }
}

/** The runtime's cursors consist of a journal event id and a position among the ephemeral events. */
const CURSOR_SEPARATOR = '|';

function parseSequence(cursor: string): string | null {
  const [, sequence = ''] = cursor.split(CURSOR_SEPARATOR);
  return sequence === '' ? null : sequence;
}
