import type { PermissionDetails, PermissionKind } from '../../events/pending-request.ts';
import { toSessionApproval } from './session-approval.ts';
import type { EventData } from './translation.ts';

type RuntimePermissionRequest = EventData<'permission.requested'>['permissionRequest'];
type RuntimePermissionKind = RuntimePermissionRequest['kind'];
type KindDetails = Partial<PermissionDetails> & Pick<PermissionDetails, 'summary'>;

const kindsByRuntimeKind: Readonly<Partial<Record<RuntimePermissionKind, PermissionKind>>> = {
  shell: 'SHELL',
  write: 'WRITE',
  read: 'READ',
  mcp: 'MCP',
  'custom-tool': 'CUSTOM_TOOL',
  url: 'URL',
  memory: 'MEMORY',
  hook: 'HOOK',
};

const detailReaders: {
  readonly [K in RuntimePermissionKind]?: (
    request: Extract<RuntimePermissionRequest, { kind: K }>,
  ) => KindDetails;
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

export function toPermissionDetails(request: RuntimePermissionRequest): PermissionDetails {
  const read = detailReaders[request.kind] as
    ((request: RuntimePermissionRequest) => KindDetails) | undefined;
  return {
    kind: 'permission',
    permissionKind: kindsByRuntimeKind[request.kind] ?? 'OTHER',
    toolName: null,
    mcpServer: null,
    command: null,
    diff: null,
    arguments: null,
    paths: [],
    urls: [],
    warning: null,
    canApproveForSession: toSessionApproval(request) !== null,
    // The fields of other kinds are not known to be safe for clients.
    ...(read?.(request) ?? { summary: request.kind }),
  };
}
