import type { ToolCall } from './requests.ts';

/** A client tool. */
export const lookup = {
  name: 'lookup',
  description: 'Looks up a word',
  parameters: {
    type: 'object',
    properties: { word: { type: 'string' } },
    required: ['word'],
  },
};

export const lookupCall: ToolCall = { name: 'lookup', args: { word: 'gateway' } };

/** A profile that allows calls of client tools without a permission request. */
export const trustingProfile = {
  tools: ['builtin:*', 'custom:*'],
  permissions: { mode: 'ask', allow: ['CUSTOM_TOOL'] },
};
