import type { Notice } from '../events/event.ts';
import type { ReasoningEffort } from '../events/event.ts';
import type { RequestResolution } from '../events/pending-request.ts';
import type { Turn } from '../events/turn.ts';
import type { ContextWindow, SessionUsage, Usage } from '../events/usage.ts';
import type { CloudStore } from './cloud-store.ts';
import type { SendRecord, SentMessageIds } from './send-record.ts';

export type { ReasoningEffort } from '../events/event.ts';
export type { SendRecord, SentMessageIds } from './send-record.ts';

export interface Label {
  readonly key: string;
  readonly value: string;
}

/** A tool that a client runs itself. */
export interface ClientTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly branch: string | null;
}

/** Whether and how a session is shown on GitHub. */
export type RemoteMode = 'off' | 'export' | 'on';

/** A model provider that a client brought, without its key. */
export interface OwnProvider {
  readonly type: 'openai' | 'azure' | 'anthropic';
  readonly baseUrl: string;
  readonly wireApi: 'completions' | 'responses' | null;
  readonly azureApiVersion: string | null;
  /** It came with a key, which is kept nowhere. */
  readonly hasKey: boolean;
}

/** What is remembered of a session: all that the runtime does not hold or does not apply by itself on a resume. */
export interface SessionRecord {
  /** Under which the runtime knows it. */
  readonly id: string;
  /** Id of the viewer whose it is; null: nobody's in particular. */
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
  /** On the runtime's machine, or on one of GitHub's. */
  readonly location: 'local' | 'cloud';
  /** How it is to be shown there; a cloud session is anyway. */
  readonly remoteMode: RemoteMode;
  /** In the cloud: its worker has not been heard of yet. */
  readonly isStarting: boolean;
  /** Of its page on GitHub; null: it is not seen there. */
  readonly remoteUrl: string | null;
  /** Whether it can be steered from there. */
  readonly remoteSteerable: boolean;
  /** Of its tools: `fresh`, a folder of its own; `runtime`, the runtime's own; or the path of one for all. */
  readonly workingDirectory: string;
  /** Whose GitHub account it uses: the server's or its provider; that of a token given for it; its owner's, who signs in with one. */
  readonly gitHubAccount: 'server' | 'session' | 'owner';
  /** Null: the profile's, or none. */
  readonly ownProvider: OwnProvider | null;
  /** The runtime has listed the session: it must have it. Before, it may have lost it, and makes it anew. */
  readonly hasMessages: boolean;
  /** How often the history was rewritten: positions from before are worth nothing. */
  readonly rewinds: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SessionQuery {
  /** Whose sessions; absent or null: nobody's in particular. */
  readonly owner?: string | null;
  /** Those of all others as well; of these, titles are not searched. */
  readonly allOwners?: boolean;
  readonly repository?: {
    readonly owner: string;
    readonly name: string;
    readonly branch?: string | null;
  } | null;
  readonly location?: SessionRecord['location'] | null;
  readonly label?: Label | null;
  readonly updatedAfter?: Date | null;
  /** Matches part of a title or of the name in the id, whatever its case. */
  readonly search?: string | null;
  /** Only these, or all but these: how a caller filters by what only it knows. */
  readonly ids?: readonly string[] | null;
  readonly excludedIds?: readonly string[] | null;
}

/** Newest activity first; ties by id. */
export interface SessionListCursor {
  readonly updatedAt: Date;
  readonly id: string;
}

export interface SessionSlice {
  readonly limit: number;
  /** Exclusive bounds. */
  readonly after?: SessionListCursor | null;
  readonly before?: SessionListCursor | null;
  /** Take the last `limit` of the range instead of the first; the order of the rows stays. */
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

/** An event of the runtime's journal that the gateway was told of: a killed runtime may not have written it down. */
export interface RecordedEvent {
  readonly id: string;
  readonly type: string;
}

/** A text that clients may hold a part of, without its final. */
export interface UnfinishedText {
  readonly kind: 'CONTENT' | 'REASONING';
  readonly id: string;
}

export interface StoredIntent {
  readonly turnMessageId: string | null;
  readonly intent: string;
  readonly occurredAt: Date;
}

/** Of sessions that are gone nothing is kept; what turns have used is kept with them. */
export interface UsageStore {
  /** Adds a call to the session's sums. @param at by the runtime's clock */
  addCall(sessionId: string, call: Usage, at: Date): Promise<SessionUsage>;
  /** The newest call that was added, or from when on they count. */
  findCountedUntil(sessionId: string): Promise<Date | undefined>;
  setCountedUntil(sessionId: string, at: Date): Promise<void>;
  saveContextWindow(sessionId: string, context: ContextWindow): Promise<SessionUsage>;
  get(sessionId: string): Promise<SessionUsage>;
  saveIntent(sessionId: string, intent: StoredIntent): Promise<void>;
  /** The newest. */
  findIntent(sessionId: string): Promise<StoredIntent | undefined>;
}

/** A request of the agent, without what it asks for. */
export interface StoredRequest {
  readonly requestId: string;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
  /** Before it is resolved: as the answer that is under way will resolve it. */
  readonly resolution: RequestResolution | null;
  readonly resolvedAt: Date | null;
}

/** Of sessions that are gone nothing is kept; of a session's requests the newest 500, and all that are open. */
export interface RequestStore {
  /** Inserts or replaces, by session and request id. */
  save(sessionId: string, request: StoredRequest): Promise<void>;
  /** Oldest first. */
  list(sessionId: string): Promise<StoredRequest[]>;
  /** Ids of the sessions with requests that are not resolved. */
  listWaitingSessionIds(): Promise<string[]>;
}

/**
 * The gateway's own memory of sessions. Asynchronous because several gateways will share one;
 * each call is one transaction, and calls take effect in the order in which they were made.
 */
export interface SessionStore {
  readonly usage: UsageStore;
  readonly requests: RequestStore;
  readonly cloud: CloudStore;

  /** False, and nothing changed, when the id is taken. */
  insert(record: SessionRecord): Promise<boolean>;
  find(id: string): Promise<SessionRecord | undefined>;
  /** Undefined, and nothing changed, when there is no such session. */
  update(
    id: string,
    change: Partial<Omit<SessionRecord, 'id'>>,
  ): Promise<SessionRecord | undefined>;
  /** Replaces the title, unless a viewer has chosen it; returns false when nothing changed. */
  setRuntimeTitle(id: string, title: string): Promise<boolean>;
  /** Removes the session with its notices and turns; false when there was none. */
  remove(id: string): Promise<boolean>;
  listSessions(query: SessionQuery, slice: SessionSlice): Promise<SessionPage>;
  listSessionIds(): Promise<string[]>;

  /** Replaces the session's notice of the same infoType. */
  saveNotice(sessionId: string, notice: StoredNotice): Promise<void>;
  /** The latest notice of each infoType, oldest first. */
  listNotices(sessionId: string): Promise<StoredNotice[]>;

  /** Inserts or replaces, by session and message id; without the reply's text. Ignored when the session is gone. */
  saveTurn(turn: Turn): Promise<void>;
  findTurn(sessionId: string, messageId: string): Promise<Turn | undefined>;
  /** The newest turn. */
  findLatestTurn(sessionId: string): Promise<Turn | undefined>;
  /** Turns of all sessions that were not over when last saved. */
  listOpenTurns(): Promise<Turn[]>;

  /** Remembers a text before its first piece leaves; of the 200 oldest and older ones nothing is kept. */
  saveUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void>;
  /** Its final was sent. */
  removeUnfinishedText(sessionId: string, text: UnfinishedText): Promise<void>;
  /** Oldest first. */
  listUnfinishedTexts(sessionId: string): Promise<UnfinishedText[]>;

  saveRecordedEvents(sessionId: string, events: readonly RecordedEvent[]): Promise<void>;
  /** Oldest first. */
  listRecordedEvents(sessionId: string): Promise<RecordedEvent[]>;

  /** Undefined when it is the first of this client message id; else the earlier one, and nothing changed. */
  beginSend(sessionId: string, send: SendRecord): Promise<SendRecord | undefined>;
  /** @param sent null: nothing was sent, and the id is free again */
  finishSend(
    sessionId: string,
    clientMessageId: string,
    sent: SentMessageIds | null,
  ): Promise<void>;
  /** Whether a client's own id stands for this message. */
  isSent(sessionId: string, messageId: string): Promise<boolean>;

  close(): void;
}
