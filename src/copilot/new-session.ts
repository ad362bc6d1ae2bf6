import type { Label, ReasoningEffort, SessionRecord } from '../directory/session-directory.ts';
import type { SessionId } from '../events/ids.ts';
import { type Profile, profileOfSession } from './profiles.ts';

export interface NewSession {
  readonly id: SessionId;
  readonly owner: string | null;
  readonly profile: string;
  readonly model: string | null;
  readonly reasoningEffort: ReasoningEffort | null;
  readonly title: string | null;
  readonly instructions: string | null;
  readonly labels: readonly Label[];
}

export function newRecord(
  input: NewSession,
  profiles: readonly Profile[],
): SessionRecord & { readonly id: SessionId } {
  const now = new Date();
  const profile = profileOfSession(input, profiles);
  return {
    ...input,
    model: input.model ?? profile.defaultModel,
    workingDirectory: profile.workingDirectory,
    titleChosen: input.title !== null,
    repository: null,
    hasMessages: false,
    rewinds: 0,
    createdAt: now,
    updatedAt: now,
  };
}
