import type { EventBody, ModelFailure } from '../../events/event.ts';

interface Attempts {
  /** The failure of the latest attempt; null while that attempt has not failed. */
  readonly failure: ModelFailure | null;
  readonly retries: number;
}

/**
 * Detects retries of model calls. The runtime reports a failed attempt without saying whether it retries: the next
 * attempt of the same agent shows it.
 */
export class ModelRetries {
  /** By agent id; null is the main agent. */
  readonly #attemptsByAgent = new Map<string | null, Attempts>();

  /** A new model call begins: the attempts of the previous one no longer count. */
  handleCallStarted(agentId: string | null): void {
    this.#attemptsByAgent.delete(agentId);
  }

  handleCallFailed(agentId: string | null, failure: ModelFailure): void {
    const retries = this.#attemptsByAgent.get(agentId)?.retries ?? 0;
    this.#attemptsByAgent.set(agentId, { failure, retries });
  }

  /** Returns the step that reports the retry; undefined for the first attempt of a call. */
  handleCallAttempted(
    agentId: string | null,
  ): Extract<EventBody, { type: 'model.retry' }> | undefined {
    const { failure, retries } = this.#attemptsByAgent.get(agentId) ?? {};
    if (!failure || retries === undefined) return undefined;
    this.#attemptsByAgent.set(agentId, { failure: null, retries: retries + 1 });
    return { type: 'model.retry', ...failure, attempt: retries + 1 };
  }
}
