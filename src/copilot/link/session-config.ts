import type {
  ProviderConfig as RuntimeProvider,
  SessionConfigBase,
  SystemMessageConfig,
} from '@github/copilot-sdk';

import type { SessionRecord } from '../../store/session-store.ts';
import type { ModelProvider } from '../profiles/model-provider.ts';
import type { Profile } from '../profiles/profiles.ts';
import { toSdkReasoningEffort } from '../runtime/sdk-values.ts';

/** Settings of every session. */
export const baseSessionConfig = {
  clientName: 'copilot-graphql-gateway',
  streaming: true,
  // Requests are reported as events, so that any client can respond.
  onPermissionRequest: () => ({ kind: 'no-result' }),
  // The same. Nothing refers to the promise, so that it can be collected with its request.
  onElicitationRequest: () => new Promise(() => undefined),
} as const satisfies SessionConfigBase;

/**
 * Builds the settings for an attach: the runtime does not keep any, in particular no keys.
 *
 * @param workingDirectory null: that of the runtime
 */
export function buildSessionConfig(
  record: SessionRecord,
  profile: Profile,
  workingDirectory: string | null,
): SessionConfigBase {
  const model = resolveModel(record, profile);
  const systemMessage = buildSystemMessage(record, profile);
  return {
    ...baseSessionConfig,
    // Without this list, the runtime would offer all its tools.
    availableTools: [...profile.tools],
    mcpServers: { ...profile.mcpServers },
    ...(workingDirectory === null ? {} : { workingDirectory }),
    ...(model === null ? {} : { model }),
    ...(record.reasoningEffort === null
      ? {}
      : { reasoningEffort: toSdkReasoningEffort(record.reasoningEffort) }),
    ...(systemMessage === null ? {} : { systemMessage }),
    ...(profile.provider === null ? {} : { provider: toRuntimeProvider(profile.provider) }),
  };
}

/** Falls back to the default model when the profile no longer offers the model of the session. */
function resolveModel({ model }: SessionRecord, { models, defaultModel }: Profile): string | null {
  const isOffered = models === null || models.some(({ name }) => name === model);
  return model !== null && isOffered ? model : defaultModel;
}

function buildSystemMessage(record: SessionRecord, profile: Profile): SystemMessageConfig | null {
  const { mode = 'append', content = null } = profile.systemMessage ?? {};
  const texts = [content, record.instructions].filter((text) => text !== null);
  return texts.length === 0 ? null : { mode, content: texts.join('\n\n') };
}

function toRuntimeProvider(provider: ModelProvider): RuntimeProvider {
  const { type, baseUrl, apiKey, bearerToken, wireApi, azureApiVersion } = provider;
  return {
    type,
    baseUrl,
    ...(apiKey === null ? {} : { apiKey }),
    ...(bearerToken === null ? {} : { bearerToken }),
    ...(wireApi === null ? {} : { wireApi }),
    ...(azureApiVersion === null ? {} : { azure: { apiVersion: azureApiVersion } }),
  };
}
