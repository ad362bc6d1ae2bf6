import { z } from 'zod';

import { toSessionName } from '../events/ids.ts';
import { flagColumn, jsonColumn, timeColumn } from './columns.ts';
import { foldCase } from './fold-case.ts';
import type {
  ReasoningEffort,
  RecordedEvent,
  SessionRecord,
  StoredNotice,
  UnfinishedText,
} from './session-store.ts';
import type { SqlParams } from './sqlite-database.ts';

const reasoningEffort = z.enum({
  LOW: 'LOW',
  MEDIUM: 'MEDIUM',
  HIGH: 'HIGH',
  XHIGH: 'XHIGH',
  MAX: 'MAX',
} satisfies { [E in ReasoningEffort]: E });

const clientTool = z.object({
  name: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});

const ownProvider = z.object({
  type: z.enum(['openai', 'azure', 'anthropic']),
  baseUrl: z.string(),
  wireApi: z.enum(['completions', 'responses']).nullable(),
  azureApiVersion: z.string().nullable(),
  hasKey: z.boolean(),
});

const sessionRow = z.object({
  id: z.string(),
  owner: z.string().nullable(),
  profile: z.string(),
  model: z.string().nullable(),
  reasoning_effort: reasoningEffort.nullable(),
  title: z.string().nullable(),
  title_chosen: flagColumn,
  instructions: z.string().nullable(),
  labels: jsonColumn.pipe(z.array(z.object({ key: z.string(), value: z.string() }))),
  client_tools: jsonColumn.pipe(z.array(clientTool)),
  repository_owner: z.string().nullable(),
  repository_name: z.string().nullable(),
  repository_branch: z.string().nullable(),
  location: z.enum(['local', 'cloud']),
  remote_mode: z.enum(['off', 'export', 'on']),
  is_starting: flagColumn,
  remote_url: z.string().nullable(),
  remote_steerable: flagColumn,
  working_directory: z.string(),
  github_account: z.enum(['server', 'session', 'owner']),
  own_provider: jsonColumn.pipe(ownProvider.nullable()),
  has_messages: flagColumn,
  rewinds: z.number(),
  created_at: timeColumn,
  updated_at: timeColumn,
});

const noticeRow = z.object({
  info_type: z.string(),
  message: z.string(),
  tip: z.string().nullable(),
  url: z.string().nullable(),
  occurred_at: timeColumn,
});

const unfinishedTextRow = z.object({
  kind: z.enum({ CONTENT: 'CONTENT', REASONING: 'REASONING' }),
  text_id: z.string(),
});
const recordedEventsRow = z.object({
  events: jsonColumn.pipe(z.array(z.object({ id: z.string(), type: z.string() }))),
});

export function parseIdColumn(row: unknown): string {
  return sessionRow.pick({ id: true }).parse(row).id;
}

export function parseSessionRecord(row: unknown): SessionRecord {
  const columns = sessionRow.parse(row);
  return {
    id: columns.id,
    owner: columns.owner,
    profile: columns.profile,
    model: columns.model,
    reasoningEffort: columns.reasoning_effort,
    title: columns.title,
    titleChosen: columns.title_chosen,
    instructions: columns.instructions,
    labels: columns.labels,
    clientTools: columns.client_tools,
    repository: toRepository(columns),
    location: columns.location,
    remoteMode: columns.remote_mode,
    isStarting: columns.is_starting,
    remoteUrl: columns.remote_url,
    remoteSteerable: columns.remote_steerable,
    workingDirectory: columns.working_directory,
    gitHubAccount: columns.github_account,
    ownProvider: columns.own_provider,
    hasMessages: columns.has_messages,
    rewinds: columns.rewinds,
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
  };
}

function toRepository(columns: z.output<typeof sessionRow>): SessionRecord['repository'] {
  const { repository_owner: owner, repository_name: name, repository_branch: branch } = columns;
  return owner === null || name === null ? null : { owner, name, branch };
}

export function toSessionRow(record: SessionRecord): SqlParams {
  return {
    id: record.id,
    id_folded: foldCase(toSessionName(record.id, record.owner)),
    owner: record.owner,
    profile: record.profile,
    model: record.model,
    reasoning_effort: record.reasoningEffort,
    title: record.title,
    title_folded: record.title === null ? null : foldCase(record.title),
    // As numbers: libsql aborts the process when a boolean is bound.
    title_chosen: Number(record.titleChosen),
    instructions: record.instructions,
    labels: JSON.stringify(record.labels.map(({ key, value }) => ({ key, value }))),
    client_tools: JSON.stringify(record.clientTools),
    repository_owner: record.repository?.owner ?? null,
    repository_name: record.repository?.name ?? null,
    repository_branch: record.repository?.branch ?? null,
    location: record.location,
    remote_mode: record.remoteMode,
    is_starting: Number(record.isStarting),
    remote_url: record.remoteUrl,
    remote_steerable: Number(record.remoteSteerable),
    working_directory: record.workingDirectory,
    github_account: record.gitHubAccount,
    // Field by field, because any other field may be a secret.
    own_provider: JSON.stringify(record.ownProvider && ownProvider.parse(record.ownProvider)),
    has_messages: Number(record.hasMessages),
    rewinds: record.rewinds,
    created_at: record.createdAt.getTime(),
    updated_at: record.updatedAt.getTime(),
  };
}

export function parseNotice(row: unknown): StoredNotice {
  const { info_type: infoType, occurred_at: occurredAt, ...texts } = noticeRow.parse(row);
  return { infoType, ...texts, occurredAt };
}

export function toNoticeRow(sessionId: string, notice: StoredNotice): SqlParams {
  return {
    session_id: sessionId,
    info_type: notice.infoType,
    message: notice.message,
    tip: notice.tip,
    url: notice.url,
    occurred_at: notice.occurredAt.getTime(),
  };
}

export function parseUnfinishedText(row: unknown): UnfinishedText {
  const { kind, text_id: id } = unfinishedTextRow.parse(row);
  return { kind, id };
}

export function toUnfinishedTextRow(sessionId: string, { kind, id }: UnfinishedText): SqlParams {
  return { session_id: sessionId, kind, text_id: id };
}

export function parseRecordedEvents(row: unknown): RecordedEvent[] {
  return recordedEventsRow.parse(row).events;
}
