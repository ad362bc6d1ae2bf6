import type { ReasoningEffort } from '../directory/session-directory.ts';
import { changeModel, chosenModel } from './model-change.ts';
import type { Session } from './session.ts';
import type { SessionServices } from './session-services.ts';
import { updateCredentials } from './update-credentials.ts';

export interface ResumeOptions {
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  readonly continuePendingWork?: boolean;
  readonly gitHubToken?: string | null | undefined;
}

/**
 * Attached with these settings from now on; what is absent or null stays.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT
 */
export async function resumeSession(
  session: Session,
  options: ResumeOptions,
  services: Pick<SessionServices, 'directory' | 'profiles' | 'runtime' | 'gitHubTokens'>,
): Promise<void> {
  const before = await services.directory.find(session.id);
  if (!before) return;
  const wanted = {
    model: options.model ?? before.model,
    reasoningEffort: options.reasoningEffort ?? before.reasoningEffort,
  };
  const choice = await chosenModel(before, wanted, services);
  const { continuePendingWork = true, gitHubToken } = options;
  if (gitHubToken == null) await session.attach({ continuePendingWork });
  else await updateCredentials(session, { gitHubToken, continuePendingWork }, services);
  if (choice) await changeModel(session, choice, services);
}
