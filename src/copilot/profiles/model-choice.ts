import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { ReasoningEffort } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { toSdkReasoningEffort } from '../runtime/sdk-values.ts';
import type { Model } from './models.ts';
import type { Profile } from './profiles.ts';
import { listProfileModels } from './profiles.ts';

export interface ModelChoice {
  /** Null: the profile's or the runtime's own choice. */
  readonly model: string | null;
  /** Null: the model's own default. */
  readonly reasoningEffort: ReasoningEffort | null;
}

/** An effort alone leaves the model as it is. */
export async function setRuntimeModel(
  { rpc: { model: runtimeModel } }: CopilotSession,
  { model, reasoningEffort: effort }: ModelChoice,
): Promise<void> {
  const modelId = model ?? (await runtimeModel.getCurrent()).modelId;
  // Null takes an earlier one back, which the declaration does not say: without it, that one stays.
  const reasoningEffort = (effort && toSdkReasoningEffort(effort)) as string;
  if (modelId) await runtimeModel.switchTo({ modelId, reasoningEffort });
  else if (effort) await runtimeModel.setReasoningEffort({ reasoningEffort });
}

/** @throws Failure MODEL_NOT_FOUND, BAD_USER_INPUT when the model does not take the effort */
export async function checkModelChoice(
  choice: ModelChoice,
  profile: Profile,
  runtime: Runtime,
): Promise<void> {
  const name = choice.model ?? profile.defaultModel;
  if (name === null) {
    if (profile.provider === null) return;
    throw new GatewayError('BAD_USER_INPUT', 'model: needed with a provider of your own');
  }
  const models = await findKnownModels(profile, runtime);
  if (models === null) return;
  const model = models.find((candidate) => candidate.name === name);
  if (!model?.enabled) {
    throw new GatewayError(
      'MODEL_NOT_FOUND',
      'model: the profile has no such model; see `models`.',
    );
  }
  const { reasoningEffort: effort } = choice;
  if (effort === null || model.reasoningEfforts.includes(effort)) return;
  const accepted = model.reasoningEfforts.join(', ') || 'none';
  throw new GatewayError('BAD_USER_INPUT', `reasoningEffort: the model takes ${accepted}`);
}

/** Without an account only what the profile says is known; null: nothing is, as of a client's own provider. */
async function findKnownModels(
  profile: Profile,
  runtime: Runtime,
): Promise<readonly Model[] | null> {
  if (profile.provider !== null) return profile.models;
  try {
    return await listProfileModels(profile, runtime);
  } catch (error) {
    if (isGatewayError(error, 'GITHUB_AUTH_REQUIRED')) return profile.models;
    throw error;
  }
}
