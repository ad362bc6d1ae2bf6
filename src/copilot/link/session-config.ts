import type {
  ProviderConfig as RuntimeProvider,
  SessionConfigBase,
  SystemMessageConfig,
} from '@github/copilot-sdk';

import type { ProviderConfig } from '../../config/config.ts';
import type { SessionRecord } from '../../store/session-store.ts';
import type { Profile } from '../profiles/profiles.ts';
import { toSdkReasoningEffort } from '../runtime/sdk-values.ts';

/** Of every session. */
export const baseSessionConfig = {
  clientName: 'copilot-graphql-gateway',
  streaming: true,
  // Asked for by events, so that the answer may come from anywhere.
  onPermissionRequest: () => ({ kind: 'no-result' }),
  // The same; nothing holds the promise but itself, so that it does not outlive its request.
  onElicitationRequest: () => new Promise(() => undefined),
} as const satisfies SessionConfigBase;

/**
 * What the runtime must be told on each attach: it does not keep settings, keys least of all.
 * @param workingDirectory null: the runtime's own
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
    // Without this list the runtime would offer all that it has.
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

/** A model that the profile no longer has must not be used any longer. */
function resolveModel({ model }: SessionRecord, { models, defaultModel }: Profile): string | null {
  const isOffered = models === null || models.some(({ name }) => name === model);
  return model !== null && isOffered ? model : defaultModel;
}

function buildSystemMessage(record: SessionRecord, profile: Profile): SystemMessageConfig | null {
  const { mode = 'append', content = null } = profile.systemMessage ?? {};
  const texts = [content, record.instructions].filter((text) => text !== null);
  return texts.length === 0 ? null : { mode, content: texts.join('\n\n') };
}

function toRuntimeProvider(provider: ProviderConfig): RuntimeProvider {
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
