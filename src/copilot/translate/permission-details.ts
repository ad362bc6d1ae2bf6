import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { PermissionBody, PermissionKind } from '../../events/request.ts';
import { sessionApprovalOf } from './session-approval.ts';

type Requested = Extract<RuntimeEvent, { type: 'permission.requested' }>['data'];
type Asked = Requested['permissionRequest'];
type AskedKind = Asked['kind'];
type Details = Partial<PermissionBody> & Pick<PermissionBody, 'summary'>;

const kinds: Readonly<Partial<Record<AskedKind, PermissionKind>>> = {
  shell: 'SHELL',
  write: 'WRITE',
  read: 'READ',
  mcp: 'MCP',
  'custom-tool': 'CUSTOM_TOOL',
  url: 'URL',
  memory: 'MEMORY',
  hook: 'HOOK',
};

const details: {
  readonly [K in AskedKind]?: (request: Extract<Asked, { kind: K }>) => Details;
} = {
  shell: (request) => ({
    summary: request.intention || request.fullCommandText,
    command: request.fullCommandText,
    paths: request.possiblePaths,
    urls: request.possibleUrls.map(({ url }) => url),
    warning: request.warning ?? null,
  }),
  write: ({ intention, diff, fileName }) => ({ summary: intention, diff, paths: [fileName] }),
  read: ({ intention, path }) => ({ summary: intention, paths: [path] }),
  mcp: (request) => ({
    summary: request.toolTitle || request.toolName,
    toolName: request.toolName,
    mcpServer: request.serverName,
    arguments: request.args ?? null,
  }),
  'custom-tool': ({ toolName, toolDescription, args }) => ({
    summary: toolDescription || toolName,
    toolName,
    arguments: args ?? null,
  }),
  url: ({ intention, url }) => ({ summary: intention || url, urls: [url] }),
  memory: ({ fact }) => ({ summary: fact }),
  hook: ({ toolName, toolArgs, hookMessage }) => ({
    summary: hookMessage ?? toolName,
    toolName,
    arguments: toolArgs ?? null,
  }),
};

export function permissionBody(request: Asked): PermissionBody {
  const read = details[request.kind] as ((request: Asked) => Details) | undefined;
  return {
    kind: 'permission',
    permissionKind: kinds[request.kind] ?? 'OTHER',
    toolName: null,
    mcpServer: null,
    command: null,
    diff: null,
    arguments: null,
    paths: [],
    urls: [],
    warning: null,
    canApproveForSession: sessionApprovalOf(request) !== null,
    // The kinds without details of their own have nothing that is known to be fit for clients.
    ...(read?.(request) ?? { summary: request.kind }),
  };
}
