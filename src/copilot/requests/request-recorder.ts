import type { RequestResolution } from '../../events/request.ts';
import type { SessionDirectory, StoredRequest } from '../../store/session-directory.ts';
import type { KnownRequest } from './pending-requests.ts';

/** Keeps the requests of one session in the directory, without what they ask for. */
export class RequestMemory {
  readonly #sessionId: string;
  readonly #directory: SessionDirectory;
  readonly #onFailure: (error: unknown) => void;

  constructor(sessionId: string, directory: SessionDirectory, onFailure: (error: unknown) => void) {
    this.#sessionId = sessionId;
    this.#directory = directory;
    this.#onFailure = onFailure;
  }

  asked(request: KnownRequest): void {
    this.#save(request, null, null);
  }

  /** An answer is under way; null: not any more. */
  expected(request: KnownRequest, resolution: RequestResolution | null): void {
    this.#save(request, resolution, null);
  }

  resolved(request: KnownRequest, resolution: RequestResolution, at: Date): void {
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
    this.#directory.requests.save(this.#sessionId, request).catch(this.#onFailure);
  }
}
