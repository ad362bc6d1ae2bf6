import type { SessionId } from '../../events/ids.ts';
import type { SessionHistory } from './session-history.ts';

export interface HistoryRequest {
  readonly sessionId: SessionId;
  /** Taken before the history is read, which has then all up to there; null: any will do. */
  readonly position: (() => Promise<string>) | null;
}

interface OpenHistory extends HistoryRequest {
  readonly history: SessionHistory;
  readers: number;
}

/**
 * The histories that one operation is reading. Fields that ask at the same time share one reading; it is not kept
 * longer, for a mutation or an event of a subscription that comes later has to see what has happened since.
 */
export class OpenHistories {
  readonly #openHistory: (request: HistoryRequest) => SessionHistory;
  readonly #open = new Set<OpenHistory>();

  constructor(openHistory: (request: HistoryRequest) => SessionHistory) {
    this.#openHistory = openHistory;
  }

  async read<T>(request: HistoryRequest, use: (history: SessionHistory) => Promise<T>): Promise<T> {
    const shared = this.#find(request) ?? this.#begin(request);
    this.#open.add(shared);
    shared.readers++;
    try {
      return await use(shared.history);
    } finally {
      shared.readers--;
      if (shared.readers === 0) this.#open.delete(shared);
    }
  }

  #begin(request: HistoryRequest): OpenHistory {
    return { ...request, history: this.#openHistory(request), readers: 0 };
  }

  #find({ sessionId, position }: HistoryRequest): OpenHistory | undefined {
    return [...this.#open].find(
      (open) => open.sessionId === sessionId && (position === null || open.position === position),
    );
  }
}
