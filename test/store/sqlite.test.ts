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
import { openSqliteStore,StoreError } from '../../src/store/sqlite-store.ts';

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'directory-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function memory(): { directory: SessionStore } & Disposable {
  const directory = openSqliteStore(':memory:');
  return { directory, [Symbol.dispose]: () => directory.close() };
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

async function insertAll(directory: SessionStore, records: readonly SessionRecord[]) {
  for (const record of records) await directory.insert(record);
}

async function matching(directory: SessionStore, query: SessionQuery): Promise<string[]> {
  return idsOf(await directory.listSessions(query, { limit: 100 }));
}

function idsOf(page: SessionPage): string[] {
  return page.records.map(({ id }) => id);
}

function positionOf(page: SessionPage, index: number): SessionListCursor {
  const { updatedAt, id } = page.records.at(index)!;
  return { updatedAt, id };
}

describe('sessions', () => {
  test('a session is found again as it was inserted', async () => {
    using held = memory();
    expect(await held.directory.insert(fullSession)).toBe(true);
    expect(await held.directory.insert(session('bare'))).toBe(true);
    expect(await held.directory.find('full')).toEqual(fullSession);
    expect(await held.directory.find('bare')).toEqual(session('bare'));
    expect(await held.directory.find('FULL')).toBeUndefined();
  });

  test('an id that is taken is refused and its session stays as it was', async () => {
    using held = memory();
    await held.directory.insert(fullSession);
    expect(await held.directory.insert(session('full'))).toBe(false);
    expect(await held.directory.find('full')).toEqual(fullSession);
  });

  test('an update changes what it names and answers with the whole session', async () => {
    using held = memory();
    await held.directory.insert(fullSession);
    const change = { title: 'New', labels: [], repository: null, updatedAt: at(9) };
    const expected = { ...fullSession, ...change };
    expect(await held.directory.update('full', change)).toEqual(expected);
    expect(await held.directory.find('full')).toEqual(expected);
    expect(await matching(held.directory, { search: 'new' })).toEqual(['full']);
    expect(await matching(held.directory, { search: 'gâteaux' })).toEqual([]);
  });

  test('an update of a session that does not exist makes none', async () => {
    using held = memory();
    expect(await held.directory.update('none', { title: 'x' })).toBeUndefined();
    expect(await held.directory.listSessionIds()).toEqual([]);
  });

  test('removing a session takes its notices and turns along, and no others', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('a'), session('b')]);
    for (const id of ['a', 'b']) {
      await directory.saveNotice(id, notice('usage'));
      await directory.saveTurn(turn(id, 'm'));
    }
    expect(await directory.remove('a')).toBe(true);
    expect(await directory.remove('a')).toBe(false);
    expect(await directory.listSessionIds()).toEqual(['b']);
    await directory.insert(session('a'));
    expect(await directory.listNotices('a')).toEqual([]);
    expect(await directory.findLatestTurn('a')).toBeUndefined();
    expect(await directory.listOpenTurns()).toEqual([turn('b', 'm')]);
    expect(await directory.listNotices('b')).toHaveLength(1);
  });

  test('calls take effect in the order in which they were made', async () => {
    using held = memory();
    const { directory } = held;
    const outcomes = await Promise.all([
      directory.insert(session('a', { title: 'one' })),
      directory.insert(session('a', { title: 'two' })),
      directory.update('a', { title: 'three' }),
      directory.find('a'),
      directory.remove('a'),
      directory.find('a'),
    ]);
    const updated = session('a', { title: 'three' });
    expect(outcomes).toEqual([true, false, updated, updated, true, undefined]);
  });

  test('a call that fails rejects and changes nothing', async () => {
    using held = memory();
    await held.directory.insert(session('a', { title: 'kept' }));
    const change = { title: 'lost', updatedAt: new Date(Number.NaN) };
    const failing = held.directory.update('a', change);
    await expect(failing).rejects.toThrow();
    expect(await held.directory.find('a')).toEqual(session('a', { title: 'kept' }));
    expect(await held.directory.update('a', { title: 'next' })).toMatchObject({ title: 'next' });
  });

  test('a text with a NUL is kept up to its end', async () => {
    using held = memory();
    await held.directory.insert(session('a', { instructions: 'never\0do this' }));
    expect(await held.directory.find('a')).toMatchObject({ instructions: 'never\uFFFDdo this' });
  });

  test('after closing, every call rejects, and closing again does nothing', async () => {
    const directory = openSqliteStore(':memory:');
    await directory.insert(session('a'));
    await directory.find('a');
    directory.close();
    directory.close();
    await expect(directory.find('a')).rejects.toThrow('closed');
    await expect(directory.update('a', {})).rejects.toThrow('closed');
    await expect(directory.listSessions({}, { limit: 1 })).rejects.toThrow('closed');
  });
});

describe('notices', () => {
  test('the latest of each type is kept, oldest first', async () => {
    using held = memory();
    const { directory } = held;
    await directory.insert(session('a'));
    const link = notice('remote', { url: 'https://example.com', tip: 'open', occurredAt: at(2) });
    await directory.saveNotice('a', notice('usage', { occurredAt: at(1) }));
    await directory.saveNotice('a', link);
    expect(await directory.listNotices('a')).toEqual([
      notice('usage', { occurredAt: at(1) }),
      link,
    ]);
    const newer = notice('usage', { message: 'changed', occurredAt: at(3) });
    await directory.saveNotice('a', newer);
    expect(await directory.listNotices('a')).toEqual([link, newer]);
  });

  test('of two at the same time the last saved comes last', async () => {
    using held = memory();
    await held.directory.insert(session('a'));
    for (const infoType of ['x', 'y', 'x']) await held.directory.saveNotice('a', notice(infoType));
    expect(await held.directory.listNotices('a')).toEqual([notice('y'), notice('x')]);
  });

  test('a notice of a session that is gone is ignored', async () => {
    using held = memory();
    await held.directory.saveNotice('gone', notice('usage'));
    expect(await held.directory.listNotices('gone')).toEqual([]);
  });
});

describe('turns', () => {
  test('a turn is found by session and message', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    await directory.saveTurn(failedTurn);
    await directory.saveTurn(turn('t', 'failed'));
    expect(await directory.findTurn('s', 'failed')).toEqual(failedTurn);
    expect(await directory.findTurn('t', 'failed')).toEqual(turn('t', 'failed'));
    expect(await directory.findTurn('s', 'other')).toBeUndefined();
  });

  test('saving it again replaces it', async () => {
    using held = memory();
    await held.directory.insert(session('s'));
    await held.directory.saveTurn(turn('s', 'm'));
    const completed = turn('s', 'm', { state: 'COMPLETED', finishedAt: at(5), replyId: 'r' });
    await held.directory.saveTurn(completed);
    expect(await held.directory.findTurn('s', 'm')).toEqual(completed);
    expect(await held.directory.listOpenTurns()).toEqual([]);
  });

  test('a turn of a session that is gone is ignored', async () => {
    using held = memory();
    await held.directory.saveTurn(turn('gone', 'm'));
    expect(await held.directory.findTurn('gone', 'm')).toBeUndefined();
    expect(await held.directory.listOpenTurns()).toEqual([]);
  });

  test('the latest is the one queued last, and of the same moment the one saved first last', async () => {
    using held = memory();
    const { directory } = held;
    await directory.insert(session('s'));
    expect(await directory.findLatestTurn('s')).toBeUndefined();
    await directory.saveTurn(turn('s', 'late', { queuedAt: at(2) }));
    await directory.saveTurn(turn('s', 'early', { queuedAt: at(1) }));
    expect(await directory.findLatestTurn('s')).toMatchObject({ messageId: 'late' });
    await directory.saveTurn(turn('s', 'same', { queuedAt: at(2) }));
    await directory.saveTurn(turn('s', 'late', { queuedAt: at(2), state: 'RUNNING' }));
    expect(await directory.findLatestTurn('s')).toMatchObject({ messageId: 'same' });
  });

  test('the open ones of all sessions are those queued, running or waiting for people', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    const running = turn('t', 'running', { state: 'RUNNING', queuedAt: at(1), startedAt: at(2) });
    const queued = turn('s', 'queued', { queuedAt: at(3) });
    const ended = (['COMPLETED', 'ABORTED'] as const).map((state) => turn('s', state, { state }));
    const waiting = turn('s', 'waiting', { state: 'WAITING_FOR_INPUT', queuedAt: at(4) });
    const saved = [waiting, queued, ...ended, failedTurn, running];
    for (const each of saved) await directory.saveTurn(each);
    expect(await directory.listOpenTurns()).toEqual([running, queued, waiting]);
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
    using held = memory();
    await insertAll(held.directory, records);
    expect(await matching(held.directory, query)).toEqual(expected);
    expect(await held.directory.listSessions(query, { limit: 1 })).toMatchObject({
      totalCount: expected.length,
      hasNext: expected.length > 1,
      hasPrevious: false,
    });
  });

  test('labels with quotes and wildcards match exactly', async () => {
    using held = memory();
    await held.directory.insert(fullSession);
    const label = fullSession.labels[1]!;
    expect(await matching(held.directory, { label })).toEqual(['full']);
    expect(await matching(held.directory, { label: { ...label, value: '"%%\\' } })).toEqual([]);
  });

  test('by owner, whose titles alone are searched', async () => {
    using held = memory();
    const own = toSessionId('own', 'viewer:me');
    const hers = toSessionId('hers', 'viewer:her');
    const [space = ''] = own.split('_');
    await insertAll(held.directory, [
      session('nobodys', { title: 'plan', updatedAt: at(3) }),
      session(own, { owner: 'viewer:me', title: 'plan', updatedAt: at(2) }),
      session(hers, { owner: 'viewer:her', title: 'plan', updatedAt: at(1) }),
    ]);
    const find = (query: SessionQuery) => matching(held.directory, query);
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

  test('any number of ids', async () => {
    using held = memory();
    await insertAll(held.directory, records);
    const ids = Array.from({ length: 200_000 }, (_, index) => `s${String(index)}`);
    expect(await matching(held.directory, { ids })).toEqual(['s1', 's2', 's3']);
    expect(await matching(held.directory, { excludedIds: ids })).toEqual(['Other-4']);
  });
});

describe('pages', () => {
  // Newest first; c, d and e share their time, so their ids decide.
  const order = ['b', 'a', 'c', 'd', 'e', 'g', 'f'];
  const times: Readonly<Record<string, number>> = { b: 9, a: 8, c: 5, d: 5, e: 5, g: 2, f: 1 };

  async function filled(directory: SessionStore) {
    await insertAll(
      directory,
      order.toSorted().map((id) => session(id, { updatedAt: at(times[id]!) })),
    );
  }

  function position(id: string): SessionListCursor {
    return { updatedAt: at(times[id]!), id };
  }

  test('forwards through ties', async () => {
    using held = memory();
    await filled(held.directory);
    const seen: [string[], boolean, boolean][] = [];
    let after: SessionListCursor | null = null;
    do {
      const page: SessionPage = await held.directory.listSessions({}, { limit: 2, after });
      expect(page.totalCount).toBe(order.length);
      seen.push([idsOf(page), page.hasPrevious, page.hasNext]);
      after = page.hasNext ? positionOf(page, -1) : null;
    } while (after !== null);
    expect(seen).toEqual([
      [['b', 'a'], false, true],
      [['c', 'd'], true, true],
      [['e', 'g'], true, true],
      [['f'], true, false],
    ]);
  });

  test('backwards through ties', async () => {
    using held = memory();
    await filled(held.directory);
    const seen: [string[], boolean, boolean][] = [];
    let before: SessionListCursor | null = null;
    do {
      const page: SessionPage = await held.directory.listSessions(
        {},
        { limit: 2, before, fromEnd: true },
      );
      expect(page.totalCount).toBe(order.length);
      seen.push([idsOf(page), page.hasPrevious, page.hasNext]);
      before = page.hasPrevious ? positionOf(page, 0) : null;
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
    using held = memory();
    await filled(held.directory);
    const page = await held.directory.listSessions({}, slice);
    expect({ ...page, records: idsOf(page).join('') }).toEqual({
      records: ids,
      hasPrevious,
      hasNext,
      totalCount: order.length,
    });
  });

  test('a position outlives its session and an activity elsewhere', async () => {
    using held = memory();
    await filled(held.directory);
    await held.directory.remove('d');
    await held.directory.update('f', { updatedAt: at(10) });
    const page = await held.directory.listSessions({}, { limit: 2, after: position('d') });
    expect(idsOf(page)).toEqual(['e', 'g']);
    expect(page).toMatchObject({ hasPrevious: true, hasNext: false, totalCount: 6 });
  });

  test('neighbours and count are those of the query', async () => {
    using held = memory();
    await filled(held.directory);
    const query = { ids: ['a', 'd', 'f'] };
    const page = await held.directory.listSessions(query, { limit: 1, after: position('c') });
    expect(idsOf(page)).toEqual(['d']);
    expect(page).toMatchObject({ hasPrevious: true, hasNext: true, totalCount: 3 });
    const first = await held.directory.listSessions(
      { ids: ['d', 'e'] },
      { limit: 1, after: position('c') },
    );
    expect(first).toMatchObject({ hasPrevious: false, hasNext: true, totalCount: 2 });
  });

  test('without sessions there is an empty page', async () => {
    using held = memory();
    const empty = { records: [], hasPrevious: false, hasNext: false, totalCount: 0 };
    expect(await held.directory.listSessions({}, { limit: 5 })).toEqual(empty);
    expect(await held.directory.listSessions({}, { limit: 5, fromEnd: true })).toEqual(empty);
  });
});

describe('unfinished texts', () => {
  const content = (id: string): UnfinishedText => ({ kind: 'CONTENT', id });
  const reasoning = (id: string): UnfinishedText => ({ kind: 'REASONING', id });

  test('are remembered oldest first, each once, until they are finished', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    await directory.saveUnfinishedText('s', content('b'));
    await directory.saveUnfinishedText('s', content('a'));
    await directory.saveUnfinishedText('s', reasoning('a'));
    await directory.saveUnfinishedText('t', content('other'));
    await directory.saveUnfinishedText('s', content('b'));
    expect(await directory.listUnfinishedTexts('s')).toEqual([
      content('b'),
      content('a'),
      reasoning('a'),
    ]);
    await directory.removeUnfinishedText('s', content('a'));
    await directory.removeUnfinishedText('s', content('never was'));
    expect(await directory.listUnfinishedTexts('s')).toEqual([content('b'), reasoning('a')]);
    expect(await directory.listUnfinishedTexts('t')).toEqual([content('other')]);
  });

  test('are at most 200 of a session, the newest', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    await directory.saveUnfinishedText('t', content('other'));
    const ids = Array.from({ length: 205 }, (_, index) => `m${String(index)}`);
    for (const id of ids) await directory.saveUnfinishedText('s', content(id));
    expect(await directory.listUnfinishedTexts('s')).toEqual(ids.slice(5).map(content));
    expect(await directory.listUnfinishedTexts('t')).toEqual([content('other')]);
  });

  test('go with their session, and none is kept without one', async () => {
    using held = memory();
    const { directory } = held;
    await directory.saveUnfinishedText('s', content('a'));
    await directory.insert(session('s'));
    expect(await directory.listUnfinishedTexts('s')).toEqual([]);
    await directory.saveUnfinishedText('s', content('a'));
    await directory.remove('s');
    await directory.insert(session('s'));
    expect(await directory.listUnfinishedTexts('s')).toEqual([]);
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

  test('the first of an id is kept, and given to those that come later', async () => {
    using held = memory();
    const { directory } = held;
    await directory.insert(session('s'));
    const first = sending('mine', { cursor: 'before' });
    expect(await directory.beginSend('s', first)).toBeUndefined();
    const second = sending('mine', { cursor: 'later', sentAt: at(9) });
    expect(await directory.beginSend('s', second)).toEqual(first);
    await directory.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await directory.beginSend('s', second)).toEqual({
      ...first,
      messageId: 'm',
      turnMessageId: 't',
    });
  });

  test('one that was not sent after all leaves its id free', async () => {
    using held = memory();
    const { directory } = held;
    await directory.insert(session('s'));
    await directory.beginSend('s', sending('mine'));
    await directory.finishSend('s', 'mine', null);
    expect(await directory.beginSend('s', sending('mine'))).toBeUndefined();
  });

  test('ids are counted for each session', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    expect(await directory.beginSend('s', sending('mine'))).toBeUndefined();
    expect(await directory.beginSend('t', sending('mine'))).toBeUndefined();
    expect(await directory.beginSend('s', sending('Mine'))).toBeUndefined();
    await directory.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await directory.beginSend('t', sending('mine'))).toEqual(sending('mine'));
  });

  test('tell which messages stand for an id', async () => {
    using held = memory();
    const { directory } = held;
    await insertAll(directory, [session('s'), session('t')]);
    await directory.beginSend('s', sending('mine'));
    expect(await directory.isSent('s', 'm')).toBe(false);
    await directory.finishSend('s', 'mine', { messageId: 'm', turnMessageId: 't' });
    expect(await directory.isSent('s', 'm')).toBe(true);
    expect(await directory.isSent('t', 'm')).toBe(false);
    expect(await directory.isSent('s', 'other')).toBe(false);
  });

  test('go with their session, and none is kept without one', async () => {
    using held = memory();
    const { directory } = held;
    await directory.beginSend('s', sending('mine'));
    await directory.insert(session('s'));
    expect(await directory.beginSend('s', sending('mine'))).toBeUndefined();
    await directory.remove('s');
    await directory.insert(session('s'));
    expect(await directory.beginSend('s', sending('mine'))).toBeUndefined();
  });
});

test('how often a history was rewritten is kept with its session', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'directory.db');
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
  test('is made with its folder, for its owner alone', () => {
    using folder = temporaryFolder();
    const parent = join(folder.path, 'new', 'data');
    openSqliteStore(join(parent, 'directory.db')).close();
    expect(statSync(parent).mode & 0o777).toBe(0o700);
    expect(statSync(join(parent, 'directory.db')).mode & 0o777).toBe(0o600);
  });

  test('keeps everything when it is opened again', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
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

  test('is shared: what one directory wrote, another reads', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
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

  test('holds no prompts and answers', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
    const directory = openSqliteStore(file);
    try {
      await directory.insert(session('s', { title: 'title-in-the-file' }));
      await directory.saveTurn(answeredTurn('secret-of-the-answer', 'reply-id'));
      expect(await directory.findTurn('s', 'm')).toMatchObject({
        replyId: 'reply-id',
        reply: null,
      });
      const bytes = bytesIn(folder.path);
      expect(bytes).toContain('title-in-the-file');
      expect(bytes).not.toContain('secret-of-the-answer');
    } finally {
      directory.close();
    }
    expect(bytesIn(folder.path)).toContain('title-in-the-file');
    expect(bytesIn(folder.path)).not.toContain('secret-of-the-answer');
  });

  test('is whole in itself after closing', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
    const directory = openSqliteStore(file);
    await directory.insert(session('s', { title: 'title-in-the-file' }));
    directory.close();
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

function bytesIn(folder: string): string {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  return files.join('\n');
}

describe('migrations', () => {
  test('an empty file is brought to the newest version, once', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
    writeFileSync(file, '');
    for (const id of ['first', 'second']) {
      const directory = openSqliteStore(file);
      await directory.insert(session(id));
      directory.close();
    }
    using raw = opened(file);
    expect(raw.statements.readSchemaVersion()).toBe(migrations.length);
    expect(raw.statements.listRows('select id from sessions order by id')).toEqual([
      { id: 'first' },
      { id: 'second' },
    ]);
  });

  test('a file from a newer version is refused and left alone', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
    openSqliteStore(file).close();
    using raw = opened(file);
    raw.statements.executeScript('pragma user_version = 99');
    const opening = () => openSqliteStore(file);
    expect(opening).toThrow(StoreError);
    expect(opening).toThrow(
      `Session directory ${file}: written by a newer version of the gateway (schema 99, known up to ${String(migrations.length)})`,
    );
    expect(raw.statements.readSchemaVersion()).toBe(99);
  });

  test('a file that is no database is refused by name', () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'directory.db');
    writeFileSync(file, 'something else entirely\n'.repeat(100));
    expect(() => openSqliteStore(file)).toThrow(`Session directory ${file}: `);
  });

  test('a step that fails leaves the version before it', () => {
    using folder = temporaryFolder();
    using raw = opened(join(folder.path, 'directory.db'));
    const steps = ['create table a (x)', 'create table b (x); insert into nowhere values (1)'];
    expect(() => migrate(raw.statements, steps)).toThrow('nowhere');
    expect(raw.statements.readSchemaVersion()).toBe(1);
    const tables = () =>
      raw.statements.listRows("select name from sqlite_master where type = 'table'");
    expect(tables()).toEqual([{ name: 'a' }]);
    migrate(raw.statements, [steps[0]!, 'create table b (x)', 'create table c (x)']);
    expect(raw.statements.readSchemaVersion()).toBe(3);
    expect(tables()).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  });
});

function opened(file: string): { statements: SqliteDatabase } & Disposable {
  const statements = new SqliteDatabase(new Database(file));
  return { statements, [Symbol.dispose]: () => statements.close() };
}
