import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { SessionLog } from '../events/session-log.ts';
import type { Inbox } from './inbox.ts';
import type { Journal } from './journal.ts';
import type { Runtime } from './runtime.ts';

const PAGE = 1_000;
const TAIL = 100;

interface ReconcileOptions {
  readonly attachment: CopilotSession;
  readonly runtime: Runtime;
  readonly journal: Journal;
  readonly inbox: Inbox;
  readonly log: SessionLog;
}

export interface Reconciled {
  /** What was read. */
  readonly read: readonly RuntimeEvent[];
  /** The history is not the one that the log has taken in. */
  readonly rewound: boolean;
}

/** Brings the log in step with a session that was just attached: what happened meanwhile was pushed to nobody. */
export async function reconcile(options: ReconcileOptions): Promise<Reconciled> {
  const from = options.log.newestMark;
  const missed = from === null ? undefined : await readMissed(options, from);
  if (missed) {
    for (const event of missed) options.inbox.take(event);
    return { read: missed, rewound: false };
  }
  const tail = await options.journal.tail(TAIL);
  if (from !== null) options.log.rewind();
  options.inbox.skip(tail);
  return { read: tail, rewound: from !== null };
}

/** From the runtime's event log, which has also what is not persisted. Undefined: it does not know `from`. */
async function readMissed(
  { runtime, attachment }: ReconcileOptions,
  from: string,
): Promise<RuntimeEvent[] | undefined> {
  const events: RuntimeEvent[] = [];
  let cursor = from;
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
