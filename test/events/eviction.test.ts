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

/** Appends more than the log holds. */
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

it('serves a reader with a latency from the journal when its text was evicted meanwhile', async () => {
  const caughtUpFrom: unknown[] = [];
  const log = newLog(async (since) => {
    caughtUpFrom.push(since.journalEventId);
    return { events: [], logOffset: { sequence: log.sequence, journalEventId: null } };
  });
  append(log, 'read');
  log.journalIndex.record(FIRST);
  const reader = log.follow({ after: log.cursor, maxLatencyMs: LATENCY_MS });
  const text = log.openText({ id: 'm', kind: 'CONTENT', turnMessageId: null, agentId: null }, now);
  grow(log, text, 'held back');
  const next = reader.next();
  log.changeText(text, now, () => {
    text.complete('held back');
  });
  overflow(log);
  await vi.advanceTimersByTimeAsync(LATENCY_MS);
  expect(caughtUpFrom).toEqual([FIRST]);

  const later = log.openText({ id: 'n', kind: 'CONTENT', turnMessageId: null, agentId: null }, now);
  grow(log, later, 'one ');
  await vi.advanceTimersByTimeAsync(1);
  grow(log, later, 'two');
  await vi.advanceTimersByTimeAsync(LATENCY_MS);
  expect((await next).value).toMatchObject({ messageId: 'n', offset: 0, text: 'one two' });
});

it('keeps the newest journal event as a position when everything up to it was evicted', () => {
  const log = newLog();
  append(log, 'first');
  log.journalIndex.record(FIRST);
  overflow(log);
  const offset = log.journalIndex.findOffsetAfter(FIRST);
  expect(offset?.journalEventId).toBe(FIRST);
  expect(offset?.sequence).toBeGreaterThan(1);
});

it('has no position for an older journal event: what followed it is in the journal', () => {
  const log = newLog();
  append(log, 'first');
  log.journalIndex.record(FIRST);
  overflow(log);
  log.journalIndex.record(SECOND);
  expect(log.journalIndex.findOffsetAfter(FIRST)).toBeUndefined();
  const offset = { sequence: log.sequence, journalEventId: SECOND };
  expect(log.journalIndex.findOffsetAfter(SECOND)).toEqual(offset);
});
