import type { EventBody, ModelFailure } from '../../events/event.ts';

const MAIN_AGENT = '';

interface Attempts {
  readonly failure: ModelFailure | null;
  readonly retries: number;
}

/** Tells a failed model call that is tried again from one that is not: by the next try of the same agent. */
export class ModelRetries {
  readonly #attemptsByAgent = new Map<string, Attempts>();

  /** A call that is not a repetition. */
  handleCallStarted(agentId: string | null): void {
    this.#attemptsByAgent.delete(agentId ?? MAIN_AGENT);
  }

  handleCallFailed(agentId: string | null, failure: ModelFailure): void {
    const retries = this.#attemptsByAgent.get(agentId ?? MAIN_AGENT)?.retries ?? 0;
    this.#attemptsByAgent.set(agentId ?? MAIN_AGENT, { failure, retries });
  }

  /** Undefined: it is the first try. */
  handleCallAttempt(
    agentId: string | null,
  ): Extract<EventBody, { type: 'model.retry' }> | undefined {
    const { failure, retries } = this.#attemptsByAgent.get(agentId ?? MAIN_AGENT) ?? {};
    if (!failure || retries === undefined) return undefined;
    this.#attemptsByAgent.set(agentId ?? MAIN_AGENT, { failure: null, retries: retries + 1 });
    return { type: 'model.retry', ...failure, attempt: retries + 1 };
  }
}
