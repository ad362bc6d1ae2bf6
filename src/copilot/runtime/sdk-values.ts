import type { SessionConfig } from '@github/copilot-sdk';

import type { ReasoningEffort, Repository } from '../../store/session-store.ts';

const effortsBySdkName: Readonly<Record<string, ReasoningEffort>> = {
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'XHIGH',
  max: 'MAX',
};

export const allReasoningEfforts: readonly ReasoningEffort[] = Object.values(effortsBySdkName);

/** A word that we do not know is null: the runtime adds some over time. */
export function parseReasoningEffort(word: string | null | undefined): ReasoningEffort | null {
  return (word == null ? undefined : effortsBySdkName[word]) ?? null;
}

export function toSdkReasoningEffort(
  effort: ReasoningEffort,
): NonNullable<SessionConfig['reasoningEffort']> {
  return effort.toLowerCase() as Lowercase<ReasoningEffort>;
}

/** @param name `owner/name`, as the runtime gives it */
export function parseRepository(
  name: string | undefined,
  branch: string | undefined,
): Repository | null {
  const [owner, repository, ...rest] = name?.split('/') ?? [];
  if (!owner || !repository || rest.length > 0) return null;
  return { owner, name: repository, branch: branch ?? null };
}

const MAX_TITLE_LENGTH = 100;

/** The runtime's first title is the whole first prompt. */
export function deriveTitle(text: string): string {
  const line = text.trim().split(/\s+/).join(' ');
  if (line.length <= MAX_TITLE_LENGTH) return line;
  // Not in the middle of a character of two code units.
  return `${line.slice(0, MAX_TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
