import type { EventByType, EventType } from '../../events/event.ts';
import type { SessionId } from '../../events/ids.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { PendingRequest } from '../../events/pending-request.ts';
import type { Subagent } from '../../events/subagent.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionUsage } from '../../events/usage.ts';
import type { SessionStore } from '../../store/session-store.ts';
import { mergeSubagents, readSubagents } from '../history/read-subagents.ts';
import { SessionHistory } from '../history/session-history.ts';
import { type HistoryQuery, SharedHistories } from '../history/shared-histories.ts';
import { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { followNotices } from './follow-notices.ts';
import type { OwnedSession } from './open-sessions.ts';
import type { Sessions } from './sessions.ts';

interface SessionReaderOptions {
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly runtime: Runtime;
}

export interface FollowEventsOptions<T extends EventType> {
  readonly after?: string | null | undefined;
  readonly types?: readonly T[] | null | undefined;
  readonly maxLatencyMs?: number;
  readonly signal: AbortSignal;
}

/** Reads the content of sessions: from the journal, the store and the session logs. */
export class SessionReader {
  readonly #options: SessionReaderOptions;

  constructor(options: SessionReaderOptions) {
    this.#options = options;
  }

  /** @throws {GatewayError} SESSION_NOT_FOUND, and BAD_USER_INPUT for a cursor of another session */
  async followEvents<T extends EventType = EventType>(
    owned: OwnedSession,
    options: FollowEventsOptions<T>,
  ): Promise<AsyncIterable<EventByType<T>>> {
    return this.#options.sessions.useAsReader(
      owned,
      // The log yields only events of the requested types.
      ({ log }) => log.follow(options) as AsyncIterable<EventByType<T>>,
    );
  }

  /** Yields the latest notice of each type first, then live ones. */
  async followNotices(
    owned: OwnedSession,
    infoTypes: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<AsyncIterable<EventByType<'session.info'>>> {
    const { sessions, store } = this.#options;
    return sessions.useAsReader(owned, async ({ log }) => {
      const { cursor } = log;
      // Read after the cursor was taken: what changes later is among the live notices.
      const { remoteUrl } = await sessions.requireRecord(owned.id);
      const notices = await store.listNotices(owned.id);
      // The URL of a session that is no longer shared is not valid.
      const stored = notices.filter(
        ({ infoType, url }) => infoType !== 'remote' || url === null || remoteUrl !== null,
      );
      return followNotices({ log, cursor, stored, infoTypes, signal });
    });
  }

  /** Creates the histories of one operation. Reading fails with SESSION_NOT_FOUND when the session is gone. */
  createHistories(): SharedHistories {
    return new SharedHistories((request) => this.#createHistory(request));
  }

  /**
   * Lists sub-agents in the order in which they were started.
   *
   * @throws {GatewayError} SESSION_NOT_FOUND
   */
  async listSubagents(id: SessionId): Promise<Subagent[]> {
    const { sessions, runtime } = this.#options;
    await this.#ensureReadable(id);
    const written = await readSubagents(new Journal(runtime, id));
    const session = sessions.findOpen(id);
    return mergeSubagents(written, session?.log.listSteps() ?? [], session?.state === 'RUNNING');
  }

  readUsage(id: SessionId): Promise<SessionUsage> {
    return this.#options.store.usage.get(id);
  }

  async findTurn(id: SessionId, messageId: string): Promise<Turn | undefined> {
    const { sessions, store } = this.#options;
    return sessions.findOpen(id)?.turns.find(messageId) ?? store.findTurn(id, messageId);
  }

  /**
   * Lists requests that the agent waits for, oldest first.
   *
   * @throws {GatewayError} RUNTIME_UNAVAILABLE while the requests of an earlier gateway cannot be read
   */
  async listPendingRequests(id: SessionId): Promise<readonly PendingRequest[]> {
    const session = this.#options.sessions.findOpen(id);
    if (session?.requestRecovery.isPending) await session.use(() => session.attach());
    return session?.requests.all ?? [];
  }

  /** Returns the running turn, else the next queued one. */
  findCurrentTurn(id: SessionId): Turn | undefined {
    return this.#options.sessions.findOpen(id)?.turns.currentTurn;
  }

  /** Lists queued messages, oldest first. */
  async listQueuedMessages(id: SessionId): Promise<readonly QueuedMessage[]> {
    return (await this.#options.sessions.findOpen(id)?.turnControl.listQueued()) ?? [];
  }

  /** Returns the turn as it ended, or as it is when the signal is aborted first. */
  async waitForTurnEnd(turn: Turn, signal: AbortSignal): Promise<Turn> {
    const { messageId } = turn;
    const id = getSessionId(turn);
    const live = await this.#options.sessions.findOpen(id)?.turns.waitForEnd(messageId, signal);
    return live ?? (await this.findTurn(id, messageId)) ?? turn;
  }

  /** The runtime has the history of a cloud session only while it is attached. */
  async #ensureReadable(id: SessionId): Promise<void> {
    const { sessions } = this.#options;
    const record = await sessions.requireRecord(id);
    if (record.location === 'cloud') {
      await sessions.useAsReader(record, (session) => session.attach({ record }));
    }
  }

  #createHistory({ sessionId, position }: HistoryQuery): SessionHistory {
    const { sessions, runtime } = this.#options;
    return new SessionHistory({
      journal: new Journal(runtime, sessionId),
      listLoggedSteps: () => sessions.findOpen(sessionId)?.log.listSteps() ?? [],
      prepare: async () => {
        await this.#ensureReadable(sessionId);
        await position?.();
      },
    });
  }
}

/** A turn comes from its session, whose ownership was checked. */
function getSessionId({ sessionId }: Turn): SessionId {
  return sessionId as SessionId;
}
