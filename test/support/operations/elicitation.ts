import { join } from 'node:path';

import type { ToolCall } from './requests.ts';

const mcpServer = join(import.meta.dirname, '../models/mcp-server.ts');

/** A profile with an MCP server whose tool `ask` elicits the form that it is called with. */
export const elicitingProfile = {
  tools: ['builtin:*', 'mcp:*'],
  mcpServers: {
    shop: {
      type: 'stdio',
      command: process.execPath,
      args: [`--import=${import.meta.resolve('tsx')}`, mcpServer],
    },
  },
  permissions: { mode: 'ask', allow: ['MCP'] },
};

export const sizeForm = {
  type: 'object',
  properties: {
    size: { type: 'string', enum: ['S', 'M'], title: 'Size' },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    gift: { type: 'boolean' },
  },
  required: ['size'],
};

/** Returns a call of the tool that elicits a form. */
export function elicit(message: string, requestedSchema: object = sizeForm): ToolCall {
  return { name: 'shop-ask', args: { message, requestedSchema } };
}
