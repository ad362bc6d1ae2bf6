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

/** Returns null for an unknown value: the runtime adds values over time. */
export function parseReasoningEffort(value: string | null | undefined): ReasoningEffort | null {
  return (value == null ? undefined : effortsBySdkName[value]) ?? null;
}

export function toSdkReasoningEffort(
  effort: ReasoningEffort,
): NonNullable<SessionConfig['reasoningEffort']> {
  return effort.toLowerCase() as Lowercase<ReasoningEffort>;
}

/** @param name `owner/name`, as the runtime reports it */
export function parseRepository(
  name: string | undefined,
  branch: string | undefined,
): Repository | null {
  const [owner, repository, ...rest] = name?.split('/') ?? [];
  if (!owner || !repository || rest.length > 0) return null;
  return { owner, name: repository, branch: branch ?? null };
}

const MAX_TITLE_LENGTH = 100;

/** Shortens a text to a title: the runtime's first title is the whole first prompt. */
export function deriveTitle(text: string): string {
  const line = text.trim().split(/\s+/).join(' ');
  if (line.length <= MAX_TITLE_LENGTH) return line;
  // Drops the first half of a surrogate pair that the limit would split.
  return `${line.slice(0, MAX_TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
