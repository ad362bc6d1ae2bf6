import type { RequestResolution } from '../../events/pending-request.ts';
import type { SessionStore, StoredRequest } from '../../store/session-store.ts';
import type { KnownRequest } from './pending-requests.ts';

/** Keeps the requests of one session in the directory, without what they ask for. */
export class RequestRecorder {
  readonly #sessionId: string;
  readonly #store: SessionStore;
  readonly #onError: (error: unknown) => void;

  constructor(sessionId: string, directory: SessionStore, onFailure: (error: unknown) => void) {
    this.#sessionId = sessionId;
    this.#store = directory;
    this.#onError = onFailure;
  }

  recordAsked(request: KnownRequest): void {
    this.#save(request, null, null);
  }

  /** An answer is under way; null: not any more. */
  recordExpected(request: KnownRequest, resolution: RequestResolution | null): void {
    this.#save(request, resolution, null);
  }

  recordResolved(request: KnownRequest, resolution: RequestResolution, at: Date): void {
    this.#save(request, resolution, at);
  }

  #save(
    { requestId, turnMessageId, agentId, requestedAt, expiresAt }: KnownRequest,
    resolution: RequestResolution | null,
    resolvedAt: Date | null,
  ): void {
    const request: StoredRequest = {
      ...{ requestId, turnMessageId, agentId, requestedAt, expiresAt },
      ...{ resolution, resolvedAt },
    };
    this.#store.requests.save(this.#sessionId, request).catch(this.#onError);
  }
}
