/** The kind of action that the agent requests permission for. */
export type PermissionKind =
  'SHELL' | 'WRITE' | 'READ' | 'MCP' | 'CUSTOM_TOOL' | 'URL' | 'MEMORY' | 'HOOK' | 'OTHER';

export interface PermissionDetails {
  readonly kind: 'permission';
  readonly permissionKind: PermissionKind;
  readonly toolName: string | null;
  readonly mcpServer: string | null;
  /** One line for people. */
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
  /** Whether the answer may be something else than one of the choices. */
  readonly allowFreeform: boolean;
}

/** A form to fill in, or a web page to open. */
export interface ElicitationDetails {
  readonly kind: 'elicitation';
  readonly message: string;
  /** JSON Schema of the object that the form describes. */
  readonly requestedSchema: Readonly<Record<string, unknown>>;
  /** Name of the MCP server that created the request. */
  readonly mcpServer: string | null;
  /** URL of the web page; null for a form. */
  readonly url: string | null;
}

/** A call of a tool that clients of the session run. */
export interface ClientToolDetails {
  readonly kind: 'client_tool';
  readonly toolName: string;
  readonly arguments: unknown;
}

/** The fields that depend on the kind of the request. */
export type RequestDetails =
  PermissionDetails | UserInputDetails | ElicitationDetails | ClientToolDetails;
export type RequestKind = RequestDetails['kind'];

/** A request of the agent that waits for a response. */
export type PendingRequest = RequestDetails & {
  /** Id in the runtime. */
  readonly requestId: string;
  readonly sessionId: string;
  readonly turnMessageId: string | null;
  readonly agentId: string | null;
  /** Public id of the tool call that the request is about. */
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
