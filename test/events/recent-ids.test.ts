import { expect, it } from 'vitest';

import { RecentIds } from '../../src/events/recent-ids.ts';

function addMany(ids: RecentIds, prefix: string, count: number): void {
  for (let index = 0; index < count; index++) ids.add(`${prefix}${index}`);
}

it('adds an id once', () => {
  const ids = new RecentIds();
  expect(ids.add('a')).toBe(true);
  expect(ids.add('a')).toBe(false);
});

it('remembers the last 32,768 ids and drops older ones', () => {
  const ids = new RecentIds();
  addMany(ids, 'first', 32_768);
  addMany(ids, 'second', 32_767);
  expect(ids.has('first0')).toBe(true);
  addMany(ids, 'third', 1);
  expect(ids.has('first0')).toBe(false);
  expect(ids.has('second0')).toBe(true);
});

it('remembers the last 4,096 ids when it is compacted repeatedly, and few more', () => {
  const ids = new RecentIds();
  addMany(ids, 'first', 4_096);
  for (let time = 0; time < 10; time++) ids.compact();
  expect(ids.has('first0')).toBe(true);
  addMany(ids, 'second', 4_095);
  ids.compact();
  expect(ids.has('first0')).toBe(true);
  addMany(ids, 'third', 1);
  ids.compact();
  expect(ids.has('first0')).toBe(false);
  expect(ids.has('second0')).toBe(true);
});
