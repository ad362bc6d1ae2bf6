import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError, isGatewayError } from '../../errors/gateway-error.ts';
import type { ReasoningEffort } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { toSdkReasoningEffort } from '../runtime/sdk-values.ts';
import type { Model } from './models.ts';
import type { Profile } from './profiles.ts';
import { listProfileModels } from './profiles.ts';

export interface ModelChoice {
  /** Null: the profile or the runtime chooses. */
  readonly model: string | null;
  /** Null: the default of the model. */
  readonly reasoningEffort: ReasoningEffort | null;
}

/** Sets the model and effort of an attached session. An effort alone keeps the model. */
export async function setRuntimeModel(
  { rpc: { model: runtimeModel } }: CopilotSession,
  { model, reasoningEffort: effort }: ModelChoice,
): Promise<void> {
  const modelId = model ?? (await runtimeModel.getCurrent()).modelId;
  // Null resets an earlier effort, though the SDK's types do not allow it; undefined would keep the earlier effort.
  const reasoningEffort = (effort && toSdkReasoningEffort(effort)) as string;
  if (modelId) await runtimeModel.switchTo({ modelId, reasoningEffort });
  else if (effort) await runtimeModel.setReasoningEffort({ reasoningEffort });
}

/** @throws {GatewayError} MODEL_NOT_FOUND, BAD_USER_INPUT when the model does not support the effort */
export async function checkModelChoice(
  choice: ModelChoice,
  profile: Profile,
  runtime: Runtime,
): Promise<void> {
  const name = choice.model ?? profile.defaultModel;
  if (name === null) {
    if (profile.provider === null) return;
    throw new GatewayError('BAD_USER_INPUT', 'model: is required with a client-supplied provider');
  }
  const models = await findKnownModels(profile, runtime);
  if (models === null) return;
  const model = models.find((candidate) => candidate.name === name);
  if (!model?.enabled) {
    throw new GatewayError(
      'MODEL_NOT_FOUND',
      'model: is not available in the profile; query `models`',
    );
  }
  const { reasoningEffort: effort } = choice;
  if (effort === null || model.reasoningEfforts.includes(effort)) return;
  const accepted = model.reasoningEfforts.join(', ') || 'none';
  throw new GatewayError(
    'BAD_USER_INPUT',
    `reasoningEffort: must be one that the model supports: ${accepted}`,
  );
}

/**
 * Returns the models of the account, or without an account those that the profile names; null when nothing is known, as
 * with a client-supplied provider.
 */
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
