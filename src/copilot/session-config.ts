import type { SessionConfigBase } from '@github/copilot-sdk';

import type { ProviderConfig } from '../config.ts';
import type { SessionRecord } from '../directory/session-directory.ts';
import { rejectPermissions } from './permission-policy.ts';
import { toRuntimeEffort } from './runtime-words.ts';

/** What the runtime must be told on each attach: it does not keep settings, keys least of all. */
export function sessionConfig(
  record: SessionRecord,
  provider: ProviderConfig | null,
): SessionConfigBase {
  return {
    clientName: 'copilot-graphql-gateway',
    streaming: true,
    onPermissionRequest: rejectPermissions,
    ...(record.model === null ? {} : { model: record.model }),
    ...(record.reasoningEffort === null
      ? {}
      : { reasoningEffort: toRuntimeEffort(record.reasoningEffort) }),
    ...(record.instructions === null
      ? {}
      : { systemMessage: { mode: 'append', content: record.instructions } }),
    ...(provider === null
      ? {}
      : {
          provider: {
            type: provider.type,
            baseUrl: provider.baseUrl,
            ...(provider.apiKey === null ? {} : { apiKey: provider.apiKey }),
          },
        }),
  };
}
