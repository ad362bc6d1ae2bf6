import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime } from '../runtime/runtime.ts';
import { takenTypes } from '../translate/event-types.ts';

const PAGE = 1_000;

interface EventLogOptions {
  readonly runtime: Runtime;
  readonly attachment: CopilotSession;
  /** Where an earlier reading of this attachment ended: what is not persisted, and older, is not read again. */
  readonly since?: string | null;
}

export interface EventLogPart {
  /** Oldest first. Only types that mean something here: others repeat the whole conversation at each model call. */
  readonly events: RuntimeEvent[];
  /** Where the reading ended; null: the runtime did not say. */
  readonly end: string | null;
}

/**
 * What came after an event, with what is not persisted, as far as the runtime still has it: the latter also from
 * before the event, unless an earlier reading is known. Undefined: it does not know the event.
 */
export async function readEventLog(
  eventId: string,
  { runtime, attachment, since = null }: EventLogOptions,
): Promise<EventLogPart | undefined> {
  const events: RuntimeEvent[] = [];
  const log = runtime.cloudLogs.get(attachment.sessionId) ?? attachment.rpc.eventLog;
  let cursor = since === null ? eventId : `${eventId}${SEPARATOR}${since}`;
  for (;;) {
    const position = { cursor, max: PAGE, types: takenTypes, includeEphemeral: true };
    const page = await runtime.call(() => log.read(position));
    if (page.cursorStatus === 'expired') return undefined;
    events.push(...page.events);
    ({ cursor } = page);
    if (!page.hasMore) return { events, end: sequenceIn(cursor) };
  }
}

/** The runtime's cursors name an event of the history, and a place among what is not persisted. */
const SEPARATOR = '|';

function sequenceIn(cursor: string): string | null {
  const [, sequence = ''] = cursor.split(SEPARATOR);
  return sequence === '' ? null : sequence;
}
