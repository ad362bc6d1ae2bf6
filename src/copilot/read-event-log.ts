import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { Runtime } from './runtime.ts';

const PAGE = 1_000;

interface EventLogOptions {
  readonly runtime: Runtime;
  readonly attachment: CopilotSession;
}

/**
 * What came after an event, with what is not persisted, as far as the runtime still has it: the latter also from
 * before the event. Undefined: it does not know the event.
 */
export async function readEventLog(
  eventId: string,
  { runtime, attachment }: EventLogOptions,
): Promise<RuntimeEvent[] | undefined> {
  const events: RuntimeEvent[] = [];
  let cursor = eventId;
  for (;;) {
    const position = cursor;
    const page = await runtime.call(() =>
      attachment.rpc.eventLog.read({ cursor: position, max: PAGE, includeEphemeral: true }),
    );
    if (page.cursorStatus === 'expired') return undefined;
    events.push(...page.events);
    if (!page.hasMore) return events;
    ({ cursor } = page);
  }
}
