export const DEFAULT_PROFILE = 'default';

/** A named server-side bundle of settings for sessions. */
export interface Profile {
  readonly name: string;
  readonly description: string | null;
  readonly defaultModel: string | null;
  /** Patterns of the tools that the agent may call. */
  readonly tools: readonly string[];
}

export function defaultProfile(model: string | null): Profile {
  return {
    name: DEFAULT_PROFILE,
    description: 'The tools of the runtime; whatever needs permission is rejected.',
    defaultModel: model,
    tools: ['builtin:*'],
  };
}
