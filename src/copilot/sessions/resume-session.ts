import type { ReasoningEffort } from '../../store/session-store.ts';
import type { ModelProvider } from '../profiles/model-provider.ts';
import { changeModel, resolveModelChange } from './change-model.ts';
import type { SessionInUse } from './open-sessions.ts';
import { setProvider, withProvider } from './set-provider.ts';
import { updateCredentials } from './update-credentials.ts';
import type { UseCaseServices } from './use-case-services.ts';

export interface ResumeOptions {
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** False: a turn that waits for input is aborted. */
  readonly continuePendingWork?: boolean;
  readonly gitHubToken?: string | null | undefined;
  readonly provider?: ModelProvider | null | undefined;
}

/**
 * Attaches a session with these settings. Settings that are absent or null stay.
 *
 * @throws {GatewayError} MODEL_NOT_FOUND, BAD_USER_INPUT, POLICY_BLOCKED
 */
export async function resumeWithOptions(
  inUse: SessionInUse,
  options: ResumeOptions,
  services: UseCaseServices,
): Promise<void> {
  const { session } = inUse;
  await attachWithSettings(inUse, options, services);
  // A session with pending requests may be attached already, and then its turn was continued.
  if (options.continuePendingWork === false && session.state === 'WAITING_FOR_INPUT') {
    await session.turnControl.abort(null);
  }
}

async function attachWithSettings(
  { session, record: before }: SessionInUse,
  options: ResumeOptions,
  services: UseCaseServices,
): Promise<void> {
  const { continuePendingWork = true, gitHubToken, provider } = options;
  const wanted = {
    model: options.model ?? before.model,
    reasoningEffort: options.reasoningEffort ?? before.reasoningEffort,
  };
  if (provider != null) {
    const after = withProvider(before, { provider, model: options.model ?? null }, services);
    const choice = await resolveModelChange(after, wanted, services);
    await setProvider(session, { provider, continuePendingWork }, services);
    if (choice) await changeModel(session, choice, services);
    return;
  }
  const choice = await resolveModelChange(before, wanted, services);
  if (gitHubToken == null) await session.attach({ continuePendingWork, record: before });
  else await updateCredentials(session, { gitHubToken, continuePendingWork }, services);
  if (choice) await changeModel(session, choice, services);
}
