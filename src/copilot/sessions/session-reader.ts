import type { EventOf, EventType } from '../../events/event.ts';
import type { SessionId } from '../../events/ids.ts';
import type { QueuedMessage } from '../../events/message.ts';
import type { PendingRequest } from '../../events/request.ts';
import type { Subagent } from '../../events/subagent.ts';
import type { Turn } from '../../events/turn.ts';
import type { SessionUsage } from '../../events/usage.ts';
import type { SessionDirectory } from '../../store/session-directory.ts';
import { SessionHistory } from '../history/session-history.ts';
import { type HistoryRequest, OpenHistories } from '../history/shared-histories.ts';
import { presentSubagents, readSubagents } from '../history/subagent-history.ts';
import { Journal } from '../runtime/journal.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { followNotices } from './follow-notices.ts';
import type { Sessions } from './sessions.ts';

interface SessionReaderOptions {
  readonly sessions: Sessions;
  readonly directory: SessionDirectory;
  readonly runtime: Runtime;
}

export interface FollowEventsOptions<T extends EventType> {
  readonly after?: string | null | undefined;
  readonly types?: readonly T[] | null | undefined;
  readonly maxLatencyMs?: number;
  readonly signal: AbortSignal;
}

/** What was said and what happens in sessions: from the runtime's journal, the directory and the logs. */
export class SessionReader {
  readonly #options: SessionReaderOptions;

  constructor(options: SessionReaderOptions) {
    this.#options = options;
  }

  /** @throws Failure SESSION_NOT_FOUND, and BAD_USER_INPUT for a foreign cursor */
  async follow<T extends EventType = EventType>(
    id: SessionId,
    options: FollowEventsOptions<T>,
  ): Promise<AsyncIterable<EventOf<T>>> {
    return this.#options.sessions.read(
      id,
      // The log gives only events of the types that it was asked for.
      ({ log }) => log.follow(options) as AsyncIterable<EventOf<T>>,
    );
  }

  /** The latest notice of each type first, then live ones. */
  async followNotices(
    id: SessionId,
    infoTypes: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<AsyncIterable<EventOf<'session.info'>>> {
    const { sessions, directory } = this.#options;
    return sessions.read(id, async ({ log }) => {
      const { cursor } = log;
      const { remoteUrl } = await sessions.record(id);
      const notices = await directory.notices(id);
      // What is shared no longer has no address to give.
      const stored = notices.filter(
        ({ infoType, url }) => infoType !== 'remote' || url === null || remoteUrl !== null,
      );
      return followNotices({ log, cursor, stored, infoTypes, signal });
    });
  }

  /** For one operation. Reading fails with SESSION_NOT_FOUND when the session is gone. */
  histories(): OpenHistories {
    return new OpenHistories((request) => this.#history(request));
  }

  /** In the order in which they were started. @throws Failure SESSION_NOT_FOUND */
  async subagents(id: SessionId): Promise<Subagent[]> {
    const { sessions, runtime } = this.#options;
    await this.#makeReadable(id);
    const written = await readSubagents(new Journal(runtime, id));
    const session = sessions.inUse(id);
    return presentSubagents(written, session?.log.steps() ?? [], session?.state === 'RUNNING');
  }

  usage(id: SessionId): Promise<SessionUsage> {
    return this.#options.directory.usage.of(id);
  }

  async turn(id: SessionId, messageId: string): Promise<Turn | undefined> {
    const { sessions, directory } = this.#options;
    return sessions.inUse(id)?.turns.find(messageId) ?? directory.findTurn(id, messageId);
  }

  /**
   * What the agent waits for, oldest first.
   * @throws Failure RUNTIME_UNAVAILABLE while what was asked of an earlier gateway cannot be known
   */
  async pendingRequests(id: SessionId): Promise<readonly PendingRequest[]> {
    const session = this.#options.sessions.inUse(id);
    if (session?.earlier.isAwaited) await session.use(() => session.attach());
    return session?.responder.requests.all ?? [];
  }

  /** The running turn, else the next one that is queued. */
  currentTurn(id: SessionId): Turn | undefined {
    return this.#options.sessions.inUse(id)?.turns.current;
  }

  /** Oldest first. */
  async queuedMessages(id: SessionId): Promise<readonly QueuedMessage[]> {
    return (await this.#options.sessions.inUse(id)?.steering.queued()) ?? [];
  }

  /** Not ended when the signal is aborted first. */
  async endedTurn(turn: Turn, signal: AbortSignal): Promise<Turn> {
    const { messageId } = turn;
    const id = sessionOf(turn);
    const live = await this.#options.sessions.inUse(id)?.turns.ended(messageId, signal);
    return live ?? (await this.turn(id, messageId)) ?? turn;
  }

  /** Of a cloud session the runtime has a history only while it is attached. @throws Failure SESSION_NOT_FOUND */
  async #makeReadable(id: SessionId): Promise<void> {
    const { location } = await this.#options.sessions.record(id);
    if (location === 'cloud') await this.#options.sessions.read(id, (session) => session.attach());
  }

  #history({ sessionId, position }: HistoryRequest): SessionHistory {
    const { sessions, runtime } = this.#options;
    return new SessionHistory({
      journal: new Journal(runtime, sessionId),
      told: () => sessions.inUse(sessionId)?.log.steps() ?? [],
      begin: async () => {
        await this.#makeReadable(sessionId);
        await position?.();
      },
    });
  }
}

/** Whoever holds a turn got it from its session. */
function sessionOf({ sessionId }: Turn): SessionId {
  return sessionId as SessionId;
}
