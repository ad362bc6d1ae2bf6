/** What the agent asks permission for. */
export type PermissionKind =
  'SHELL' | 'WRITE' | 'READ' | 'MCP' | 'CUSTOM_TOOL' | 'URL' | 'MEMORY' | 'HOOK' | 'OTHER';
