import { expect, it } from 'vitest';

import { ChangesFeed } from '../../src/events/changes-feed.ts';

it('lists each entry once, in the order of the last changes', () => {
  const feed = new ChangesFeed<{ name: string }>();
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  feed.touch(a);
  feed.touch(b);
  feed.touch(a);
  expect([...feed.listEntries()]).toEqual([b, a]);
  expect(feed.findNext(0)).toEqual({ sequence: 2, entry: b });
  expect(feed.findNext(2)).toEqual({ sequence: 3, entry: a });
  expect(feed.findNext(3)).toBeUndefined();
});

it('finds entries after many changes of few entries', () => {
  const feed = new ChangesFeed<{ index: number }>();
  const entries = Array.from({ length: 5 }, (_, index) => ({ index }));
  for (let turn = 0; turn < 10_000; turn++) feed.touch(entries[turn % 5]!);
  expect([...feed.listEntries()]).toEqual(entries);
  expect(feed.findNext(0)).toEqual({ sequence: 9_996, entry: entries[0] });
});

it('raises the floor when it forgets an entry', () => {
  const feed = new ChangesFeed<object>();
  const entry = {};
  feed.touch(entry);
  feed.touch({});
  feed.forget(entry);
  expect(feed.floor).toBe(1);
  expect([...feed.listEntries()]).toHaveLength(1);
});

it('wakes waiting readers once for all changes of a microtask', async () => {
  const feed = new ChangesFeed<object>();
  let woken = 0;
  feed.subscribeOnce(() => woken++);
  const cancel = feed.subscribeOnce(() => woken++);
  cancel();
  feed.touch({});
  feed.touch({});
  await Promise.resolve();
  expect(woken).toBe(1);
  expect(feed.waitingReaderCount).toBe(0);
});
