import type { ProfileProvider } from '../resolvers/status.ts';
import { builder } from './builder.ts';

export const ProviderTypeRef = builder.enumType('ProviderType', {
  description: 'By which rules a model provider is called.',
  values: {
    OPENAI: { value: 'openai', description: 'OpenAI, or what is compatible with it.' },
    AZURE: { value: 'azure', description: 'Azure OpenAI.' },
    ANTHROPIC: { value: 'anthropic', description: 'Anthropic.' },
  } as const,
});

const WireApiRef = builder.enumType('WireApi', {
  description: 'Which of the two APIs of OpenAI and Azure is used.',
  values: {
    COMPLETIONS: { value: 'completions', description: 'Chat completions.' },
    RESPONSES: { value: 'responses', description: 'Responses.' },
  } as const,
});

export const ProviderInputRef = builder.inputType('ProviderInput', {
  description:
    'A model provider of the client. Write-only: its key is held in memory, never stored, logged or returned.',
  fields: (t) => ({
    type: t.field({ type: ProviderTypeRef, required: true, description: 'How it is called.' }),
    baseUrl: t.string({
      required: true,
      description:
        'Where it is: an https URL without user name, password, query and fragment. POLICY_BLOCKED when the server does not allow the host.',
    }),
    apiKey: t.string({ description: 'Its key.' }),
    bearerToken: t.string({ description: 'Instead of the key: sent as `Authorization: Bearer`.' }),
    wireApi: t.field({ type: WireApiRef, description: 'COMPLETIONS when absent.' }),
    azureApiVersion: t.string({
      description: 'For AZURE, such as 2024-10-21; the route without a version when absent.',
    }),
  }),
});

export const ProfileProviderRef = builder.objectRef<ProfileProvider>('ProfileProvider').implement({
  description: 'The model provider that a profile has instead of a GitHub account.',
  fields: (t) => ({
    profile: t.exposeString('profile', { description: 'Name of the profile.' }),
    type: t.expose('type', { type: ProviderTypeRef, description: 'How it is called.' }),
    host: t.exposeString('host', { description: 'Where it is: host, and port if it says one.' }),
  }),
});
