import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { describe, expect, test } from 'vitest';

import { toSessionId } from '../../src/events/ids.ts';
import type { Turn } from '../../src/events/turn.ts';
import { migrate, migrations } from '../../src/store/migrate.ts';
import type {
  SendRecord,
  SessionListCursor,
  SessionPage,
  SessionQuery,
  SessionRecord,
  SessionSlice,
  SessionStore,
  StoredNotice,
  UnfinishedText,
} from '../../src/store/session-store.ts';
import { SqliteDatabase } from '../../src/store/sqlite-database.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';

function createTemporaryDirectory() {
  const path = mkdtempSync(join(tmpdir(), 'store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function createStore(): { store: SessionStore } & Disposable {
  const store = openSqliteStore(':memory:');
  return { store, [Symbol.dispose]: () => store.close() };
}

function at(milliseconds: number): Date {
  return new Date(Date.UTC(2026, 0, 1) + milliseconds);
}

function session(id: string, change: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id,
    owner: null,
    profile: 'default',
    model: null,
    reasoningEffort: null,
    title: null,
    titleChosen: false,
    instructions: null,
    labels: [],
    clientTools: [],
    repository: null,
    rewinds: 0,
    location: 'local',
    remoteMode: 'off',
    isStarting: false,
    remoteUrl: null,
    remoteSteerable: false,
    workingDirectory: 'fresh',
    gitHubAccount: 'server',
    ownProvider: null,
    hasMessages: false,
    createdAt: at(0),
    updatedAt: at(0),
    ...change,
  };
}

const fullSession = session('full', {
  clientTools: [{ name: 'lookup', description: 'Looks up', parameters: { type: 'object' } }],
  model: 'some-model',
  reasoningEffort: 'XHIGH',
  title: 'Gâteaux "& more" 🎂',
  titleChosen: true,
  instructions: 'Answer briefly.\nAlways.',
  labels: [
    { key: 'team', value: 'a' },
    { key: "o'clock", value: '"%_\\' },
  ],
  repository: { owner: 'octo', name: 'app', branch: 'main' },
  location: 'cloud',
  isStarting: false,
  remoteUrl: 'https://github.com/copilot/tasks/1',
  remoteSteerable: true,
  workingDirectory: '/srv/shared',
  gitHubAccount: 'server',
  ownProvider: null,
  hasMessages: true,
  createdAt: at(1),
  updatedAt: at(2),
});

function turn(sessionId: string, messageId: string, change: Partial<Turn> = {}): Turn {
  return {
    sessionId,
    messageId,
    state: 'QUEUED',
    queuedAt: at(0),
    startedAt: null,
    finishedAt: null,
    replyId: null,
    reply: null,
    error: null,
    usage: null,
    ...change,
  };
}

const failedTurn = turn('s', 'failed', {
  state: 'FAILED',
  startedAt: at(1),
  finishedAt: at(2),
  error: {
    code: 'MODEL_RATE_LIMITED',
    message: 'Too many requests',
    retryable: true,
    retryAfterMs: 1500,
    statusCode: 429,
    url: null,
  },
  usage: {
    inputTokens: 1,
    outputTokens: 2,
    cacheReadTokens: 3,
    cacheWriteTokens: 4,
    premiumRequests: 0.5,
    durationMs: 6,
    timeToFirstTokenMs: null,
    model: 'gpt',
  },
});

function notice(infoType: string, change: Partial<StoredNotice> = {}): StoredNotice {
  return {
    infoType,
    message: `about ${infoType}`,
    tip: null,
    url: null,
    occurredAt: at(0),
    ...change,
  };
}

async function insertAll(store: SessionStore, records: readonly SessionRecord[]) {
  for (const record of records) await store.insert(record);
}

async function listMatchingIds(store: SessionStore, query: SessionQuery): Promise<string[]> {
  return listIds(await store.listSessions(query, { limit: 100 }));
}

function listIds(page: SessionPage): string[] {
  return page.records.map(({ id }) => id);
}

function getCursor(page: SessionPage, index: number): SessionListCursor {
  const { updatedAt, id } = page.records.at(index)!;
  return { updatedAt, id };
}

describe('sessions', () => {
  test('returns a session as it was inserted', async () => {
    using held = createStore();
    expect(await held.store.insert(fullSession)).toBe(true);
    expect(await held.store.insert(session('bare'))).toBe(true);
    expect(await held.store.find('full')).toEqual(fullSession);
    expect(await held.store.find('bare')).toEqual(session('bare'));
    expect(await held.store.find('FULL')).toBeUndefined();
  });

  test('does not insert a session whose id exists', async () => {
    using held = createStore();
    await held.store.insert(fullSession);
    expect(await held.store.insert(session('full'))).toBe(false);
    expect(await held.store.find('full')).toEqual(fullSession);
  });

  test('updates the given fields and returns the whole session', async () => {
    using held = createStore();
    await held.store.insert(fullSession);
    const change = { title: 'New', labels: [], repository: null, updatedAt: at(9) };
    const expected = { ...fullSession, ...change };
    expect(await held.store.update('full', change)).toEqual(expected);
    expect(await held.store.find('full')).toEqual(expected);
    expect(await listMatchingIds(held.store, { search: 'new' })).toEqual(['full']);
    expect(await listMatchingIds(held.store, { search: 'gâteaux' })).toEqual([]);
  });

  test('does not create a session by an update', async () => {
    using held = createStore();
    expect(await held.store.update('none', { title: 'x' })).toBeUndefined();
    expect(await held.store.listSessionIds()).toEqual([]);
  });

  test('removes the notices and turns of a removed session, and no others', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('a'), session('b')]);
    for (const id of ['a', 'b']) {
      await store.saveNotice(id, notice('usage'));
      await store.saveTurn(turn(id, 'm'));
    }
    expect(await store.remove('a')).toBe(true);
    expect(await store.remove('a')).toBe(false);
    expect(await store.listSessionIds()).toEqual(['b']);
    await store.insert(session('a'));
    expect(await store.listNotices('a')).toEqual([]);
    expect(await store.findLatestTurn('a')).toBeUndefined();
    expect(await store.listOpenTurns()).toEqual([turn('b', 'm')]);
    expect(await store.listNotices('b')).toHaveLength(1);
  });

  test('applies calls in their order', async () => {
    using held = createStore();
    const { store } = held;
    const outcomes = await Promise.all([
      store.insert(session('a', { title: 'one' })),
      store.insert(session('a', { title: 'two' })),
      store.update('a', { title: 'three' }),
      store.find('a'),
      store.remove('a'),
      store.find('a'),
    ]);
    const updated = session('a', { title: 'three' });
    expect(outcomes).toEqual([true, false, updated, updated, true, undefined]);
  });

  test('rejects a failed call and changes nothing', async () => {
    using held = createStore();
    await held.store.insert(session('a', { title: 'kept' }));
    const change = { title: 'lost', updatedAt: new Date(Number.NaN) };
    const failing = held.store.update('a', change);
    await expect(failing).rejects.toThrow();
    expect(await held.store.find('a')).toEqual(session('a', { title: 'kept' }));
    expect(await held.store.update('a', { title: 'next' })).toMatchObject({ title: 'next' });
  });

  test('keeps text after a NUL character', async () => {
    using held = createStore();
    await held.store.insert(session('a', { instructions: 'never\0do this' }));
    expect(await held.store.find('a')).toMatchObject({ instructions: 'never\uFFFDdo this' });
  });

  test('rejects every call after closing, and closing again does nothing', async () => {
    const store = openSqliteStore(':memory:');
    await store.insert(session('a'));
    await store.find('a');
    store.close();
    store.close();
    await expect(store.find('a')).rejects.toThrow('closed');
    await expect(store.update('a', {})).rejects.toThrow('closed');
    await expect(store.listSessions({}, { limit: 1 })).rejects.toThrow('closed');
  });
});

describe('notices', () => {
  test('keeps the latest notice of each type, oldest first', async () => {
    using held = createStore();
    const { store } = held;
    await store.insert(session('a'));
    const link = notice('remote', { url: 'https://example.com', tip: 'open', occurredAt: at(2) });
    await store.saveNotice('a', notice('usage', { occurredAt: at(1) }));
    await store.saveNotice('a', link);
    expect(await store.listNotices('a')).toEqual([notice('usage', { occurredAt: at(1) }), link]);
    const newer = notice('usage', { message: 'changed', occurredAt: at(3) });
    await store.saveNotice('a', newer);
    expect(await store.listNotices('a')).toEqual([link, newer]);
  });

  test('lists notices of the same time in the order in which they were saved', async () => {
    using held = createStore();
    await held.store.insert(session('a'));
    for (const infoType of ['x', 'y', 'x']) await held.store.saveNotice('a', notice(infoType));
    expect(await held.store.listNotices('a')).toEqual([notice('y'), notice('x')]);
  });

  test('ignores a notice of a removed session', async () => {
    using held = createStore();
    await held.store.saveNotice('gone', notice('usage'));
    expect(await held.store.listNotices('gone')).toEqual([]);
  });
});

describe('turns', () => {
  test('finds a turn by session and message', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    await store.saveTurn(failedTurn);
    await store.saveTurn(turn('t', 'failed'));
    expect(await store.findTurn('s', 'failed')).toEqual(failedTurn);
    expect(await store.findTurn('t', 'failed')).toEqual(turn('t', 'failed'));
    expect(await store.findTurn('s', 'other')).toBeUndefined();
  });

  test('replaces a turn that is saved again', async () => {
    using held = createStore();
    await held.store.insert(session('s'));
    await held.store.saveTurn(turn('s', 'm'));
    const completed = turn('s', 'm', { state: 'COMPLETED', finishedAt: at(5), replyId: 'r' });
    await held.store.saveTurn(completed);
    expect(await held.store.findTurn('s', 'm')).toEqual(completed);
    expect(await held.store.listOpenTurns()).toEqual([]);
  });

  test('ignores a turn of a removed session', async () => {
    using held = createStore();
    await held.store.saveTurn(turn('gone', 'm'));
    expect(await held.store.findTurn('gone', 'm')).toBeUndefined();
    expect(await held.store.listOpenTurns()).toEqual([]);
  });

  test('returns the turn queued last, and at the same time the one whose first save was last', async () => {
    using held = createStore();
    const { store } = held;
    await store.insert(session('s'));
    expect(await store.findLatestTurn('s')).toBeUndefined();
    await store.saveTurn(turn('s', 'late', { queuedAt: at(2) }));
    await store.saveTurn(turn('s', 'early', { queuedAt: at(1) }));
    expect(await store.findLatestTurn('s')).toMatchObject({ messageId: 'late' });
    await store.saveTurn(turn('s', 'same', { queuedAt: at(2) }));
    await store.saveTurn(turn('s', 'late', { queuedAt: at(2), state: 'RUNNING' }));
    expect(await store.findLatestTurn('s')).toMatchObject({ messageId: 'same' });
  });

  test('lists queued, running and waiting turns of all sessions as open', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    const running = turn('t', 'running', { state: 'RUNNING', queuedAt: at(1), startedAt: at(2) });
    const queued = turn('s', 'queued', { queuedAt: at(3) });
    const ended = (['COMPLETED', 'ABORTED'] as const).map((state) => turn('s', state, { state }));
    const waiting = turn('s', 'waiting', { state: 'WAITING_FOR_INPUT', queuedAt: at(4) });
    const saved = [waiting, queued, ...ended, failedTurn, running];
    for (const each of saved) await store.saveTurn(each);
    expect(await store.listOpenTurns()).toEqual([running, queued, waiting]);
  });
});

describe('filters', () => {
  const records = [
    session('s1', {
      title: 'Fix 100% of_it',
      labels: [{ key: 'team', value: 'red' }],
      repository: { owner: 'Octo', name: 'App', branch: 'main' },
      updatedAt: at(4),
    }),
    session('s2', {
      title: 'ÉCOLE',
      labels: [
        { key: 'team', value: 'blue' },
        { key: 'kind', value: 'red' },
      ],
      repository: { owner: 'octo', name: 'app', branch: 'Main' },
      updatedAt: at(3),
    }),
    session('s3', {
      title: 'fix 1000 often',
      repository: { owner: 'octo', name: 'app', branch: null },
      updatedAt: at(2),
    }),
    session('Other-4', { labels: [{ key: 'Team', value: 'red' }], updatedAt: at(1) }),
  ];

  const cases: [name: string, query: SessionQuery, expected: string[]][] = [
    ['none', {}, ['s1', 's2', 's3', 'Other-4']],
    [
      'all null',
      {
        repository: null,
        label: null,
        updatedAfter: null,
        search: null,
        ids: null,
        excludedIds: null,
      },
      ['s1', 's2', 's3', 'Other-4'],
    ],
    ['title in another case', { search: 'FIX' }, ['s1', 's3']],
    ['title in another case beyond ASCII', { search: 'école' }, ['s2']],
    ['id in another case', { search: 'oTHER' }, ['Other-4']],
    ['percent sign', { search: '0%' }, ['s1']],
    ['underscore', { search: 'f_' }, ['s1']],
    ['backslash', { search: '\\' }, []],
    ['empty search', { search: '' }, ['s1', 's2', 's3', 'Other-4']],
    ['label', { label: { key: 'team', value: 'red' } }, ['s1']],
    ['value of another label', { label: { key: 'team', value: 'kind' } }, []],
    ['part of a label', { label: { key: 'team', value: 're' } }, []],
    ['repository', { repository: { owner: 'octo', name: 'APP' } }, ['s1', 's2', 's3']],
    ['branch', { repository: { owner: 'octo', name: 'app', branch: 'main' } }, ['s1']],
    ['another repository', { repository: { owner: 'octo', name: 'ap' } }, []],
    ['updated after', { updatedAfter: at(2) }, ['s1', 's2']],
    ['ids', { ids: ['s3', 's1', 'none'] }, ['s1', 's3']],
    ['no ids', { ids: [] }, []],
    ['excluded ids', { excludedIds: ['s3', 's1', 'none'] }, ['s2', 'Other-4']],
    ['no excluded ids', { excludedIds: [] }, ['s1', 's2', 's3', 'Other-4']],
    ['ids but not all', { ids: ['s1', 's2'], excludedIds: ['s2'] }, ['s1']],
    [
      'several at once',
      { search: 'fix', updatedAfter: at(3), repository: { owner: 'octo', name: 'app' } },
      ['s1'],
    ],
  ];

  test.for(cases)('%s', async ([, query, expected]) => {
    using held = createStore();
    await insertAll(held.store, records);
    expect(await listMatchingIds(held.store, query)).toEqual(expected);
    expect(await held.store.listSessions(query, { limit: 1 })).toMatchObject({
      totalCount: expected.length,
      hasNext: expected.length > 1,
      hasPrevious: false,
    });
  });

  test('matches labels with quotes and wildcards exactly', async () => {
    using held = createStore();
    await held.store.insert(fullSession);
    const label = fullSession.labels[1]!;
    expect(await listMatchingIds(held.store, { label })).toEqual(['full']);
    expect(await listMatchingIds(held.store, { label: { ...label, value: '"%%\\' } })).toEqual([]);
  });

  test('filters by owner and searches titles of this owner only', async () => {
    using held = createStore();
    const own = toSessionId('own', 'viewer:me');
    const hers = toSessionId('hers', 'viewer:her');
    const [space = ''] = own.split('_');
    await insertAll(held.store, [
      session('nobodys', { title: 'plan', updatedAt: at(3) }),
      session(own, { owner: 'viewer:me', title: 'plan', updatedAt: at(2) }),
      session(hers, { owner: 'viewer:her', title: 'plan', updatedAt: at(1) }),
    ]);
    const find = (query: SessionQuery) => listMatchingIds(held.store, query);
    expect(await find({ owner: null })).toEqual(['nobodys']);
    expect(await find({ owner: 'viewer:me' })).toEqual([own]);
    expect(await find({ owner: 'viewer:me', search: 'PLAN' })).toEqual([own]);
    const all = { owner: 'viewer:me', allOwners: true };
    expect(await find(all)).toEqual(['nobodys', own, hers]);
    expect(await find({ ...all, search: 'plan' })).toEqual([own]);
    // The name is searched, not what keeps the names of owners apart.
    expect(await find({ ...all, search: 'HERS' })).toEqual([hers]);
    expect(await find({ ...all, search: space })).toEqual([]);
  });

  test('filters by any number of ids', async () => {
    using held = createStore();
    await insertAll(held.store, records);
    const ids = Array.from({ length: 200_000 }, (_, index) => `s${String(index)}`);
    expect(await listMatchingIds(held.store, { ids })).toEqual(['s1', 's2', 's3']);
    expect(await listMatchingIds(held.store, { excludedIds: ids })).toEqual(['Other-4']);
  });
});

describe('pages', () => {
  // Newest first; c, d and e share their time, so their ids decide.
  const order = ['b', 'a', 'c', 'd', 'e', 'g', 'f'];
  const times: Readonly<Record<string, number>> = { b: 9, a: 8, c: 5, d: 5, e: 5, g: 2, f: 1 };

  async function filled(store: SessionStore) {
    await insertAll(
      store,
      order.toSorted().map((id) => session(id, { updatedAt: at(times[id]!) })),
    );
  }

  function position(id: string): SessionListCursor {
    return { updatedAt: at(times[id]!), id };
  }

  test('pages forwards through sessions of the same time', async () => {
    using held = createStore();
    await filled(held.store);
    const seen: [string[], boolean, boolean][] = [];
    let after: SessionListCursor | null = null;
    do {
      const page: SessionPage = await held.store.listSessions({}, { limit: 2, after });
      expect(page.totalCount).toBe(order.length);
      seen.push([listIds(page), page.hasPrevious, page.hasNext]);
      after = page.hasNext ? getCursor(page, -1) : null;
    } while (after !== null);
    expect(seen).toEqual([
      [['b', 'a'], false, true],
      [['c', 'd'], true, true],
      [['e', 'g'], true, true],
      [['f'], true, false],
    ]);
  });

  test('pages backwards through sessions of the same time', async () => {
    using held = createStore();
    await filled(held.store);
    const seen: [string[], boolean, boolean][] = [];
    let before: SessionListCursor | null = null;
    do {
      const page: SessionPage = await held.store.listSessions(
        {},
        { limit: 2, before, fromEnd: true },
      );
      expect(page.totalCount).toBe(order.length);
      seen.push([listIds(page), page.hasPrevious, page.hasNext]);
      before = page.hasPrevious ? getCursor(page, 0) : null;
    } while (before !== null);
    expect(seen).toEqual([
      [['g', 'f'], true, false],
      [['d', 'e'], true, true],
      [['a', 'c'], true, true],
      [['b'], false, true],
    ]);
  });

  const cases: [name: string, slice: SessionSlice, ids: string, around: [boolean, boolean]][] = [
    ['all', { limit: 100 }, 'bacdegf', [false, false]],
    ['exactly all', { limit: 7 }, 'bacdegf', [false, false]],
    ['first before', { limit: 2, before: position('d') }, 'ba', [false, true]],
    ['last after', { limit: 2, after: position('d'), fromEnd: true }, 'gf', [true, false]],
    ['between', { limit: 9, after: position('a'), before: position('g') }, 'cde', [true, true]],
    [
      'last between',
      { limit: 1, after: position('a'), before: position('g'), fromEnd: true },
      'e',
      [true, true],
    ],
    ['after the last', { limit: 2, after: position('f') }, '', [true, false]],
    ['before the first', { limit: 2, before: position('b'), fromEnd: true }, '', [false, true]],
    [
      'nothing between',
      { limit: 2, after: position('c'), before: position('d') },
      '',
      [true, true],
    ],
    ['none', { limit: 0 }, '', [false, true]],
    ['none after', { limit: 0, after: position('d') }, '', [true, true]],
    ['none from the end', { limit: 0, fromEnd: true }, '', [true, false]],
  ];

  test.for(cases)('%s', async ([, slice, ids, [hasPrevious, hasNext]]) => {
    using held = createStore();
    await filled(held.store);
    const page = await held.store.listSessions({}, slice);
    expect({ ...page, records: listIds(page).join('') }).toEqual({
      records: ids,
      hasPrevious,
      hasNext,
      totalCount: order.length,
    });
  });

  test('continues from a cursor whose session was removed or updated', async () => {
    using held = createStore();
    await filled(held.store);
    await held.store.remove('d');
    await held.store.update('f', { updatedAt: at(10) });
    const page = await held.store.listSessions({}, { limit: 2, after: position('d') });
    expect(listIds(page)).toEqual(['e', 'g']);
    expect(page).toMatchObject({ hasPrevious: true, hasNext: false, totalCount: 6 });
  });

  test('counts and finds neighbours within the query only', async () => {
    using held = createStore();
    await filled(held.store);
    const query = { ids: ['a', 'd', 'f'] };
    const page = await held.store.listSessions(query, { limit: 1, after: position('c') });
    expect(listIds(page)).toEqual(['d']);
    expect(page).toMatchObject({ hasPrevious: true, hasNext: true, totalCount: 3 });
    const first = await held.store.listSessions(
      { ids: ['d', 'e'] },
      { limit: 1, after: position('c') },
    );
    expect(first).toMatchObject({ hasPrevious: false, hasNext: true, totalCount: 2 });
  });

  test('returns an empty page without sessions', async () => {
    using held = createStore();
    const empty = { records: [], hasPrevious: false, hasNext: false, totalCount: 0 };
    expect(await held.store.listSessions({}, { limit: 5 })).toEqual(empty);
    expect(await held.store.listSessions({}, { limit: 5, fromEnd: true })).toEqual(empty);
  });
});

describe('unfinished texts', () => {
  const content = (id: string): UnfinishedText => ({ kind: 'CONTENT', id });
  const reasoning = (id: string): UnfinishedText => ({ kind: 'REASONING', id });

  test('lists each unfinished text once, oldest first, until its final', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    await store.saveUnfinishedText('s', content('b'));
    await store.saveUnfinishedText('s', content('a'));
    await store.saveUnfinishedText('s', reasoning('a'));
    await store.saveUnfinishedText('t', content('other'));
    await store.saveUnfinishedText('s', content('b'));
    expect(await store.listUnfinishedTexts('s')).toEqual([
      content('b'),
      content('a'),
      reasoning('a'),
    ]);
    await store.removeUnfinishedText('s', content('a'));
    await store.removeUnfinishedText('s', content('never was'));
    expect(await store.listUnfinishedTexts('s')).toEqual([content('b'), reasoning('a')]);
    expect(await store.listUnfinishedTexts('t')).toEqual([content('other')]);
  });

  test('keeps the newest 200 unfinished texts of a session', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    await store.saveUnfinishedText('t', content('other'));
    const ids = Array.from({ length: 205 }, (_, index) => `m${String(index)}`);
    for (const id of ids) await store.saveUnfinishedText('s', content(id));
    expect(await store.listUnfinishedTexts('s')).toEqual(ids.slice(5).map(content));
    expect(await store.listUnfinishedTexts('t')).toEqual([content('other')]);
  });

  test('removes them with their session, and stores none without one', async () => {
    using held = createStore();
    const { store } = held;
    await store.saveUnfinishedText('s', content('a'));
    await store.insert(session('s'));
    expect(await store.listUnfinishedTexts('s')).toEqual([]);
    await store.saveUnfinishedText('s', content('a'));
    await store.remove('s');
    await store.insert(session('s'));
    expect(await store.listUnfinishedTexts('s')).toEqual([]);
  });
});

describe('sends', () => {
  function sending(clientMessageId: string, change: Partial<SendRecord> = {}): SendRecord {
    return {
      clientMessageId,
      messageId: null,
      turnMessageId: null,
      cursor: 'cursor',
      sentAt: at(1),
      ...change,
    };
  }

  test('returns the first send of a client message id to later ones', async () => {
    using held = createStore();
    const { store } = held;
    await store.insert(session('s'));
    const first = sending('mine', { cursor: 'before' });
    expect(await store.beginSend('s', first)).toBeUndefined();
    const second = sending('mine', { cursor: 'later', sentAt: at(9) });
    expect(await store.beginSend('s', second)).toEqual(first);
    await store.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await store.beginSend('s', second)).toEqual({
      ...first,
      messageId: 'm',
      turnMessageId: 't',
    });
  });

  test('frees the client message id of a message that was not sent', async () => {
    using held = createStore();
    const { store } = held;
    await store.insert(session('s'));
    await store.beginSend('s', sending('mine'));
    await store.finishSend('s', 'mine', null);
    expect(await store.beginSend('s', sending('mine'))).toBeUndefined();
  });

  test('keeps client message ids of sessions apart', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    expect(await store.beginSend('s', sending('mine'))).toBeUndefined();
    expect(await store.beginSend('t', sending('mine'))).toBeUndefined();
    expect(await store.beginSend('s', sending('Mine'))).toBeUndefined();
    await store.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await store.beginSend('t', sending('mine'))).toEqual(sending('mine'));
  });

  test('tells which messages were sent with a client message id', async () => {
    using held = createStore();
    const { store } = held;
    await insertAll(store, [session('s'), session('t')]);
    await store.beginSend('s', sending('mine'));
    expect(await store.isSent('s', 'm')).toBe(false);
    await store.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await store.isSent('s', 'm')).toBe(true);
    expect(await store.isSent('t', 'm')).toBe(false);
    expect(await store.isSent('s', 'other')).toBe(false);
  });

  test('removes them with their session, and stores none without one', async () => {
    using held = createStore();
    const { store } = held;
    await store.beginSend('s', sending('mine'));
    await store.insert(session('s'));
    expect(await store.beginSend('s', sending('mine'))).toBeUndefined();
    await store.remove('s');
    await store.insert(session('s'));
    expect(await store.beginSend('s', sending('mine'))).toBeUndefined();
  });
});

test('keeps the number of rewinds of a session over a restart', async () => {
  using directory = createTemporaryDirectory();
  const file = join(directory.path, 'store.db');
  const first = openSqliteStore(file);
  await first.insert(session('s'));
  expect(await first.find('s')).toMatchObject({ rewinds: 0 });
  expect(await first.update('s', { rewinds: 3 })).toMatchObject({ rewinds: 3 });
  await first.update('s', { title: 'other' });
  first.close();
  const second = openSqliteStore(file);
  try {
    expect(await second.find('s')).toMatchObject({ rewinds: 3, title: 'other' });
  } finally {
    second.close();
  }
});

describe('the file', () => {
  test('is created with its directory, readable by the owner only', () => {
    using directory = createTemporaryDirectory();
    const parent = join(directory.path, 'new', 'data');
    openSqliteStore(join(parent, 'store.db')).close();
    expect(statSync(parent).mode & 0o777).toBe(0o700);
    expect(statSync(join(parent, 'store.db')).mode & 0o777).toBe(0o600);
  });

  test('keeps everything when it is opened again', async () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    const first = openSqliteStore(file);
    await insertAll(first, [fullSession, session('s')]);
    await first.saveNotice('full', notice('usage', { tip: 'tip' }));
    await first.saveTurn(failedTurn);
    await first.saveTurn(turn('full', 'open'));
    first.close();

    const second = openSqliteStore(file);
    try {
      expect(await second.listSessionIds()).toEqual(['full', 's']);
      expect(await second.find('full')).toEqual(fullSession);
      expect(await second.listNotices('full')).toEqual([notice('usage', { tip: 'tip' })]);
      expect(await second.findTurn('s', 'failed')).toEqual(failedTurn);
      expect(await second.listOpenTurns()).toEqual([turn('full', 'open')]);
    } finally {
      second.close();
    }
  });

  test('can be shared: a store reads what another one wrote', async () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    const one = openSqliteStore(file);
    const other = openSqliteStore(file);
    try {
      await one.insert(session('a'));
      expect(await other.insert(session('a'))).toBe(false);
      await other.update('a', { title: 'theirs' });
      expect(await one.update('a', { model: 'mine' })).toMatchObject({ title: 'theirs' });
    } finally {
      one.close();
      other.close();
    }
  });

  test('contains no prompts and no replies', async () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    const store = openSqliteStore(file);
    try {
      await store.insert(session('s', { title: 'title-in-the-file' }));
      await store.saveTurn(answeredTurn('secret-of-the-answer', 'reply-id'));
      expect(await store.findTurn('s', 'm')).toMatchObject({
        replyId: 'reply-id',
        reply: null,
      });
      const bytes = readBytes(directory.path);
      expect(bytes).toContain('title-in-the-file');
      expect(bytes).not.toContain('secret-of-the-answer');
    } finally {
      store.close();
    }
    expect(readBytes(directory.path)).toContain('title-in-the-file');
    expect(readBytes(directory.path)).not.toContain('secret-of-the-answer');
  });

  test('is complete without side files after closing', async () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    const store = openSqliteStore(file);
    await store.insert(session('s', { title: 'title-in-the-file' }));
    store.close();
    expect(readFileSync(file, 'latin1')).toContain('title-in-the-file');
  });
});

function answeredTurn(text: string, replyId: string): Turn {
  const reply = {
    kind: 'assistant',
    id: replyId,
    turnMessageId: 'm',
    createdAt: at(1),
    content: text,
    reasoning: text,
    reasoningId: null,
    model: null,
    agentId: null,
    toolCalls: [],
  } as const;
  return turn('s', 'm', { state: 'COMPLETED', replyId, reply });
}

function readBytes(directory: string): string {
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
  return files.join('\n');
}

describe('migrations', () => {
  test('brings an empty file to the newest version once', async () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    writeFileSync(file, '');
    for (const id of ['first', 'second']) {
      const store = openSqliteStore(file);
      await store.insert(session(id));
      store.close();
    }
    using raw = openRaw(file);
    expect(raw.database.readSchemaVersion()).toBe(migrations.length);
    expect(raw.database.listRows('select id from sessions order by id')).toEqual([
      { id: 'first' },
      { id: 'second' },
    ]);
  });

  test('gives a new file and a reopened file the same schema', () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    const schemas = [1, 2].map(() => {
      openSqliteStore(file).close();
      using raw = openRaw(file);
      return raw.database.listRows('select name, sql from sqlite_master order by name');
    });
    expect(schemas[0]).not.toEqual([]);
    expect(schemas[1]).toEqual(schemas[0]);
  });

  test('rejects a file of a newer version and does not change it', () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    openSqliteStore(file).close();
    using raw = openRaw(file);
    raw.database.executeScript('pragma user_version = 99');
    const opening = () => openSqliteStore(file);
    expect(opening).toThrow(StoreError);
    expect(opening).toThrow(
      `Session store ${file}: written by a newer version of the gateway (schema 99, known up to ${String(migrations.length)})`,
    );
    expect(raw.database.readSchemaVersion()).toBe(99);
  });

  test('rejects a file that is not a database and names the file', () => {
    using directory = createTemporaryDirectory();
    const file = join(directory.path, 'store.db');
    writeFileSync(file, 'something else entirely\n'.repeat(100));
    expect(() => openSqliteStore(file)).toThrow(`Session store ${file}: `);
  });

  test('keeps the previous version when a step fails', () => {
    using directory = createTemporaryDirectory();
    using raw = openRaw(join(directory.path, 'store.db'));
    const steps = ['create table a (x)', 'create table b (x); insert into nowhere values (1)'];
    expect(() => migrate(raw.database, steps)).toThrow('nowhere');
    expect(raw.database.readSchemaVersion()).toBe(1);
    const tables = () =>
      raw.database.listRows("select name from sqlite_master where type = 'table'");
    expect(tables()).toEqual([{ name: 'a' }]);
    migrate(raw.database, [steps[0]!, 'create table b (x)', 'create table c (x)']);
    expect(raw.database.readSchemaVersion()).toBe(3);
    expect(tables()).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  });
});

function openRaw(file: string): { database: SqliteDatabase } & Disposable {
  const database = new SqliteDatabase(new Database(file));
  return { database, [Symbol.dispose]: () => database.close() };
}
