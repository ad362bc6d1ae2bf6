import { describe, expect, it, vi } from 'vitest';

import type { AssembledText } from '../../src/events/assembled-text.ts';
import type { SessionEvent } from '../../src/events/event.ts';
import type { CatchUp } from '../../src/events/log-follower.ts';
import { SessionLog } from '../../src/events/session-log.ts';

const now = new Date(0);
const origin = { occurredAt: now, turnMessageId: null, agentId: null };
const base = { ...origin, cursor: 'c', sessionId: 's' };
const JOURNAL_EVENT_ID = '00000000-0000-4000-8000-000000000001';

function newLog(maxBytes = 1_000_000, catchUp: CatchUp = neverCaughtUp): SessionLog {
  return new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes,
    maxTextLength: 100_000,
    rewinds: 0,
    catchUp,
  });
}

const neverCaughtUp: CatchUp = () => Promise.resolve(undefined);

function open(log: SessionLog, id = 'm1'): AssembledText {
  return log.openText({ id, kind: 'CONTENT', turnMessageId: null, agentId: null }, now);
}

function grow(log: SessionLog, text: AssembledText, piece: string): void {
  log.changeText(text, now, () => {
    text.append(piece);
  });
}

function complete(log: SessionLog, text: AssembledText, final: string): void {
  log.changeText(text, now, () => {
    text.complete(final);
  });
}

/** Reads what is there, without waiting for more. */
async function drain(reader: AsyncIterator<SessionEvent>, count: number): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  while (events.length < count) events.push((await reader.next()).value as SessionEvent);
  return events;
}

const patches = (events: SessionEvent[]): unknown[] =>
  events.map((event) =>
    event.type === 'message.delta' ? [event.offset, event.text, event.state] : event.type,
  );

describe('the log of a session', () => {
  it('sends each piece to a live reader once and in order', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    grow(log, text, 'Hel');
    const [first] = await drain(reader, 1);
    grow(log, text, 'lo');
    complete(log, text, 'Hello');
    const rest = await drain(reader, 1);
    expect(patches([first!, ...rest])).toEqual([
      [0, 'Hel', 'STREAMING'],
      [3, 'lo', 'COMPLETE'],
    ]);
  });

  it('sends the same object to readers at the same place, and other patches to others', async () => {
    const log = newLog();
    const [one, other] = [log.follow(), log.follow()];
    const text = open(log);
    grow(log, text, 'Hel');
    expect(await drain(one, 1)).toEqual(await drain(other, 1));
    grow(log, text, 'lo');
    const [[patch], [same]] = [await drain(one, 1), await drain(other, 1)];
    expect(same).toBe(patch);
    const late = log.follow();
    expect(patches(await drain(late, 1))).toEqual([[0, 'Hello', 'STREAMING']]);
    log.append(origin, { type: 'session.deleted' });
    const steps = await Promise.all([one, other, late].map((reader) => drain(reader, 1)));
    expect(new Set(steps.flat()).size).toBe(1);
  });

  it('sends only the changed part of a text that is replaced repeatedly', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    const rewrite = async (whole: string): Promise<unknown[]> => {
      log.changeText(text, now, () => {
        text.replaceWith(whole);
      });
      return patches(await drain(reader, 1));
    };
    expect(await rewrite('10 %')).toEqual([[0, '10 %', 'STREAMING']]);
    expect(await rewrite('done\n20 %')).toEqual([[0, 'done\n20 %', 'STREAMING']]);
    expect(await rewrite('done\n30 %')).toEqual([[5, '30 %', 'STREAMING']]);
    expect(await rewrite('done\n3')).toEqual([[6, '', 'STREAMING']]);
    expect(await rewrite('done\n40 %')).toEqual([[5, '40 %', 'STREAMING']]);
    const slow = log.follow();
    await drain(slow, 1);
    await rewrite('done\ndone\n50 %');
    await rewrite('done\ndone\n60 %');
    expect(patches(await drain(slow, 1))).toEqual([[5, 'done\n60 %', 'STREAMING']]);
  });

  it('does not hold a text above its limit, and sends it whole at its end', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    grow(log, text, 'seen');
    expect(patches(await drain(reader, 1))).toEqual([[0, 'seen', 'STREAMING']]);
    grow(log, text, 'x'.repeat(100_000));
    expect(text.length).toBe(0);
    grow(log, text, 'more');
    const late = log.follow();
    complete(log, text, 'the whole text');
    for (const each of [reader, late]) {
      expect(patches(await drain(each, 1))).toEqual([[0, 'the whole text', 'COMPLETE']]);
    }
  });

  it('fails present readers and not later ones', async () => {
    const log = newLog();
    const [waiting, busy] = [log.follow(), log.follow()];
    const reading = waiting.next();
    log.fail(new Error('broken'));
    await expect(reading).rejects.toThrow('broken');
    await expect(busy.next()).rejects.toThrow('broken');
    expect(log.readerCount).toBe(0);
    const later = log.follow();
    grow(log, open(log), 'mended');
    expect(patches(await drain(later, 1))).toEqual([[0, 'mended', 'STREAMING']]);
  });

  it('sends a late reader the text so far, then the rest', async () => {
    const log = newLog();
    const text = open(log);
    grow(log, text, 'one ');
    grow(log, text, 'two ');
    const reader = log.follow();
    const [first] = await drain(reader, 1);
    grow(log, text, 'three');
    const [second] = await drain(reader, 1);
    expect(patches([first!, second!])).toEqual([
      [0, 'one two ', 'STREAMING'],
      [8, 'three', 'STREAMING'],
    ]);
  });

  it('sends a slow reader one longer patch instead of many', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    for (let index = 0; index < 1000; index++) grow(log, text, 'x');
    const [only] = await drain(reader, 1);
    expect(only).toMatchObject({ offset: 0, text: 'x'.repeat(1000) });
  });

  it('continues after a cursor with everything that changed since, including other messages', async () => {
    const log = newLog();
    const before = log.cursor;
    const first = open(log, 'm1');
    const second = open(log, 'm2');
    grow(log, first, 'a');
    const { cursor } = log;
    grow(log, second, 'b');
    complete(log, first, 'aa');
    expect(patches(await drain(log.follow({ after: cursor }), 2))).toEqual([
      [0, 'b', 'STREAMING'],
      [0, 'aa', 'COMPLETE'],
    ]);
    expect(await drain(log.follow({ after: before }), 2)).toHaveLength(2);
  });

  it('goes back to the common prefix when the final text differs', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    grow(log, text, 'The answer is 41');
    await drain(reader, 1);
    complete(log, text, 'The answer is 42!');
    expect(patches(await drain(reader, 1))).toEqual([[15, '2!', 'COMPLETE']]);
  });

  it('sends a message whole when its final text arrives after it was discarded', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    grow(log, text, 'lost');
    await drain(reader, 1);
    log.changeText(text, now, () => {
      text.discard();
    });
    expect(patches(await drain(reader, 1))).toEqual([[0, '', 'DISCARDED']]);
    complete(log, text, 'found');
    expect(patches(await drain(reader, 1))).toEqual([[0, 'found', 'COMPLETE']]);
  });

  it('never ends a patch between the halves of a surrogate pair', async () => {
    const log = newLog();
    const reader = log.follow();
    const text = open(log);
    grow(log, text, 'a\ud83d');
    const [first] = await drain(reader, 1);
    grow(log, text, '\ude00b');
    const [second] = await drain(reader, 1);
    expect(patches([first!, second!])).toEqual([
      [0, 'a', 'STREAMING'],
      [1, '😀b', 'STREAMING'],
    ]);
  });

  it('sends only events of the requested types', async () => {
    const log = newLog();
    const reader = log.follow({ types: ['title.changed'] });
    grow(log, open(log), 'x');
    log.append(origin, { type: 'title.changed', title: 'T' });
    expect((await drain(reader, 1))[0]).toMatchObject({ type: 'title.changed', title: 'T' });
  });

  it('ends readers after the last event', async () => {
    const log = newLog();
    const reader = log.follow();
    log.append(origin, { type: 'session.deleted' });
    log.end();
    expect((await drain(reader, 1))[0]).toMatchObject({ type: 'session.deleted' });
    expect(await reader.next()).toMatchObject({ done: true });
    expect(log.readerCount).toBe(0);
  });

  it('catches up with what was evicted, then continues in the log', async () => {
    const caughtUpFrom: unknown[] = [];
    const log = newLog(2_000, async (since) => {
      caughtUpFrom.push(since.journalEventId);
      const event = { ...base, type: 'title.changed' as const, title: 'from the journal' };
      return { events: [event], logOffset: { sequence: log.sequence - 1, journalEventId: null } };
    });
    log.journalIndex.record(JOURNAL_EVENT_ID);
    const { cursor } = log;
    for (let index = 0; index < 50; index++) {
      log.append(origin, { type: 'title.changed', title: `title ${index}` });
    }
    const titles = await drain(log.follow({ after: cursor }), 2);
    expect(titles.map((event) => 'title' in event && event.title)).toEqual([
      'from the journal',
      'title 49',
    ]);
    expect(caughtUpFrom).toEqual([JOURNAL_EVENT_ID]);
  });

  it('catches up a live reader that fell behind instead of skipping events', async () => {
    const caughtUpFrom: unknown[] = [];
    const log = newLog(2_000, async (since) => {
      caughtUpFrom.push(since.journalEventId);
      return { events: [], logOffset: { sequence: log.sequence - 1, journalEventId: null } };
    });
    const reader = log.follow();
    log.append(origin, { type: 'title.changed', title: 'read' });
    log.journalIndex.record(JOURNAL_EVENT_ID);
    await drain(reader, 1);
    for (let index = 0; index < 50; index++) {
      log.append(origin, { type: 'title.changed', title: `title ${index}` });
    }
    expect((await drain(reader, 1))[0]).toMatchObject({ title: 'title 49' });
    expect(caughtUpFrom).toEqual([JOURNAL_EVENT_ID]);
  });

  it('repeats the catch-up after the next change when the journal is not readable yet', async () => {
    let tries = 0;
    const log = newLog(1_000_000, async () =>
      ++tries < 3 ? undefined : { events: [], logOffset: { sequence: 0, journalEventId: null } },
    );
    const earlier = newLog();
    earlier.journalIndex.record(JOURNAL_EVENT_ID);
    const next = log.follow({ after: earlier.cursor }).next();
    log.append(origin, { type: 'runtime.changed', runtimeState: 'LOST' });
    await vi.waitFor(() => {
      expect(tries).toBe(2);
    });
    log.append(origin, { type: 'runtime.changed', runtimeState: 'CONNECTED' });
    expect((await next).value).toMatchObject({ runtimeState: 'LOST' });
  });

  it('ends readers and rejects earlier cursors when the history is rewritten', async () => {
    const log = newLog();
    const { cursor } = log;
    const waiting = log.follow().next();
    log.rewind();
    await expect(waiting).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect(() => log.follow({ after: cursor })).toThrow(/no longer valid/);
    expect(log.readerCount).toBe(0);
  });

  it('keeps an open text whatever the size limit', async () => {
    const log = newLog(100);
    const text = open(log);
    for (let index = 0; index < 200; index++) grow(log, text, 'xy');
    expect((await drain(log.follow(), 1))[0]).toMatchObject({ offset: 0, text: 'xy'.repeat(200) });
  });

  it('evicts entries that have not changed for long, except open texts', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const log = newLog();
      const title = (text: string): void => {
        log.append(origin, { type: 'title.changed', title: text });
      };
      title('old');
      grow(log, open(log), 'still written');
      vi.setSystemTime(Date.now() + 59_000);
      title('young');
      expect([...log.listSteps()]).toHaveLength(2);
      vi.setSystemTime(Date.now() + 7_000);
      title('new');
      expect([...log.listSteps()]).toMatchObject([{ title: 'young' }, { title: 'new' }]);
      expect(log.findText('CONTENT', 'm1')?.text).toBe('still written');
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects cursors of other sessions and malformed cursors', async () => {
    const log = newLog();
    const limits = { maxBytes: 1000, maxAgeMs: 60_000, maxTextLength: 100_000 };
    const options = { ...limits, rewinds: 0, catchUp: neverCaughtUp };
    const foreign = new SessionLog('other', options).cursor;
    expect(() => log.follow({ after: foreign })).toThrow(/cursor of this session/);
    for (const rubbish of ['', 'x', `${log.cursor}A`, log.cursor.slice(1), '💥']) {
      expect(() => log.follow({ after: rubbish })).toThrow(/must be a cursor/);
    }
    expect(log.readerCount).toBe(0);
  });
});

describe('a reader that waits', () => {
  it('ends at once when it returns', async () => {
    const log = newLog();
    const reader = log.follow();
    const waiting = reader.next();
    await reader.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(log.readerCount).toBe(0);
  });

  it('ends at once when its signal is aborted', async () => {
    const log = newLog();
    const controller = new AbortController();
    const waiting = log.follow({ signal: controller.signal }).next();
    controller.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(log.readerCount).toBe(0);
  });
});
