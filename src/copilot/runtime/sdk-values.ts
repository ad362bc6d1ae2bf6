import type { SessionConfig } from '@github/copilot-sdk';

import type { ReasoningEffort, Repository } from '../../store/session-directory.ts';

const efforts: Readonly<Record<string, ReasoningEffort>> = {
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'XHIGH',
  max: 'MAX',
};

export const allReasoningEfforts: readonly ReasoningEffort[] = Object.values(efforts);

/** A word that we do not know is null: the runtime adds some over time. */
export function reasoningEffortFrom(word: string | null | undefined): ReasoningEffort | null {
  return (word == null ? undefined : efforts[word]) ?? null;
}

export function toRuntimeEffort(
  effort: ReasoningEffort,
): NonNullable<SessionConfig['reasoningEffort']> {
  return effort.toLowerCase() as Lowercase<ReasoningEffort>;
}

/** @param name `owner/name`, as the runtime gives it */
export function repositoryFrom(
  name: string | undefined,
  branch: string | undefined,
): Repository | null {
  const [owner, repository, ...rest] = name?.split('/') ?? [];
  if (!owner || !repository || rest.length > 0) return null;
  return { owner, name: repository, branch: branch ?? null };
}

const TITLE_LENGTH = 100;

/** The runtime's first title is the whole first prompt. */
export function titleFrom(text: string): string {
  const line = text.trim().split(/\s+/).join(' ');
  if (line.length <= TITLE_LENGTH) return line;
  // Not in the middle of a character of two code units.
  return `${line.slice(0, TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
