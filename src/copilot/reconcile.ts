import type { CopilotSession, SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { RecordedEvent, SessionDirectory } from '../directory/session-directory.ts';
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
  readonly directory: SessionDirectory;
  /** Called first when the runtime has gone on meanwhile. */
  readonly onWorkMissed: () => void;
}

export interface Reconciled {
  /** What was read. */
  readonly read: readonly RuntimeEvent[];
  /** The history is not the one that the log has taken in. */
  readonly rewound: boolean;
}

/** Brings the log in step with a session that was just attached: what happened meanwhile was pushed to nobody. */
export async function reconcile(options: ReconcileOptions): Promise<Reconciled> {
  const { inbox, journal, log, onWorkMissed } = options;
  const isNew = inbox.recorded.length === 0;
  const missed = await readMissed(options);
  if (missed) {
    if (missed.some((event) => isWork(event) && inbox.isNew(event))) onWorkMissed();
    for (const event of missed) inbox.take(event);
    return { read: missed, rewound: false };
  }
  const tail = await journal.tail(TAIL);
  const rewound = !isNew || hasLostAnswer(await dropUnwritten(options, tail));
  if (rewound) log.rewind();
  inbox.skip(tail);
  return { read: tail, rewound };
}

/** What an earlier gateway was told of, and the runtime has not written down before it was killed with it. */
async function dropUnwritten(
  { directory, log }: ReconcileOptions,
  tail: readonly RuntimeEvent[],
): Promise<readonly RecordedEvent[]> {
  const told = await directory.recorded(log.sessionId);
  const written = new Set(tail.map(({ id }) => id));
  const last = told.findLastIndex(({ id }) => written.has(id));
  if (last < 0) return [];
  const lost = told.slice(last + 1);
  log.lose(
    lost.map(({ id }) => id),
    told[last]?.id ?? null,
  );
  return lost;
}

function hasLostAnswer(lost: readonly RecordedEvent[]): boolean {
  return lost.some(({ type }) => type === 'assistant.message');
}

/**
 * After the newest event that both sides have. A runtime that is killed loses the events that it had not written
 * down yet; that is no other history, unless a finished message is among them. Undefined: it is another one.
 */
async function readMissed(options: ReconcileOptions): Promise<RuntimeEvent[] | undefined> {
  const { inbox } = options;
  for (let kept = inbox.recorded.length; kept > 0; kept--) {
    const newest = inbox.recorded[kept - 1];
    const events = newest && (await readAfter(newest.id, options));
    if (events) {
      inbox.loseAfter(kept);
      return events;
    }
    if (newest?.type === 'assistant.message') return undefined;
  }
  return undefined;
}

/** From the runtime's event log, which has also what is not persisted. Undefined: it does not know the event. */
async function readAfter(
  eventId: string,
  { runtime, attachment }: ReconcileOptions,
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

function isWork({ type }: RuntimeEvent): boolean {
  return type.startsWith('assistant.') || type.startsWith('tool.');
}
