import type { ToolCall } from './requests.ts';

/** A tool that clients run. */
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

/** Nobody is asked whether the agent may call it. */
export const trustingProfile = {
  tools: ['builtin:*', 'custom:*'],
  permissions: { mode: 'ask', allow: ['CUSTOM_TOOL'] },
};
