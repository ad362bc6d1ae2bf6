import type { SessionId } from '../../events/ids.ts';
import type { SessionHistory } from './session-history.ts';

export interface HistoryQuery {
  readonly sessionId: SessionId;
  /** A cursor that is captured before the history is read, which then reaches up to it; null: no cursor is needed. */
  readonly position: (() => Promise<string>) | null;
}

interface SharedHistory extends HistoryQuery {
  readonly history: SessionHistory;
  readers: number;
}

/**
 * The histories that one operation is reading. Fields that read at the same time share one history. It is not kept
 * longer: a later mutation, or event of a subscription, must see what has happened since.
 */
export class SharedHistories {
  readonly #openHistory: (request: HistoryQuery) => SessionHistory;
  readonly #active = new Set<SharedHistory>();

  constructor(openHistory: (request: HistoryQuery) => SessionHistory) {
    this.#openHistory = openHistory;
  }

  async read<T>(request: HistoryQuery, use: (history: SessionHistory) => Promise<T>): Promise<T> {
    const shared = this.#find(request) ?? this.#create(request);
    this.#active.add(shared);
    shared.readers++;
    try {
      return await use(shared.history);
    } finally {
      shared.readers--;
      if (shared.readers === 0) this.#active.delete(shared);
    }
  }

  #create(request: HistoryQuery): SharedHistory {
    return { ...request, history: this.#openHistory(request), readers: 0 };
  }

  #find({ sessionId, position }: HistoryQuery): SharedHistory | undefined {
    return [...this.#active].find(
      (open) => open.sessionId === sessionId && (position === null || open.position === position),
    );
  }
}
