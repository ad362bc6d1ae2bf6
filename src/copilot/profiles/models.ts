import type { ModelInfo } from '@github/copilot-sdk';

import type { ReasoningEffort } from '../../store/session-store.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { allReasoningEfforts, parseReasoningEffort } from '../runtime/sdk-values.ts';

export interface Model {
  readonly name: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly vision: boolean;
  readonly contextWindow: number | null;
  readonly reasoningEfforts: readonly ReasoningEffort[];
  readonly defaultReasoningEffort: ReasoningEffort | null;
  readonly billingMultiplier: number | null;
}

/**
 * Lists the models of the GitHub account of the runtime.
 *
 * @throws {GatewayError} GITHUB_AUTH_REQUIRED
 */
export async function listAccountModels(runtime: Runtime): Promise<Model[]> {
  const models = await runtime.call((client) => client.listModels());
  return models.map(toModel);
}

/** What the configuration says about a model that no GitHub account describes. */
export interface ProviderModelConfig {
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly vision?: boolean | undefined;
  readonly contextWindow?: number | undefined;
  /** Absent when unknown: the server of the model decides. */
  readonly reasoningEfforts?: readonly ReasoningEffort[] | undefined;
  readonly defaultReasoningEffort?: ReasoningEffort | undefined;
}

/** Returns a model of a model provider. */
export function createProviderModel(known: ProviderModelConfig): Model {
  return {
    name: known.name,
    displayName: known.displayName ?? known.name,
    enabled: true,
    vision: known.vision ?? false,
    contextWindow: known.contextWindow ?? null,
    reasoningEfforts: known.reasoningEfforts ?? allReasoningEfforts,
    defaultReasoningEffort: known.defaultReasoningEffort ?? null,
    billingMultiplier: null,
  };
}

function toModel(model: ModelInfo): Model {
  return {
    name: model.id,
    displayName: model.name,
    enabled: model.policy === undefined || model.policy.state === 'enabled',
    vision: model.capabilities.supports.vision,
    contextWindow: model.capabilities.limits.max_context_window_tokens,
    reasoningEfforts: (model.supportedReasoningEfforts ?? [])
      .map(parseReasoningEffort)
      .filter((effort) => effort !== null),
    defaultReasoningEffort: parseReasoningEffort(model.defaultReasoningEffort),
    billingMultiplier: model.billing?.multiplier ?? null,
  };
}
