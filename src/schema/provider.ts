import type { ProfileProvider } from '../resolvers/status.ts';
import { builder } from './builder.ts';

export const ProviderTypeRef = builder.enumType('ProviderType', {
  description: 'The API family of a model provider.',
  values: {
    OPENAI: {
      value: 'openai',
      description: 'The OpenAI API, or an API that is compatible with it.',
    },
    AZURE: { value: 'azure', description: 'The Azure OpenAI API.' },
    ANTHROPIC: { value: 'anthropic', description: 'The Anthropic API.' },
  } as const,
});

const WireApiRef = builder.enumType('WireApi', {
  description: 'Which of the two text generation APIs of OpenAI and Azure OpenAI is called.',
  values: {
    COMPLETIONS: { value: 'completions', description: 'The Chat Completions API.' },
    RESPONSES: { value: 'responses', description: 'The Responses API.' },
  } as const,
});

export const ProviderInputRef = builder.inputType('ProviderInput', {
  description:
    'A model provider that the client supplies, instead of GitHub or the provider of the profile. The key is write-only: it is held in memory and never stored, logged or returned. Type, URL and versions are stored with the session.',
  fields: (t) => ({
    type: t.field({
      type: ProviderTypeRef,
      required: true,
      description: 'The API family of the provider.',
    }),
    baseUrl: t.string({
      required: true,
      description:
        'The base URL of the API: an https URL without user name, password, query and fragment, at most 2048 characters. POLICY_BLOCKED if the server does not allow the host.',
    }),
    apiKey: t.string({
      description:
        'The API key, sent in the header that is usual for the API family. BAD_USER_INPUT together with `bearerToken`. If both are absent, requests are sent without authentication.',
    }),
    bearerToken: t.string({
      description: 'A token that is sent as `Authorization: Bearer`, instead of `apiKey`.',
    }),
    wireApi: t.field({
      type: WireApiRef,
      description:
        'The API that is called for OPENAI and AZURE; COMPLETIONS if absent. BAD_USER_INPUT with ANTHROPIC.',
    }),
    azureApiVersion: t.string({
      description:
        'The version of the Azure OpenAI API, for example `2024-10-21`. If absent, the route without a version is called. BAD_USER_INPUT for other providers than AZURE.',
    }),
  }),
});

export const ProfileProviderRef = builder.objectRef<ProfileProvider>('ProfileProvider').implement({
  description: 'The model provider that the sessions of a profile use instead of a GitHub account.',
  fields: (t) => ({
    profile: t.exposeString('profile', { description: 'The name of the profile.' }),
    type: t.expose('type', {
      type: ProviderTypeRef,
      description: 'The API family of the provider.',
    }),
    host: t.exposeString('host', {
      description: 'The host of the provider, with the port if its URL has one.',
    }),
  }),
});
