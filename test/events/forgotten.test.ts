import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { AssembledText } from '../../src/events/assembled-text.ts';
import type { CatchUp } from '../../src/events/log-follower.ts';
import { SessionLog } from '../../src/events/session-log.ts';

const now = new Date(0);
const origin = { occurredAt: now, turnMessageId: null, agentId: null };
const [FIRST, SECOND] = [1, 2].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
];
const LATENCY_MS = 100;

function newLog(catchUp: CatchUp = () => Promise.resolve(undefined)): SessionLog {
  return new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 2_000,
    maxTextLength: 1_000,
    rewinds: 0,
    catchUp,
  });
}

function append(log: SessionLog, title: string): void {
  log.append(origin, { type: 'title.changed', title });
}

/** More than it holds. */
function overflow(log: SessionLog): void {
  for (let index = 0; index < 50; index++) append(log, `title ${index}`);
}

function grow(log: SessionLog, text: AssembledText, piece: string): void {
  log.changeText(text, now, () => {
    text.append(piece);
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a reader that lets text wait asks for what was forgotten meanwhile, and goes on to wait', async () => {
  const asked: unknown[] = [];
  const log = newLog(async (since) => {
    asked.push(since.journalEventId);
    return { events: [], logOffset: { sequence: log.sequence, journalEventId: null } };
  });
  append(log, 'read');
  log.recordJournalEvent(FIRST);
  const reader = log.follow({ after: log.cursor, maxLatencyMs: LATENCY_MS });
  const text = log.openText({ id: 'm', kind: 'CONTENT', turnMessageId: null, agentId: null }, now);
  grow(log, text, 'held back');
  const next = reader.next();
  log.changeText(text, now, () => {
    text.complete('held back');
  });
  overflow(log);
  await vi.advanceTimersByTimeAsync(LATENCY_MS);
  expect(asked).toEqual([FIRST]);

  const later = log.openText({ id: 'n', kind: 'CONTENT', turnMessageId: null, agentId: null }, now);
  grow(log, later, 'one ');
  await vi.advanceTimersByTimeAsync(1);
  grow(log, later, 'two');
  await vi.advanceTimersByTimeAsync(LATENCY_MS);
  expect((await next).value).toMatchObject({ messageId: 'n', offset: 0, text: 'one two' });
});

it('the newest event of the journal leads on although all up to it is forgotten, and what followed as well', () => {
  const log = newLog();
  append(log, 'first');
  log.recordJournalEvent(FIRST);
  overflow(log);
  expect(log.floor).toBeGreaterThan(1);
  expect(log.findOffsetAfter(FIRST)).toEqual({ sequence: log.floor, journalEventId: FIRST });
});

it('an older event does not, for what followed it is in the journal', () => {
  const log = newLog();
  append(log, 'first');
  log.recordJournalEvent(FIRST);
  overflow(log);
  log.recordJournalEvent(SECOND);
  expect(log.findOffsetAfter(FIRST)).toBeUndefined();
  expect(log.findOffsetAfter(SECOND)).toEqual({ sequence: log.sequence, journalEventId: SECOND });
});

it('an event exactly where the log begins is still in it', () => {
  const log = newLog();
  const marks: { id: string; sequence: number }[] = [];
  for (let index = 0; index < 50; index++) {
    append(log, `title ${index}`);
    const id = `00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`;
    log.recordJournalEvent(id);
    marks.push({ id, sequence: log.sequence });
  }
  const atFloor = marks.find(({ sequence }) => sequence === log.floor)!;
  expect(log.findOffsetAfter(atFloor.id)).toEqual({ sequence: log.floor, journalEventId: atFloor.id });
  const before = marks.find(({ sequence }) => sequence === log.floor - 1)!;
  expect(log.findOffsetAfter(before.id)).toBeUndefined();
});
