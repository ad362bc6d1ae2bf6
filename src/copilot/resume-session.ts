import type { ReasoningEffort } from '../directory/session-directory.ts';
import { changeModel, chosenModel } from './model-change.ts';
import type { Session } from './session.ts';
import type { SessionServices } from './session-services.ts';

export interface ResumeOptions {
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly continuePendingWork?: boolean;
}

/**
 * Attached with these settings from now on; what is absent or null stays.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT
 */
export async function resumeSession(
  session: Session,
  options: ResumeOptions,
  services: Pick<SessionServices, 'directory' | 'profiles' | 'runtime'>,
): Promise<void> {
  const before = await services.directory.find(session.id);
  if (!before) return;
  const wanted = {
    model: options.model ?? before.model,
    reasoningEffort: options.reasoningEffort ?? before.reasoningEffort,
  };
  const choice = await chosenModel(before, wanted, services);
  await session.attach({ continuePendingWork: options.continuePendingWork ?? true });
  if (choice) await changeModel(session, choice, services);
}
