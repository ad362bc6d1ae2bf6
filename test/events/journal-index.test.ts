import { expect, it } from 'vitest';

import { JournalIndex } from '../../src/events/journal-index.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
];

function createIndex() {
  const range = { sequence: 0, floor: 0 };
  const index = new JournalIndex(range);
  const record = (eventId: string, sequence: number): void => {
    range.sequence = sequence;
    index.record(eventId);
  };
  return { index, range, record };
}

it('finds the newest journal event at or before a sequence number', () => {
  const { index, record } = createIndex();
  record(A, 2);
  record(B, 5);
  const found = [1, 2, 4, 5, 9].map((sequence) => index.findEventId(sequence));
  expect(found).toEqual([null, A, A, B, B]);
  expect(index.lastEventId).toBe(B);
});

it('ignores events whose id does not fit into a cursor', () => {
  const { index, record } = createIndex();
  record('not a uuid', 1);
  expect(index.lastEventId).toBeNull();
});

it('finds the start of the history only if it was declared', () => {
  const { index, range } = createIndex();
  expect(index.findOffsetAfter(null)).toBeUndefined();
  range.sequence = 3;
  index.setHistoryStart();
  range.sequence = 4;
  index.setHistoryStart();
  expect(index.findOffsetAfter(null)).toEqual({ sequence: 3, journalEventId: null });
});

it('has a position for an event exactly at the floor, and none for an older one', () => {
  const { index, range, record } = createIndex();
  record(A, 2);
  record(B, 5);
  record(C, 6);
  range.floor = 5;
  expect(index.findOffsetAfter(B)).toEqual({ sequence: 5, journalEventId: B });
  expect(index.findOffsetAfter(A)).toBeUndefined();
});

it('keeps the last event at or below the floor when it evicts', () => {
  const { index, range, record } = createIndex();
  record(A, 2);
  record(B, 5);
  record(C, 9);
  range.floor = 7;
  index.evict();
  expect([2, 5, 7, 9].map((sequence) => index.findEventId(sequence))).toEqual([null, B, B, C]);
});

it('moves positions of lost events to the last event that the runtime kept', () => {
  const { index, record } = createIndex();
  record(A, 1);
  record(B, 2);
  record(C, 3);
  index.remapLost([B, C], A);
  expect(index.findEventId(3)).toBe(A);
  expect(index.resolveLost(C)).toBe(A);
  index.remapLost([A], null);
  expect(index.resolveLost(C)).toBeNull();
});

it('resolves a lost event also when events replaced each other or themselves', () => {
  const { index } = createIndex();
  index.remapLost([A], B);
  index.remapLost([B], A);
  expect([A, B].map((id) => index.resolveLost(id))).toEqual([A, A]);
  index.remapLost([B, A], A);
  expect([A, B].map((id) => index.resolveLost(id))).toEqual([A, A]);
});

it('changes its revision when earlier positions change', () => {
  const { index, record } = createIndex();
  record(A, 1);
  const before = index.revision;
  index.remapLost([A], null);
  expect(index.revision).toBeGreaterThan(before);
});
