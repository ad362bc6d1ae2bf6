import type { ReasoningEffort, SessionDirectory } from '../directory/session-directory.ts';
import type { Session } from './session.ts';

export interface ResumeOptions {
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly continuePendingWork?: boolean;
}

/** Attached with these settings from now on. */
export async function resumeSession(
  session: Session,
  options: ResumeOptions,
  directory: SessionDirectory,
): Promise<void> {
  const before = await directory.find(session.id);
  if (!before) return;
  const model = options.model ?? before.model;
  const reasoningEffort = options.reasoningEffort ?? before.reasoningEffort;
  const changed = model !== before.model || reasoningEffort !== before.reasoningEffort;
  if (changed) await directory.update(session.id, { model, reasoningEffort });
  const wasAttached = session.isAttached;
  await session.attach({ continuePendingWork: options.continuePendingWork ?? true });
  if (changed && wasAttached) await session.setModel({ ...before, model, reasoningEffort });
}
