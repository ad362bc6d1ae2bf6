/** What the agent asks permission for. */
export type PermissionKind =
  'SHELL' | 'WRITE' | 'READ' | 'MCP' | 'CUSTOM_TOOL' | 'URL' | 'MEMORY' | 'HOOK' | 'OTHER';

export interface PermissionDetails {
  readonly kind: 'permission';
  readonly permissionKind: PermissionKind;
  readonly toolName: string | null;
  readonly mcpServer: string | null;
  /** For people, in one line. */
  readonly summary: string;
  readonly command: string | null;
  readonly diff: string | null;
  readonly arguments: unknown;
  readonly paths: readonly string[];
  readonly urls: readonly string[];
  readonly warning: string | null;
  readonly canApproveForSession: boolean;
}

export interface UserInputDetails {
  readonly kind: 'user_input';
  readonly question: string;
  readonly choices: readonly string[];
  /** An answer need not be one of the choices. */
  readonly allowFreeform: boolean;
}

/** A form to fill in, or a page to open. */
export interface ElicitationDetails {
  readonly kind: 'elicitation';
  readonly message: string;
  /** JSON Schema of an object. */
  readonly requestedSchema: Readonly<Record<string, unknown>>;
  /** The MCP server that asks. */
  readonly mcpServer: string | null;
  /** Of the page. */
  readonly url: string | null;
}

/** A tool that one of the session's clients runs. */
export interface ClientToolDetails {
  readonly kind: 'client_tool';
  readonly toolName: string;
  readonly arguments: unknown;
}

/** What is asked, by its kind. */
export type RequestDetails =
  PermissionDetails | UserInputDetails | ElicitationDetails | ClientToolDetails;
export type RequestKind = RequestDetails['kind'];

/** Something that the agent waits for. */
export type PendingRequest = RequestDetails & {
  /** The runtime's id. */
  readonly requestId: string;
  readonly sessionId: string;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
  /** Public id of the tool call that it is about. */
  readonly toolCallId: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
};

export type PendingRequestByKind<K extends RequestKind> = Extract<PendingRequest, { kind: K }>;

export type RequestResolution =
  | 'APPROVED'
  | 'APPROVED_FOR_SESSION'
  | 'REJECTED'
  | 'ANSWERED'
  | 'DECLINED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'BY_POLICY'
  | 'WITHDRAWN';
