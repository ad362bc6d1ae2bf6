import type { ReasoningEffort } from '../../store/session-store.ts';
import type { OwnProviderWithKey } from '../profiles/provider-keys.ts';
import type { SessionServices } from '../services.ts';
import type { Session } from '../session/session.ts';
import { changeModel, resolveModelChange } from './change-model.ts';
import { setProvider, withProvider } from './set-provider.ts';
import { updateCredentials } from './update-credentials.ts';

export interface ResumeOptions {
  readonly model?: string | null | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** False: a turn that waits for an answer is stopped. */
  readonly continuePendingWork?: boolean;
  readonly gitHubToken?: string | null | undefined;
  readonly provider?: OwnProviderWithKey | null | undefined;
}

type ResumeServices = Pick<
  SessionServices,
  'store' | 'profiles' | 'runtime' | 'gitHubTokens' | 'providerKeys'
>;

/**
 * Attached with these settings from now on; what is absent or null stays.
 * @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT, POLICY_BLOCKED
 */
export async function resumeSession(
  session: Session,
  options: ResumeOptions,
  services: ResumeServices,
): Promise<void> {
  await attachWithSettings(session, options, services);
  // One with open requests may have been attached before anybody asked, and then goes on.
  if (options.continuePendingWork === false && session.state === 'WAITING_FOR_INPUT') {
    await session.turnControl.abort(null);
  }
}

async function attachWithSettings(
  session: Session,
  options: ResumeOptions,
  services: ResumeServices,
): Promise<void> {
  const before = await services.store.find(session.id);
  if (!before) return;
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
  if (gitHubToken == null) await session.attach({ continuePendingWork });
  else await updateCredentials(session, { gitHubToken, continuePendingWork }, services);
  if (choice) await changeModel(session, choice, services);
}
