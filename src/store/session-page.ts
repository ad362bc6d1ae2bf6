import { z } from 'zod';

import { foldCase } from './fold-case.ts';
import { parseSessionRecord } from './session-rows.ts';
import type {
  SessionListCursor,
  SessionPage,
  SessionQuery,
  SessionRecord,
  SessionSlice,
} from './session-store.ts';
import type { SqliteDatabase, SqlParams } from './sqlite-database.ts';

interface Condition {
  readonly sql: string;
  readonly params: SqlParams;
}

const counts = z.object({ total: z.number(), preceding: z.number() });

/** Reads one page of the sessions that match, and where the page lies among all matches. */
export function readSessionPage(
  database: SqliteDatabase,
  query: SessionQuery,
  slice: SessionSlice,
): SessionPage {
  const matching = createQueryConditions(query);
  return database.runReadTransaction(() => {
    const records = readRecords(database, matching, slice);
    const start = createPrecedingCondition(records, slice);
    const { total, preceding } = counts.parse(
      database.findRow(
        `select count(*) as total, count(*) filter (where ${start.sql}) as preceding
         from sessions where ${joinConditions(matching)}`,
        mergeParams([...matching, start]),
      ),
    );
    return {
      records,
      hasPrevious: preceding > 0,
      hasNext: preceding + records.length < total,
      totalCount: total,
    };
  });
}

function readRecords(
  database: SqliteDatabase,
  matching: readonly Condition[],
  slice: SessionSlice,
): SessionRecord[] {
  const range = [...matching, ...createBoundConditions(slice)];
  const order = slice.fromEnd === true ? 'updated_at, id desc' : 'updated_at desc, id';
  const rows = database.listRows(
    `select * from sessions where ${joinConditions(range)} order by ${order} limit :limit`,
    { ...mergeParams(range), limit: slice.limit },
  );
  const records = rows.map(parseSessionRecord);
  return slice.fromEnd === true ? records.reverse() : records;
}

function createBoundConditions({ after, before }: SessionSlice): Condition[] {
  const conditions: Condition[] = [];
  if (after) conditions.push(isAfter(after));
  if (before) conditions.push(isBefore(before));
  return conditions;
}

/** Matches the rows before the page. An empty page lies at the bound from which it is filled. */
function createPrecedingCondition(
  records: readonly SessionRecord[],
  slice: SessionSlice,
): Condition {
  const [first] = records;
  if (first) return isBefore(first);
  if (slice.fromEnd === true) return slice.before ? isBefore(slice.before) : always;
  return slice.after ? negate(isAfter(slice.after)) : negate(always);
}

const always: Condition = { sql: '1', params: {} };

function negate({ sql, params }: Condition): Condition {
  return { sql: `not (${sql})`, params };
}

// The redundant first comparison lets SQLite seek in the index, which it does not do for a disjunction.
function isAfter({ updatedAt, id }: SessionListCursor): Condition {
  return {
    sql: 'updated_at <= :after_time and (updated_at < :after_time or id > :after_id)',
    params: { after_time: updatedAt.getTime(), after_id: id },
  };
}

function isBefore({ updatedAt, id }: SessionListCursor): Condition {
  return {
    sql: 'updated_at >= :before_time and (updated_at > :before_time or id < :before_id)',
    params: { before_time: updatedAt.getTime(), before_id: id },
  };
}

function createQueryConditions(query: SessionQuery): Condition[] {
  const { location, repository, label, updatedAfter, search } = query;
  const own = isOwn(query);
  const conditions: Condition[] = query.allOwners === true ? [] : [own];
  if (location) conditions.push({ sql: 'location = :location', params: { location } });
  if (repository) conditions.push(isOfRepository(repository));
  if (label) conditions.push(hasLabel(label));
  if (updatedAfter) {
    conditions.push({
      sql: 'updated_at > :updated_after',
      params: { updated_after: updatedAfter.getTime() },
    });
  }
  if (search) conditions.push(containsText(search, own));
  return [...conditions, ...isAmong(query)];
}

function isOwn({ owner = null }: SessionQuery): Condition {
  return { sql: 'owner is :viewer', params: { viewer: owner } };
}

/** Owners and repositories are case-insensitive on GitHub, branches are not. */
function isOfRepository(repository: NonNullable<SessionQuery['repository']>): Condition {
  const { owner, name, branch = null } = repository;
  return {
    sql: `repository_owner = :owner collate nocase and repository_name = :name collate nocase
      and (:branch is null or repository_branch = :branch)`,
    params: { owner, name, branch },
  };
}

function hasLabel({ key, value }: NonNullable<SessionQuery['label']>): Condition {
  return {
    sql: `exists (
      select 1 from json_each(labels) as label
      where label.value ->> 'key' = :label ->> 'key' and label.value ->> 'value' = :label ->> 'value'
    )`,
    params: { label: JSON.stringify({ key, value }) },
  };
}

function containsText(text: string, own: Condition): Condition {
  return {
    // Not LIKE: its wildcards would need escaping, and it folds ASCII only.
    sql: `((${own.sql} and instr(title_folded, :search) > 0) or instr(id_folded, :search) > 0)`,
    params: { ...own.params, search: foldCase(text) },
  };
}

// As JSON, because SQLite limits the number of bound values.
function isAmong({ ids, excludedIds }: SessionQuery): Condition[] {
  const conditions: Condition[] = [];
  if (ids) {
    conditions.push({
      sql: 'id in (select value from json_each(:ids))',
      params: { ids: JSON.stringify(ids) },
    });
  }
  if (excludedIds) {
    conditions.push({
      sql: 'id not in (select value from json_each(:excluded_ids))',
      params: { excluded_ids: JSON.stringify(excludedIds) },
    });
  }
  return conditions;
}

function joinConditions(conditions: readonly Condition[]): string {
  return [always, ...conditions].map(({ sql }) => `(${sql})`).join(' and ');
}

function mergeParams(conditions: readonly Condition[]): SqlParams {
  return Object.fromEntries(conditions.flatMap(({ params }) => Object.entries(params)));
}
