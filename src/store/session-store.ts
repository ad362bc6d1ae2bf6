import type { Notice, ReasoningEffort } from '../events/event.ts';
import type { RequestResolution } from '../events/pending-request.ts';
import type { Turn } from '../events/turn.ts';
import type { ContextWindow, SessionUsage, Usage } from '../events/usage.ts';
import type { CloudStore } from './cloud-store.ts';

export type { ReasoningEffort } from '../events/event.ts';

export interface Label {
  readonly key: string;
  readonly value: string;
}

/** A tool that clients of the session run. */
export interface ClientTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly branch: string | null;
}

/** Whether and how a local session is shared on GitHub. */
export type RemoteMode = 'off' | 'export' | 'on';

/** A client-supplied model provider, without its key. */
export interface OwnProvider {
  readonly type: 'openai' | 'azure' | 'anthropic';
  readonly baseUrl: string;
  readonly wireApi: 'completions' | 'responses' | null;
  readonly azureApiVersion: string | null;
  /** Whether the provider was given with a key, which is never stored. */
  readonly hasKey: boolean;
}

/** The stored part of a session: what the runtime does not store or does not apply when it resumes the session. */
export interface SessionRecord {
  /** Id in the runtime. */
  readonly id: string;
  /** Id of the viewer who owns the session, or null if the session has no owner. */
  readonly owner: string | null;
  readonly profile: string;
  readonly model: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  readonly title: string | null;
  /** True when a viewer chose the title: the runtime's own titles then no longer replace it. */
  readonly titleChosen: boolean;
  readonly instructions: string | null;
  readonly labels: readonly Label[];
  readonly clientTools: readonly ClientTool[];
  readonly repository: Repository | null;
  /** `local`: on the machine of the runtime; `cloud`: on GitHub-hosted compute. */
  readonly location: 'local' | 'cloud';
  /** How the session is to be shared on GitHub; a cloud session is always visible there. */
  readonly remoteMode: RemoteMode;
  /** Whether the worker of a cloud session has not reported yet. */
  readonly isStarting: boolean;
  /** URL of the page of the session on GitHub; null when there is none. */
  readonly remoteUrl: string | null;
  /** Whether the session can be steered from GitHub. */
  readonly remoteSteerable: boolean;
  /** Working directory of tools: `fresh` for a private one, `runtime` for that of the runtime, or the path of a shared one. */
  readonly workingDirectory: string;
  /** The GitHub account: of the server (or its provider), of a token given for the session, or of the owner's own token. */
  readonly gitHubAccount: 'server' | 'session' | 'owner';
  /** Null for the provider of the profile, or none. */
  readonly ownProvider: OwnProvider | null;
  /** Whether the runtime has listed the session. Until then the runtime may lose it, and it is created again. */
  readonly hasMessages: boolean;
  /** How often the history was rewritten; cursors from before are expired. */
  readonly rewinds: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SessionQuery {
  /** Owner of the sessions; absent or null for sessions without an owner. */
  readonly owner?: string | null;
  /** Includes sessions of other owners, whose titles are not searched. */
  readonly allOwners?: boolean;
  readonly repository?: {
    readonly owner: string;
    readonly name: string;
    readonly branch?: string | null;
  } | null;
  readonly location?: SessionRecord['location'] | null;
  readonly label?: Label | null;
  readonly updatedAfter?: Date | null;
  /** Matches part of the title or of the session's name, case-insensitively. */
  readonly search?: string | null;
  /** Limits the result to these ids, or excludes ids: for filters by state that is not stored. */
  readonly ids?: readonly string[] | null;
  readonly excludedIds?: readonly string[] | null;
}

/** A place in the list of sessions, which is ordered by newest activity, then by id. */
export interface SessionListCursor {
  readonly updatedAt: Date;
  readonly id: string;
}

export interface SessionSlice {
  readonly limit: number;
  /** Exclusive bounds. */
  readonly after?: SessionListCursor | null;
  readonly before?: SessionListCursor | null;
  /** Takes the last `limit` rows of the range instead of the first; the order of rows is the same. */
  readonly fromEnd?: boolean;
}

export interface SessionPage {
  readonly records: readonly SessionRecord[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly totalCount: number;
}

export interface StoredNotice extends Notice {
  readonly occurredAt: Date;
}

/** A journal event that the gateway has seen; a killed runtime may not have written it. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
}

/** A text without a final, of which clients may hold a part. */
export interface UnfinishedText {
  readonly kind: 'CONTENT' | 'REASONING';
  readonly id: string;
}

export interface StoredIntent {
  readonly turnMessageId: string | null;
  readonly intent: string;
  readonly occurredAt: Date;
}

/** Usage of sessions; that of a turn is stored with the turn. Calls for sessions that do not exist are ignored. */
export interface UsageStore {
  /**
   * Adds a model call to the sums of the session.
   *
   * @param at time of the call by the clock of the runtime
   */
  addCall(sessionId: string, call: Usage, at: Date): Promise<SessionUsage>;
  /** Returns the time up to which model calls are included. */
  findCountedUntil(sessionId: string): Promise<Date | undefined>;
  setCountedUntil(sessionId: string, at: Date): Promise<void>;
  saveContextWindow(sessionId: string, context: ContextWindow): Promise<SessionUsage>;
  get(sessionId: string): Promise<SessionUsage>;
  saveIntent(sessionId: string, intent: StoredIntent): Promise<void>;
  /** Returns the newest intent. */
  findIntent(sessionId: string): Promise<StoredIntent | undefined>;
}

/** A request of the agent, without its content. */
export interface StoredRequest {
  readonly requestId: string;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
  /** Before the request is resolved: the resolution by the response that is being sent. */
  readonly resolution: RequestResolution | null;
  readonly resolvedAt: Date | null;
}

/** Requests of sessions: the newest 500 of each, and all open ones. Calls for sessions that do not exist are ignored. */
export interface RequestStore {
  /** Inserts or replaces by session and request id. */
  save(sessionId: string, request: StoredRequest): Promise<void>;
  /** Oldest first. */
  list(sessionId: string): Promise<StoredRequest[]>;
  /** Returns the ids of sessions with open requests. */
  listWaitingSessionIds(): Promise<string[]>;
}

/** A message that was sent with a client message id. */
export interface SendRecord {
  readonly clientMessageId: string;
  /** Null while it is unknown whether the runtime has received the message. */
  readonly messageId: string | null;
  /** Id of the message that started the turn of this message. */
  readonly turnMessageId: string | null;
  /** The cursor just before the message. */
  readonly cursor: string;
  readonly sentAt: Date;
}

export interface SentMessageIds {
  readonly messageId: string;
  /** Id of the message that started the turn of this message. */
  readonly turnMessageId: string;
}

/**
 * Stores what the runtime does not: sessions with their settings, turns, usage, requests without content, notices
 * and unfinished texts. Each call is one transaction, and calls take effect in their order. Asynchronous, so that a
 * shared database can take its place. What belongs to a session is removed with the session.
 */
export interface SessionStore {
  readonly usage: UsageStore;
  readonly requests: RequestStore;
  readonly cloud: CloudStore;

  /** Returns false, and changes nothing, when the id exists. */
  insert(record: SessionRecord): Promise<boolean>;
  find(id: string): Promise<SessionRecord | undefined>;
  /** Returns the changed record; undefined when the session does not exist. */
  update(
    id: string,
    change: Partial<Omit<SessionRecord, 'id'>>,
  ): Promise<SessionRecord | undefined>;
  /** Replaces the title, unless a client has chosen it; returns false when nothing changed. */
  setRuntimeTitle(id: string, title: string): Promise<boolean>;
  /** Removes the session; returns false when it does not exist. */
  remove(id: string): Promise<boolean>;
  listSessions(query: SessionQuery, slice: SessionSlice): Promise<SessionPage>;
  listSessionIds(): Promise<string[]>;

  /** Replaces the notice of the same `infoType`. */
  saveNotice(sessionId: string, notice: StoredNotice): Promise<void>;
  /** Returns the latest notice of each `infoType`, oldest first. */
  listNotices(sessionId: string): Promise<StoredNotice[]>;

  /** Inserts or replaces by session and message id, without the text of the reply. */
  saveTurn(turn: Turn): Promise<void>;
  findTurn(sessionId: string, messageId: string): Promise<Turn | undefined>;
  /** Returns the newest turn. */
  findLatestTurn(sessionId: string): Promise<Turn | undefined>;
  /** Returns the turns of all sessions that had not ended when they were last saved. */
  listOpenTurns(): Promise<Turn[]>;

  /** To be called before the first patch is sent (S15 in docs/streaming.md). Keeps the newest 200 per session. */
  saveUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void>;
  /** To be called when the final is sent. */
  removeUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void>;
  /** Oldest first. */
  listUnfinishedTexts(sessionId: string): Promise<UnfinishedText[]>;

  saveRecordedEvents(sessionId: string, events: readonly RecordedEvent[]): Promise<void>;
  /** Oldest first. */
  listRecordedEvents(sessionId: string): Promise<RecordedEvent[]>;

  /** Returns undefined for a new client message id; else returns the earlier record and changes nothing. */
  beginSend(sessionId: string, send: SendRecord): Promise<SendRecord | undefined>;
  /** @param sent null if nothing was sent; the client message id can then be used again */
  finishSend(
    sessionId: string,
    clientMessageId: string,
    sent: SentMessageIds | null,
  ): Promise<void>;
  /** Tells whether the message was sent with a client message id. */
  isSent(sessionId: string, messageId: string): Promise<boolean>;

  close(): void;
}
