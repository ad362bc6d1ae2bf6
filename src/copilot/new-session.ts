import { randomUUID } from 'node:crypto';

import type { Label, ReasoningEffort, SessionRecord } from '../directory/session-directory.ts';
import { type Profile, profileOfSession } from './profiles.ts';

export interface NewSession {
  readonly id: string | null;
  readonly profile: string;
  readonly model: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  readonly title: string | null;
  readonly instructions: string | null;
  readonly labels: readonly Label[];
}

/** Under a generated id when it has none. */
export function newRecord(
  { id, ...input }: NewSession,
  profiles: readonly Profile[],
): SessionRecord {
  const now = new Date();
  const profile = profileOfSession(input, profiles);
  return {
    ...input,
    id: id ?? randomUUID(),
    model: input.model ?? profile.defaultModel,
    titleChosen: input.title !== null,
    repository: null,
    hasMessages: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}
