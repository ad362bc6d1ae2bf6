/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Input of the mutation `abortTurn`. */
export type AbortTurnInput = {
  /** The ID of the session. */
  readonly sessionId: string | number;
  /** The ID of the only turn that may be aborted. If another turn is running, nothing is aborted; this protects against aborting the next turn by a late click. If absent, the running turn is aborted, whichever it is. */
  readonly turnId?: string | number | null | undefined;
};

/** A file to send with a message. The content is part of the request; files on the server cannot be attached. */
export type AttachmentInput = {
  /** The content of the file, encoded in base64 with padding and without line breaks. Must not be empty. */
  readonly data: string;
  /** The MIME type of the file: image/png, image/jpeg, image/gif, image/webp, application/pdf, text/*, application/json, application/xml or application/yaml. BAD_USER_INPUT if the content is of another type. */
  readonly mimeType: string;
  /** The file name without a directory: 1 to 255 characters, without `/`, `\`, `<`, `>`, `"` and control characters. */
  readonly name: string;
};

/** A tool that the agent may call and that clients of the session run themselves. Each call is a `ClientToolCall` in `Session.pendingRequests`. */
export type ClientToolInput = {
  /** What the tool does, for the agent to decide when to call it. 1 to 1024 characters. */
  readonly description: string;
  /** The name of the tool: 1 to 64 letters, digits, `_` and `-`. It must differ from the names of all other tools. */
  readonly name: string;
  /** The JSON Schema of the arguments (draft 2020-12, or draft-07 if `$schema` says so), with `type: "object"` and `properties`. At most 16384 bytes as JSON. */
  readonly parameters: unknown;
};

/** Settings of a new cloud session, which runs on GitHub-hosted compute. */
export type CloudInput = {
  /** The repository that the session works on. If absent, it has none. Current runtimes do not send the branch to GitHub. */
  readonly repository?: RepositoryInput | null | undefined;
};

/** Input of the mutation `createSession`. */
export type CreateSessionInput = {
  /** Tools that the clients of the session run themselves, for the whole life of the session: at most 50, together at most 65536 bytes as JSON. POLICY_BLOCKED if the profile does not allow one of them. */
  readonly clientTools?: ReadonlyArray<ClientToolInput> | null | undefined;
  /** If given, the session runs on GitHub-hosted compute instead of on the machine of the runtime. It is STARTING until its machine has started. BAD_USER_INPUT together with `sessionId`, `model`, `reasoningEffort`, `instructions`, `clientTools`, `provider` or `remote`. POLICY_BLOCKED if the profile or the organization does not allow it, NOT_SUPPORTED if the runtime has no cloud sessions. */
  readonly cloud?: CloudInput | null | undefined;
  /** A token of the GitHub account that the session uses instead of the account of the server. Write-only: it is held in memory and never stored, logged or returned. BAD_USER_INPUT together with `provider`. See `updateSessionCredentials`. */
  readonly gitHubToken?: string | null | undefined;
  /** What to do if the viewer already has a session with this ID. */
  readonly ifExists?: IfExists;
  /** Instructions for the agent, appended to the system message of the profile. At most 32768 bytes. */
  readonly instructions?: string | null | undefined;
  /** Labels to find the session by: at most 20, with unique keys. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** The name of the model that the session uses, as in `Query.models`; the default model of the profile if absent. MODEL_NOT_FOUND if the profile does not offer it. Required with `provider`, and then not restricted by the profile. */
  readonly model?: string | null | undefined;
  /** The name of the profile that the session uses, as in `Query.profiles`; `default` if absent. BAD_USER_INPUT if there is no such profile. */
  readonly profile?: string | null | undefined;
  /** A model provider of the client, used for this session only. Requires `model`. POLICY_BLOCKED if the profile or the server does not allow it, BAD_USER_INPUT together with `gitHubToken`. */
  readonly provider?: ProviderInput | null | undefined;
  /** How much the model reasons before it answers; the default of the model if absent. BAD_USER_INPUT if the model does not support the value. */
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** Whether the session is shared on GitHub web and mobile; works and fails like `setSessionRemote`. If sharing fails, no session is created. */
  readonly remote?: RemoteMode;
  /** The ID of the session, chosen by the client: 1 to 128 letters, digits, `_` and `-`. It is unique per viewer. If absent, an ID is generated. */
  readonly sessionId?: string | number | null | undefined;
  /** The title of the session, 1 to 200 characters. If absent, the runtime generates one from the conversation. */
  readonly title?: string | null | undefined;
};

/** Input of the mutation `deleteSession`. */
export type DeleteSessionInput = {
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** The kind of text that a `MessageDelta` changes. */
export const DeltaKind = {
  /** The text of a message of the agent. */
  Content: 'CONTENT',
  /** The reasoning text that the model produces before a message. */
  Reasoning: 'REASONING'
} as const;

export type DeltaKind = typeof DeltaKind[keyof typeof DeltaKind];
/** Whether a streamed text is still being written. */
export const DeltaState = {
  /** The text is final; no more patches follow. */
  Complete: 'COMPLETE',
  /** The text is invalid because its model call failed and is retried, or because the turn was aborted or interrupted. Remove the text with this `messageId` and `kind`, or ignore the value if there is none. A later patch with offset 0 may write the text again. */
  Discarded: 'DISCARDED',
  /** The text is being written; more patches may follow. */
  Streaming: 'STREAMING'
} as const;

export type DeltaState = typeof DeltaState[keyof typeof DeltaState];
/** Input of the mutation `disconnectSession`. */
export type DisconnectSessionInput = {
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** What the user did with a form or page that an MCP server asked for. */
export const ElicitationAction = {
  /** The user submitted the form or opened the page. */
  Accept: 'ACCEPT',
  /** The user dismissed the form or page without a choice. */
  Cancel: 'CANCEL',
  /** The user explicitly refused. */
  Decline: 'DECLINE'
} as const;

export type ElicitationAction = typeof ElicitationAction[keyof typeof ElicitationAction];
/** The reason why an operation failed (`errors[].extensions.code`) or why a turn failed (`TurnError.code`). New values may be added. */
export const ErrorCode = {
  /** The request is invalid. The message names the field. */
  BadUserInput: 'BAD_USER_INPUT',
  /** The worker of a cloud session did not start in time; nothing was sent. */
  CloudStartTimeout: 'CLOUD_START_TIMEOUT',
  /** The conversation does not fit into the context window of the model. */
  ContextLimitExceeded: 'CONTEXT_LIMIT_EXCEEDED',
  /** The cursor is no longer valid. Discard local state, query `cursor` and `messages`, then subscribe again. */
  CursorExpired: 'CURSOR_EXPIRED',
  /** The server runs trusted documents only, and the document is not one of them. */
  DocumentNotTrusted: 'DOCUMENT_NOT_TRUSTED',
  /** Not allowed for this viewer, from this origin or without a CSRF header. */
  Forbidden: 'FORBIDDEN',
  /** There are no usable GitHub credentials: the runtime is not signed in, the token of the session is missing, or GitHub rejected it. */
  GithubAuthRequired: 'GITHUB_AUTH_REQUIRED',
  /** An unexpected error of the gateway. Its log has the details under `requestId`. */
  InternalServerError: 'INTERNAL_SERVER_ERROR',
  /** The request exceeds a size limit of the server, or the viewer has the maximum number of sessions. */
  LimitExceeded: 'LIMIT_EXCEEDED',
  /** The model provider rejected the credentials, or the key of a client-supplied provider must be sent again. */
  ModelAuthentication: 'MODEL_AUTHENTICATION',
  /** The model call failed. */
  ModelError: 'MODEL_ERROR',
  /** The profile has no model with this id. */
  ModelNotFound: 'MODEL_NOT_FOUND',
  /** The model provider rejected the model call because of a rate limit. */
  ModelRateLimited: 'MODEL_RATE_LIMITED',
  /** The version of the runtime, the kind of session or its GitHub account does not support this. */
  NotSupported: 'NOT_SUPPORTED',
  /** A policy of the profile, the gateway or the organization does not allow this. */
  PolicyBlocked: 'POLICY_BLOCKED',
  /** The quota of the account is exhausted. */
  QuotaExceeded: 'QUOTA_EXCEEDED',
  /** Too many requests at once or in a period, or the stream reached its maximum lifetime. `retryAfterMs` is the time to wait before a retry. */
  RateLimited: 'RATE_LIMITED',
  /** The session has no request with this id. */
  RequestNotFound: 'REQUEST_NOT_FOUND',
  /** The runtime did not respond in time, or the operation exceeded its maximum duration. */
  RuntimeTimeout: 'RUNTIME_TIMEOUT',
  /** The Copilot runtime, or GitHub when the runtime needs it, is temporarily unavailable. */
  RuntimeUnavailable: 'RUNTIME_UNAVAILABLE',
  /** A turn is running, and the operation requires that no turn is running. */
  SessionBusy: 'SESSION_BUSY',
  /** The history of the session cannot be read. */
  SessionCorrupt: 'SESSION_CORRUPT',
  /** A session with this id already exists. */
  SessionExists: 'SESSION_EXISTS',
  /** The session does not exist, or the viewer has no access to it. */
  SessionNotFound: 'SESSION_NOT_FOUND',
  /** The gateway is shutting down; retry in a moment. */
  ShuttingDown: 'SHUTTING_DOWN',
  /** The runtime or the gateway ended before the turn did. */
  TurnInterrupted: 'TURN_INTERRUPTED',
  /** The session has no turn or no queued message with this id. */
  TurnNotFound: 'TURN_NOT_FOUND',
  /** The runtime reported nothing about the turn for too long, and it was stopped. */
  TurnStalled: 'TURN_STALLED',
  /** The credentials are missing, expired or invalid. */
  Unauthenticated: 'UNAUTHENTICATED'
} as const;

export type ErrorCode = typeof ErrorCode[keyof typeof ErrorCode];
/** Input of the mutation `forkSession`. */
export type ForkSessionInput = {
  /** The ID of a message in the history of the source: only what precedes it is copied. If absent, all turns that have ended are copied, and a running turn is left out. BAD_USER_INPUT if the history has no such message. */
  readonly beforeMessageId?: string | number | null | undefined;
  /** The ID of the session to copy. */
  readonly sessionId: string | number;
  /** The title of the new session, 1 to 200 characters. If absent, the runtime generates one. */
  readonly title?: string | null | undefined;
};

/** What `createSession` does if the viewer already has a session with the given ID. */
export const IfExists = {
  /** `createSession` fails with SESSION_EXISTS. */
  Fail: 'FAIL',
  /** The existing session is resumed and returned. Of the other input fields only `gitHubToken` and `provider` are applied; the rest is ignored. */
  Resume: 'RESUME'
} as const;

export type IfExists = typeof IfExists[keyof typeof IfExists];
/** A key-value pair for a session, or to find sessions by. */
export type LabelInput = {
  /** The key of the label, 1 to 64 characters. Keys are case-sensitive. */
  readonly key: string;
  /** The value of the label, at most 256 characters. It may be empty. */
  readonly value: string;
};

/** How a message is delivered while a turn is running. While no turn is running, all values start a turn immediately. */
export const MessageDelivery = {
  /** The message gets a turn of its own, which starts after the running turn and all queued turns. */
  Enqueue: 'ENQUEUE',
  /** The message steers the running turn: the agent reads it at its next step. It belongs to the running turn, which `sendMessage` returns. NOT_SUPPORTED for cloud sessions. */
  Immediate: 'IMMEDIATE',
  /** The running turn is aborted, and the message starts the next turn. Queued messages stay queued behind it. NOT_SUPPORTED for cloud sessions. */
  Interrupt: 'INTERRUPT',
  /** `sendMessage` fails with SESSION_BUSY if a turn is running or queued; nothing is sent. */
  RejectIfBusy: 'REJECT_IF_BUSY'
} as const;

export type MessageDelivery = typeof MessageDelivery[keyof typeof MessageDelivery];
/** A decision on a permission request of the agent. */
export const PermissionDecision = {
  /** Permits this action, and the same action for the rest of the session without another request. */
  ApproveForSession: 'APPROVE_FOR_SESSION',
  /** Permits this action once. */
  ApproveOnce: 'APPROVE_ONCE',
  /** Denies the action. With `feedback` the agent continues and tries something else; without it the turn ends. */
  Reject: 'REJECT'
} as const;

export type PermissionDecision = typeof PermissionDecision[keyof typeof PermissionDecision];
/** The kind of action that the agent requests permission for. */
export const PermissionKind = {
  /** Calling a tool that a client declared (`ClientToolInput`). */
  CustomTool: 'CUSTOM_TOOL',
  /** Continuing a tool call that a hook of the runtime flagged for confirmation. */
  Hook: 'HOOK',
  /** Calling a tool of an MCP server. */
  Mcp: 'MCP',
  /** Storing a fact that is kept beyond the session. */
  Memory: 'MEMORY',
  /** Any action that has no value of its own in this enum. */
  Other: 'OTHER',
  /** Reading a file or a directory. */
  Read: 'READ',
  /** Running a shell command. */
  Shell: 'SHELL',
  /** Fetching a URL. */
  Url: 'URL',
  /** Writing a file. */
  Write: 'WRITE'
} as const;

export type PermissionKind = typeof PermissionKind[keyof typeof PermissionKind];
/** A model provider that the client supplies, instead of GitHub or the provider of the profile. The key is write-only: it is held in memory and never stored, logged or returned. Type, URL and versions are stored with the session. */
export type ProviderInput = {
  /** The API key, sent in the header that is usual for the API family. BAD_USER_INPUT together with `bearerToken`. If both are absent, requests are sent without authentication. */
  readonly apiKey?: string | null | undefined;
  /** The version of the Azure OpenAI API, for example `2024-10-21`. If absent, the route without a version is called. BAD_USER_INPUT for other providers than AZURE. */
  readonly azureApiVersion?: string | null | undefined;
  /** The base URL of the API: an https URL without user name, password, query and fragment, at most 2048 characters. POLICY_BLOCKED if the server does not allow the host. */
  readonly baseUrl: string;
  /** A token that is sent as `Authorization: Bearer`, instead of `apiKey`. */
  readonly bearerToken?: string | null | undefined;
  /** The API family of the provider. */
  readonly type: ProviderType;
  /** The API that is called for OPENAI and AZURE; COMPLETIONS if absent. BAD_USER_INPUT with ANTHROPIC. */
  readonly wireApi?: WireApi | null | undefined;
};

/** The API family of a model provider. */
export const ProviderType = {
  /** The Anthropic API. */
  Anthropic: 'ANTHROPIC',
  /** The Azure OpenAI API. */
  Azure: 'AZURE',
  /** The OpenAI API, or an API that is compatible with it. */
  Openai: 'OPENAI'
} as const;

export type ProviderType = typeof ProviderType[keyof typeof ProviderType];
/** How much a model reasons before it answers. More effort takes longer and uses more tokens. */
export const ReasoningEffort = {
  /** High effort. */
  High: 'HIGH',
  /** Low effort: the shortest reasoning. */
  Low: 'LOW',
  /** Maximum effort of the model. */
  Max: 'MAX',
  /** Medium effort. */
  Medium: 'MEDIUM',
  /** Extra high effort: more than HIGH. */
  Xhigh: 'XHIGH'
} as const;

export type ReasoningEffort = typeof ReasoningEffort[keyof typeof ReasoningEffort];
/** Whether a local session is shared on GitHub web and mobile (Mission Control), and what can be done with it there. */
export const RemoteMode = {
  /** The session can be read on GitHub. */
  Export: 'EXPORT',
  /** The session is not shared. */
  Off: 'OFF',
  /** The session can be read and steered on GitHub: messages can be sent and turns aborted there. */
  On: 'ON'
} as const;

export type RemoteMode = typeof RemoteMode[keyof typeof RemoteMode];
/** Input of the mutation `removeQueuedMessage`. */
export type RemoveQueuedMessageInput = {
  /** The ID of the queued message, as in `QueuedMessage.id`. */
  readonly messageId: string | number;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** A repository on GitHub, to filter sessions by or to create a cloud session for. */
export type RepositoryInput = {
  /** The name of the branch. If absent: any branch in a filter, the default branch for a new cloud session. */
  readonly branch?: string | null | undefined;
  /** The name of the repository, without its owner. */
  readonly name: string;
  /** The login of the user or organization that owns the repository. */
  readonly owner: string;
};

/** How a pending request was resolved. */
export const RequestResolution = {
  /** A client answered the question, accepted the form, or returned the result or error of the client tool. */
  Answered: 'ANSWERED',
  /** A client permitted the action once. */
  Approved: 'APPROVED',
  /** A client permitted the action for the rest of the session. */
  ApprovedForSession: 'APPROVED_FOR_SESSION',
  /** A policy decided, such as the permission policy of the profile; no client was asked. */
  ByPolicy: 'BY_POLICY',
  /** A client dismissed the form, or the turn was aborted or the session deleted while the request was pending. */
  Cancelled: 'CANCELLED',
  /** A client declined the form. */
  Declined: 'DECLINED',
  /** No client responded before `PendingRequest.expiresAt`. */
  Expired: 'EXPIRED',
  /** A client rejected the permission request. */
  Rejected: 'REJECTED',
  /** The runtime no longer waits for a response, for example because the runtime or the gateway was restarted. */
  Withdrawn: 'WITHDRAWN'
} as const;

export type RequestResolution = typeof RequestResolution[keyof typeof RequestResolution];
/** Whether a response to a pending request was the one that resolved it. */
export const RespondOutcome = {
  /** The response was accepted and was sent to the agent. */
  Accepted: 'ACCEPTED',
  /** The request was resolved before: another client responded first, it expired, or it was cancelled or withdrawn. The response was ignored. This is not an error. */
  AlreadyResolved: 'ALREADY_RESOLVED'
} as const;

export type RespondOutcome = typeof RespondOutcome[keyof typeof RespondOutcome];
/** Input of the mutation `respondToElicitationRequest`. */
export type RespondToElicitationRequestInput = {
  /** Whether the form or page was accepted, declined or cancelled. */
  readonly action: ElicitationAction;
  /** The values of the form, as an object that matches `ElicitationRequest.requestedSchema`; only with ACCEPT and only for a form, else BAD_USER_INPUT. If absent, an empty object is submitted. At most 256 KiB as JSON (setting LIMIT_PROMPT_BYTES). */
  readonly content?: unknown;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  readonly requestId: string | number;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** Input of the mutation `respondToPermissionRequest`. */
export type RespondToPermissionRequestInput = {
  /** The decision. APPROVE_FOR_SESSION fails with BAD_USER_INPUT unless `PermissionRequest.canApproveForSession` is true. */
  readonly decision: PermissionDecision;
  /** With REJECT only: a text that tells the agent what to do instead, at most 32768 bytes. If absent, the agent does not continue and the turn ends. */
  readonly feedback?: string | null | undefined;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  readonly requestId: string | number;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** Input of the mutation `respondToToolCall`. */
export type RespondToToolCallInput = {
  /** A text that tells the agent why the tool failed. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES). */
  readonly error?: string | null | undefined;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  readonly requestId: string | number;
  /** The result of the tool; null counts as absent. The agent reads a string as it is and any other value as JSON. At most 256 KiB (setting LIMIT_PROMPT_BYTES). */
  readonly result?: unknown;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** Input of the mutation `respondToUserInputRequest`. */
export type RespondToUserInputRequestInput = {
  /** The answer: one of `UserInputRequest.choices`, or any text if `allowFreeform` is true. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES). */
  readonly answer: string;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  readonly requestId: string | number;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** Input of the mutation `resumeSession`. */
export type ResumeSessionInput = {
  /** Whether pending tool calls and requests continue. If false, a turn that is WAITING_FOR_INPUT is aborted like with `abortTurn` and its requests are CANCELLED; a turn that is not waiting continues if the session is already loaded in the runtime, and is interrupted otherwise. */
  readonly continuePendingWork?: boolean;
  /** A GitHub token for the session, with the same effect as `updateSessionCredentials`; required again after a restart of the gateway. Write-only: it is held in memory and never stored, logged or returned. */
  readonly gitHubToken?: string | null | undefined;
  /** The name of the model that the session uses from now on. If absent, the model is not changed. MODEL_NOT_FOUND if the profile does not offer it. */
  readonly model?: string | null | undefined;
  /** A model provider of the client that the session uses from now on: to supply the key again after a restart of the gateway, or to replace it. A running model call still uses the old one. Requires `model` if the session had no provider of its own. POLICY_BLOCKED if the profile or the server does not allow it, BAD_USER_INPUT if the session uses a GitHub account of its own, is shared on GitHub, or is a cloud session. */
  readonly provider?: ProviderInput | null | undefined;
  /** The reasoning effort that the session uses from now on. If absent, it is not changed. BAD_USER_INPUT if the model does not support the value. */
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** The state of the connection between the gateway and a runtime. */
export const RuntimeState = {
  /** The runtime is connected and responds. */
  Connected: 'CONNECTED',
  /** The runtime is being started, or the gateway is connecting to it. */
  Connecting: 'CONNECTING',
  /** The connection was lost or the runtime does not respond. The gateway reconnects automatically. */
  Lost: 'LOST'
} as const;

export type RuntimeState = typeof RuntimeState[keyof typeof RuntimeState];
/** Input of the mutation `sendMessage`. */
export type SendMessageInput = {
  /** Files to send with the message: at most 20, together at most 8 MiB before base64 encoding (setting LIMIT_ATTACHMENT_BYTES), else LIMIT_EXCEEDED. NOT_SUPPORTED for cloud sessions. */
  readonly attachments?: ReadonlyArray<AttachmentInput> | null | undefined;
  /** An idempotency key for the message within its session, 1 to 128 characters, generated by the client. If a message with this key was already sent, nothing is sent and the turn of the first one is returned: repeat a failed or interrupted call with the same key. */
  readonly clientMessageId?: string | number | null | undefined;
  /** How the message is delivered while a turn is running. */
  readonly delivery?: MessageDelivery;
  /** The text of the message. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES). */
  readonly prompt: string;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** What happened to a session in the list of sessions. */
export const SessionChangeKind = {
  /** The session was created. */
  Created: 'CREATED',
  /** The session was deleted. */
  Deleted: 'DELETED',
  /** Fields of the session changed. */
  Updated: 'UPDATED'
} as const;

export type SessionChangeKind = typeof SessionChangeKind[keyof typeof SessionChangeKind];
/** A type of `SessionEvent`, for the argument `types` of `sessionEvents`. Each value selects the object type of the same name: TURN_CHANGED selects `TurnChanged`. */
export const SessionEventType = {
  /** `AssistantMessageCompleted`: emitted when a message of the agent is complete. */
  AssistantMessageCompleted: 'ASSISTANT_MESSAGE_COMPLETED',
  /** `ContextCompacted`: emitted when the runtime has tried to replace the conversation by a summary in what it sends to the model. */
  ContextCompacted: 'CONTEXT_COMPACTED',
  /** `CredentialsRequired`: emitted when the session needs a GitHub token or a provider key from a client. */
  CredentialsRequired: 'CREDENTIALS_REQUIRED',
  /** `IntentChanged`: emitted when the agent reports what it is about to do. */
  IntentChanged: 'INTENT_CHANGED',
  /** `MessageDelta`: emitted when the text or the reasoning of a message grows, is completed or is discarded. */
  MessageDelta: 'MESSAGE_DELTA',
  /** `ModelChanged`: emitted when the model or the reasoning effort of the session changes. */
  ModelChanged: 'MODEL_CHANGED',
  /** `ModelRetry`: emitted when a failed model call is tried again. */
  ModelRetry: 'MODEL_RETRY',
  /** `QueueChanged`: emitted when a message is added to or leaves the queue. */
  QueueChanged: 'QUEUE_CHANGED',
  /** `RequestPending`: emitted when the agent requests a permission, an answer, a form or a client tool call and waits for it. */
  RequestPending: 'REQUEST_PENDING',
  /** `RequestResolved`: emitted when a pending request is answered, expires, is cancelled or is withdrawn. */
  RequestResolved: 'REQUEST_RESOLVED',
  /** `RuntimeChanged`: emitted when the connection to the runtime is lost or restored. */
  RuntimeChanged: 'RUNTIME_CHANGED',
  /** `SessionDeleted`: emitted as the last event when the session is deleted. */
  SessionDeleted: 'SESSION_DELETED',
  /** `SessionInfo`: emitted when the runtime reports a notice about the session. */
  SessionInfo: 'SESSION_INFO',
  /** `SessionWarning`: emitted when there is a problem that does not stop the session. */
  SessionWarning: 'SESSION_WARNING',
  /** `SubagentChanged`: emitted when a sub-agent starts, changes its model or ends. */
  SubagentChanged: 'SUBAGENT_CHANGED',
  /** `TitleChanged`: emitted when the title of the session changes. */
  TitleChanged: 'TITLE_CHANGED',
  /** `ToolCallChanged`: emitted when a tool call is requested, starts, reports progress or ends. */
  ToolCallChanged: 'TOOL_CALL_CHANGED',
  /** `ToolOutputDelta`: emitted when a running tool produces output. */
  ToolOutputDelta: 'TOOL_OUTPUT_DELTA',
  /** `TurnChanged`: emitted when a turn is queued, starts, begins or stops waiting for input, or ends. */
  TurnChanged: 'TURN_CHANGED',
  /** `UsageChanged`: emitted after each model call, and when the fill level of the context window changes. */
  UsageChanged: 'USAGE_CHANGED',
  /** `UserMessageAdded`: emitted when the agent receives a message. */
  UserMessageAdded: 'USER_MESSAGE_ADDED'
} as const;

export type SessionEventType = typeof SessionEventType[keyof typeof SessionEventType];
/** Conditions on sessions. A session must meet all conditions that are given. */
export type SessionFilter = {
  /** Whether sessions of all viewers are selected, not only those of the current viewer. FORBIDDEN unless the viewer is an operator. */
  readonly allOwners?: boolean;
  /** Selects sessions that have a label with this key and this value. */
  readonly label?: LabelInput | null | undefined;
  /** Selects sessions that run at this location. */
  readonly location?: SessionLocation | null | undefined;
  /** Selects sessions that work in this GitHub repository. */
  readonly repository?: RepositoryInput | null | undefined;
  /** Selects sessions whose title or ID contains this text, regardless of upper and lower case. For sessions of other viewers, only the ID is searched. */
  readonly search?: string | null | undefined;
  /** Selects sessions that are in one of these states. */
  readonly states?: ReadonlyArray<SessionState> | null | undefined;
  /** Selects sessions whose latest activity is after this time. */
  readonly updatedAfter?: string | null | undefined;
};

/** The place where a session runs. */
export const SessionLocation = {
  /** The session runs on GitHub-hosted compute (a cloud session). */
  Cloud: 'CLOUD',
  /** The session runs on the machine of the runtime that the gateway uses. */
  Local: 'LOCAL'
} as const;

export type SessionLocation = typeof SessionLocation[keyof typeof SessionLocation];
/** The state of a session. */
export const SessionState = {
  /** The session is not loaded in the runtime. Its history is kept, and the next message resumes it. */
  Disconnected: 'DISCONNECTED',
  /** The session is loaded in the runtime and no turn is running or queued. */
  Idle: 'IDLE',
  /** A turn is running or queued. */
  Running: 'RUNNING',
  /** A cloud session whose machine has not started yet. Messages are accepted and sent when it has started. */
  Starting: 'STARTING',
  /** A turn is running and waits for a response to a request in `Session.pendingRequests`. */
  WaitingForInput: 'WAITING_FOR_INPUT'
} as const;

export type SessionState = typeof SessionState[keyof typeof SessionState];
/** Input of the mutation `setSessionRemote`. */
export type SetSessionRemoteInput = {
  /** Whether the session is shared from now on, and what can be done with it. */
  readonly mode: RemoteMode;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** The state of a sub-agent. */
export const SubagentState = {
  /** The sub-agent or its runtime was stopped before the task was completed. */
  Cancelled: 'CANCELLED',
  /** The sub-agent has completed its task. */
  Completed: 'COMPLETED',
  /** The sub-agent ended with an error. */
  Failed: 'FAILED',
  /** The sub-agent is working on its task. */
  Running: 'RUNNING'
} as const;

export type SubagentState = typeof SubagentState[keyof typeof SubagentState];
/** The state of a tool call. */
export const ToolCallState = {
  /** Permission was denied; the tool did not run. */
  Denied: 'DENIED',
  /** The call ended with an error, which is in `error`. */
  Failed: 'FAILED',
  /** The runtime stopped working on the call before the tool had finished. */
  Interrupted: 'INTERRUPTED',
  /** The model has requested the call; it has not started. */
  Pending: 'PENDING',
  /** The tool is running, or the call is waiting for permission. */
  Running: 'RUNNING',
  /** The call ended with a result, which is in `output`. */
  Succeeded: 'SUCCEEDED'
} as const;

export type ToolCallState = typeof ToolCallState[keyof typeof ToolCallState];
/** The state of a turn. COMPLETED, FAILED and ABORTED are final, except that a turn which failed with TURN_INTERRUPTED can continue. */
export const TurnState = {
  /** The turn was aborted by a client, or it was queued and was removed or discarded before it started. */
  Aborted: 'ABORTED',
  /** The turn ended normally. */
  Completed: 'COMPLETED',
  /** The turn ended with an error, which is in `Turn.error`. */
  Failed: 'FAILED',
  /** The turn waits until the earlier turns of the session have ended. */
  Queued: 'QUEUED',
  /** The agent is working on the turn. */
  Running: 'RUNNING',
  /** The agent waits for a response to a request in `Session.pendingRequests` and then continues. */
  WaitingForInput: 'WAITING_FOR_INPUT'
} as const;

export type TurnState = typeof TurnState[keyof typeof TurnState];
/** Input of the mutation `updateSessionCredentials`. */
export type UpdateSessionCredentialsInput = {
  /** A token of a GitHub account with access to Copilot. Write-only: it is held in memory and never stored, logged or returned, so it must be set again after a restart of the gateway. */
  readonly gitHubToken: string;
  /** The ID of the session. */
  readonly sessionId: string | number;
};

/** Input of the mutation `updateSession`. */
export type UpdateSessionInput = {
  /** The new labels, which replace all existing ones: at most 20, with unique keys. Null removes all labels. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** The name of the new model, as in `Query.models`. It applies to turns that are queued after this mutation. Null resets it to the default model of the profile. MODEL_NOT_FOUND if the profile does not offer it. */
  readonly model?: string | null | undefined;
  /** The new reasoning effort. It applies to turns that are queued after this mutation. Null resets it to the default of the model. BAD_USER_INPUT if the model does not support the value. */
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** The ID of the session. */
  readonly sessionId: string | number;
  /** The new title, 1 to 200 characters. Null resets it to a title that the runtime generates from the conversation. */
  readonly title?: string | null | undefined;
};

/** Which of the two text generation APIs of OpenAI and Azure OpenAI is called. */
export const WireApi = {
  /** The Chat Completions API. */
  Completions: 'COMPLETIONS',
  /** The Responses API. */
  Responses: 'RESPONSES'
} as const;

export type WireApi = typeof WireApi[keyof typeof WireApi];
export type ListSessionsAtQueryVariables = Exact<{
  location: SessionLocation;
}>;


export type ListSessionsAtQuery = { readonly sessions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly location: SessionLocation }> } | null };

export type ReadLocationQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadLocationQuery = { readonly session: { readonly location: SessionLocation, readonly remote: { readonly url: string } | null } | null };

export type ReadAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadAccountsQuery = { readonly status: { readonly runtimes: ReadonlyArray<{ readonly auth: { readonly isAuthenticated: boolean, readonly authType: string | null, readonly login: string | null, readonly host: string | null, readonly message: string | null } | null }> } | null };

export type ReadProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadProvidersQuery = { readonly status: { readonly runtimes: ReadonlyArray<{ readonly providers: ReadonlyArray<{ readonly profile: string, readonly type: ProviderType, readonly host: string }> | null }> } | null };

export type ReadServiceAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadServiceAccountQuery = { readonly status: { readonly runtimes: ReadonlyArray<{ readonly auth: { readonly isAuthenticated: boolean, readonly authType: string | null, readonly login: string | null, readonly message: string | null } | null }> } | null };

export type ListToolCallsQueryVariables = Exact<{
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type ListToolCallsQuery = { readonly sessions: { readonly nodes: ReadonlyArray<{ readonly messages: { readonly edges: ReadonlyArray<{ readonly node:
            | { readonly toolCalls: ReadonlyArray<{ readonly id: string }> }
            | Record<PropertyKey, never>
           }> } | null }> } | null };

export type ReadAttachmentsQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadAttachmentsQuery = { readonly session: { readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly content: string, readonly attachments: ReadonlyArray<{ readonly name: string | null, readonly mimeType: string | null, readonly byteLength: number | null }> }
        | Record<PropertyKey, never>
      > } | null } | null };

export type UserMessageAttachmentsSubscriptionVariables = Exact<{
  sessionId: string | number;
}>;


export type UserMessageAttachmentsSubscription = { readonly sessionEvents:
    | { readonly userMessage: { readonly attachments: ReadonlyArray<{ readonly name: string | null, readonly mimeType: string | null, readonly byteLength: number | null }> } }
    | Record<PropertyKey, never>
   };

export type SendWithDeferredTurnMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendWithDeferredTurnMutation = { readonly sendMessage: { readonly turn: { readonly id: string } } & ({ readonly finishedTurn: { readonly state: TurnState, readonly reply: { readonly content: string } | null } | null } | { readonly finishedTurn?: never }) | null };

export type ReadReplyTwiceQueryVariables = Exact<{
  id: string | number;
  turnId: string | number;
}>;


export type ReadReplyTwiceQuery = { readonly session: { readonly turn: { readonly reply: { readonly content: string } | null } | null, readonly again: { readonly reply: { readonly content: string } | null } | null, readonly messages: { readonly edges: ReadonlyArray<{ readonly node:
          | { readonly id: string }
          | { readonly id: string }
         }> } | null } | null };

export type ReadPageTwiceQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadPageTwiceQuery = { readonly session: { readonly newest: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node:
          | { readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly state: ToolCallState, readonly output: string | null }> }
          | { readonly content: string, readonly id: string, readonly turnId: string | null }
         }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null, readonly same: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node:
          | { readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly state: ToolCallState, readonly output: string | null }> }
          | { readonly content: string, readonly id: string, readonly turnId: string | null }
         }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null } | null };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { readonly viewer: { readonly id: string, readonly name: string | null, readonly roles: ReadonlyArray<string> } | null };

export type ListOwnedSessionsQueryVariables = Exact<{
  allOwners?: boolean;
  search?: string | null | undefined;
}>;


export type ListOwnedSessionsQuery = { readonly sessions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly owner: string | null, readonly title: string | null, readonly state: SessionState }> } | null };

export type ReadMetadataQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadMetadataQuery = { readonly node:
    | { readonly owner: string | null, readonly state: SessionState, readonly createdAt: string, readonly id: string }
    | { readonly id: string }
   | null, readonly session: { readonly id: string, readonly title: string | null } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly __typename: 'Viewer', readonly id: string } | null };

export type ReadFirstMessageQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadFirstMessageQuery = { readonly session: { readonly messages: { readonly edges: ReadonlyArray<{ readonly cursor: string }> } | null } | null };

export type ReadMessageAfterQueryVariables = Exact<{
  id: string | number;
  after: string;
}>;


export type ReadMessageAfterQuery = { readonly session: { readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
      > } | null } | null };

export type ListModelsQueryVariables = Exact<{
  profile?: string | null | undefined;
}>;


export type ListModelsQuery = { readonly models: ReadonlyArray<{ readonly name: string, readonly displayName: string, readonly contextWindow: number | null, readonly reasoningEfforts: ReadonlyArray<ReasoningEffort> }> | null };

export type ListProfilesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListProfilesQuery = { readonly profiles: ReadonlyArray<{ readonly name: string, readonly description: string | null, readonly defaultModel: string | null, readonly tools: ReadonlyArray<string>, readonly allowsOwnProvider: boolean, readonly allowsCloud: boolean, readonly allowsRemote: boolean }> | null };

export type ReadRemoteQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadRemoteQuery = { readonly session: { readonly remote: { readonly url: string, readonly steerable: boolean } | null } | null };

export type SessionWarningsSubscriptionVariables = Exact<{
  sessionId: string | number;
}>;


export type SessionWarningsSubscription = { readonly sessionEvents:
    | { readonly warningType: string, readonly message: string }
    | Record<PropertyKey, never>
   };

export type ListSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: SessionFilter | null | undefined;
}>;


export type ListSessionsQuery = { readonly sessions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string }>, readonly edges: ReadonlyArray<{ readonly cursor: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type ReadNodesQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadNodesQuery = { readonly session:
    | { readonly __typename: 'Session', readonly title: string | null, readonly id: string }
    | { readonly __typename: 'Status', readonly id: string }
   | null, readonly status:
    | { readonly __typename: 'Session', readonly id: string }
    | { readonly __typename: 'Status', readonly healthy: boolean, readonly id: string }
   | null, readonly nothing:
    | { readonly id: string }
    | { readonly id: string }
   | null };

export type ListMessageTextsQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
}>;


export type ListMessageTextsQuery = { readonly session: { readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly content: string }
        | { readonly content: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly endCursor: string | null } } | null } | null };

export type SettingsWarningsSubscriptionVariables = Exact<{
  sessionId: string | number;
}>;


export type SettingsWarningsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted' }
    | { readonly __typename: 'ContextCompacted' }
    | { readonly __typename: 'CredentialsRequired' }
    | { readonly __typename: 'IntentChanged' }
    | { readonly __typename: 'MessageDelta' }
    | { readonly __typename: 'ModelChanged' }
    | { readonly __typename: 'ModelRetry' }
    | { readonly __typename: 'QueueChanged' }
    | { readonly __typename: 'RequestPending' }
    | { readonly __typename: 'RequestResolved' }
    | { readonly __typename: 'RuntimeChanged' }
    | { readonly __typename: 'SessionDeleted' }
    | { readonly __typename: 'SessionInfo' }
    | { readonly __typename: 'SessionWarning', readonly warningType: string, readonly message: string, readonly url: string | null }
    | { readonly __typename: 'SubagentChanged' }
    | { readonly __typename: 'TitleChanged' }
    | { readonly __typename: 'ToolCallChanged' }
    | { readonly __typename: 'ToolOutputDelta' }
    | { readonly __typename: 'TurnChanged' }
    | { readonly __typename: 'UsageChanged' }
    | { readonly __typename: 'UserMessageAdded' }
   };

export type ReadWholeStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadWholeStatusQuery = { readonly status: { readonly id: string, readonly healthy: boolean, readonly gateway: { readonly version: string, readonly startedAt: string, readonly draining: boolean, readonly openSessions: number | null, readonly activeSubscriptions: number | null, readonly lastCleanup: { readonly examined: number } | null }, readonly runtimes: ReadonlyArray<{ readonly id: string, readonly state: RuntimeState, readonly version: string | null, readonly protocolVersion: number | null, readonly latencyMs: number | null, readonly lastSeenAt: string | null, readonly lastError: string | null, readonly openSessions: number | null, readonly auth: { readonly isAuthenticated: boolean, readonly login: string | null } | null }> } | null };

export type ReadAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadAccountQuery = { readonly viewer: { readonly id: string, readonly name: string | null, readonly roles: ReadonlyArray<string> } | null, readonly profiles: ReadonlyArray<{ readonly name: string, readonly description: string | null, readonly defaultModel: string | null, readonly tools: ReadonlyArray<string> }> | null, readonly models: ReadonlyArray<{ readonly name: string, readonly displayName: string, readonly enabled: boolean }> | null, readonly ofProfile: ReadonlyArray<{ readonly name: string }> | null };

export type SlowMessageDeltaSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
  maxLatencyMs: number;
}>;


export type SlowMessageDeltaSubscription = { readonly messageDelta: { readonly cursor: string, readonly turnId: string | null, readonly messageId: string, readonly kind: DeltaKind, readonly offset: number, readonly text: string, readonly state: DeltaState } };

export type SlowSessionEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
  maxLatencyMs: number;
}>;


export type SlowSessionEventsSubscription = { readonly sessionEvents:
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
    | { readonly cursor: string }
   };

export type SessionStateChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SessionStateChangedSubscription = { readonly sessionsChanged: { readonly kind: SessionChangeKind, readonly session: { readonly id: string, readonly state: SessionState } | null } };

export type ReadHistoryQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadHistoryQuery = { readonly session: { readonly cursor: string | null, readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'AssistantMessage', readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly state: ToolCallState }> }
        | { readonly __typename: 'UserMessage', readonly content: string, readonly id: string, readonly turnId: string | null }
      > } | null } | null };

export type ReadCleanupQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadCleanupQuery = { readonly status: { readonly gateway: { readonly lastCleanup: { readonly finishedAt: string, readonly examined: number, readonly deleted: number, readonly dryRun: boolean, readonly nextAt: string | null } | null } } | null };

export type AgentEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
  types?: ReadonlyArray<SessionEventType> | SessionEventType | null | undefined;
}>;


export type AgentEventsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ContextCompacted', readonly succeeded: boolean, readonly tokensBefore: number | null, readonly tokensAfter: number | null, readonly messagesRemoved: number | null, readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'CredentialsRequired', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'IntentChanged', readonly intent: string, readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'MessageDelta', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ModelChanged', readonly model: string | null, readonly previousModel: string | null, readonly cause: string | null, readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ModelRetry', readonly reason: string, readonly model: string | null, readonly statusCode: number | null, readonly attempt: number | null, readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'QueueChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RequestPending', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RequestResolved', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RuntimeChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionDeleted', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionInfo', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionWarning', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SubagentChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly subagent: { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly state: SubagentState, readonly toolCallId: string | null, readonly toolCallCount: number | null, readonly tokens: number | null, readonly error: string | null } }
    | { readonly __typename: 'TitleChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ToolCallChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ToolOutputDelta', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'TurnChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'UsageChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly turnUsage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly durationMs: number | null, readonly timeToFirstTokenMs: number | null, readonly model: string | null } | null, readonly sessionUsage: { readonly turns: number, readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly contextTokens: number | null, readonly contextLimit: number | null } }
    | { readonly __typename: 'UserMessageAdded', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
   };

export type ReadUsageQueryVariables = Exact<{
  id: string | number;
  turnId: string | number;
}>;


export type ReadUsageQuery = { readonly session: { readonly usage: { readonly turns: number, readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly contextTokens: number | null, readonly contextLimit: number | null } | null, readonly turn: { readonly usage: { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly durationMs: number | null, readonly timeToFirstTokenMs: number | null, readonly model: string | null } | null } | null } | null };

export type ReadSubagentsQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadSubagentsQuery = { readonly session: { readonly subagents: ReadonlyArray<{ readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly state: SubagentState, readonly toolCallId: string | null, readonly toolCallCount: number | null, readonly tokens: number | null, readonly error: string | null }> | null } | null };

export type CreateCloudSessionMutationVariables = Exact<{
  input: CreateSessionInput;
}>;


export type CreateCloudSessionMutation = { readonly createSession: { readonly created: boolean, readonly session: { readonly id: string, readonly state: SessionState, readonly location: SessionLocation, readonly repository: { readonly owner: string, readonly name: string } | null, readonly remote: { readonly url: string, readonly steerable: boolean } | null, readonly queuedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string }> | null } } | null };

export type ReadCloudSessionQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadCloudSessionQuery = { readonly session: { readonly id: string, readonly state: SessionState, readonly location: SessionLocation, readonly repository: { readonly owner: string, readonly name: string } | null, readonly remote: { readonly url: string, readonly steerable: boolean } | null, readonly queuedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string }> | null } | null };

export type MessageDeltaSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
}>;


export type MessageDeltaSubscription = { readonly messageDelta: { readonly cursor: string, readonly turnId: string | null, readonly messageId: string, readonly kind: DeltaKind, readonly offset: number, readonly text: string, readonly state: DeltaState } };

export type SessionEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
  types?: ReadonlyArray<SessionEventType> | SessionEventType | null | undefined;
}>;


export type SessionEventsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted', readonly cursor: string, readonly turnId: string | null, readonly assistantMessage: { readonly id: string, readonly content: string } }
    | { readonly __typename: 'ContextCompacted', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'CredentialsRequired', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'IntentChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'MessageDelta', readonly cursor: string, readonly turnId: string | null, readonly messageId: string, readonly kind: DeltaKind, readonly offset: number, readonly text: string, readonly state: DeltaState }
    | { readonly __typename: 'ModelChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ModelRetry', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'QueueChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'RequestPending', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'RequestResolved', readonly resolution: RequestResolution, readonly feedback: string | null, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'RuntimeChanged', readonly runtimeState: RuntimeState, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionDeleted', readonly deletedSessionId: string, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionInfo', readonly infoType: string, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionWarning', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SubagentChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'TitleChanged', readonly title: string, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ToolCallChanged', readonly cursor: string, readonly turnId: string | null, readonly toolCall: { readonly id: string, readonly name: string, readonly state: ToolCallState } }
    | { readonly __typename: 'ToolOutputDelta', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'TurnChanged', readonly cursor: string, readonly turnId: string | null, readonly turn: { readonly id: string, readonly state: TurnState, readonly startedAt: string | null, readonly finishedAt: string | null, readonly reply: { readonly id: string, readonly content: string, readonly reasoning: string | null, readonly turnId: string | null } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryable: boolean, readonly statusCode: number | null } | null } }
    | { readonly __typename: 'UsageChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'UserMessageAdded', readonly cursor: string, readonly turnId: string | null, readonly userMessage: { readonly id: string, readonly content: string } }
   };

export type SessionInfoSubscriptionVariables = Exact<{
  sessionId: string | number;
  infoTypes?: ReadonlyArray<string> | string | null | undefined;
}>;


export type SessionInfoSubscription = { readonly sessionInfo: { readonly infoType: string, readonly message: string, readonly url: string | null } };

export type CredentialsRequiredSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
}>;


export type CredentialsRequiredSubscription = { readonly sessionEvents:
    | { readonly host: string | null, readonly reason: string }
    | Record<PropertyKey, never>
   };

export type SessionFieldsFragment = { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> };

type MessageFields_AssistantMessage_Fragment = { readonly __typename: 'AssistantMessage', readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly state: ToolCallState }> };

type MessageFields_UserMessage_Fragment = { readonly __typename: 'UserMessage', readonly content: string, readonly id: string, readonly turnId: string | null };

export type MessageFieldsFragment =
  | MessageFields_AssistantMessage_Fragment
  | MessageFields_UserMessage_Fragment
;

export type MessagePageFieldsFragment = { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node:
      | { readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly state: ToolCallState, readonly output: string | null }> }
      | { readonly content: string, readonly id: string, readonly turnId: string | null }
     }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } };

export type DeltaFieldsFragment = { readonly cursor: string, readonly turnId: string | null, readonly messageId: string, readonly kind: DeltaKind, readonly offset: number, readonly text: string, readonly state: DeltaState };

export type TurnFieldsFragment = { readonly id: string, readonly state: TurnState, readonly startedAt: string | null, readonly finishedAt: string | null, readonly reply: { readonly id: string, readonly content: string, readonly reasoning: string | null, readonly turnId: string | null } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryable: boolean, readonly statusCode: number | null } | null };

export type QueuedMessageFieldsFragment = { readonly id: string, readonly prompt: string, readonly queuedAt: string };

type RequestFields_ClientToolCall_Fragment = { readonly __typename: 'ClientToolCall', readonly toolName: string | null, readonly arguments: unknown, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null };

type RequestFields_ElicitationRequest_Fragment = { readonly __typename: 'ElicitationRequest', readonly message: string, readonly requestedSchema: unknown, readonly mcpServer: string | null, readonly url: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null };

type RequestFields_PermissionRequest_Fragment = { readonly __typename: 'PermissionRequest', readonly kind: PermissionKind, readonly summary: string, readonly command: string | null, readonly diff: string | null, readonly paths: ReadonlyArray<string>, readonly canApproveForSession: boolean, readonly arguments: unknown, readonly toolName: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null };

type RequestFields_UserInputRequest_Fragment = { readonly __typename: 'UserInputRequest', readonly question: string, readonly choices: ReadonlyArray<string>, readonly allowFreeform: boolean, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null };

export type RequestFieldsFragment =
  | RequestFields_ClientToolCall_Fragment
  | RequestFields_ElicitationRequest_Fragment
  | RequestFields_PermissionRequest_Fragment
  | RequestFields_UserInputRequest_Fragment
;

export type PendingRequestIdsFragment = { readonly state: SessionState, readonly pendingRequests: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
    | { readonly id: string }
  > | null };

export type StatusFieldsFragment = { readonly healthy: boolean, readonly gateway: { readonly draining: boolean, readonly activeSubscriptions: number | null }, readonly runtimes: ReadonlyArray<{ readonly state: RuntimeState, readonly lastError: string | null }> };

export type TurnUsageFieldsFragment = { readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly durationMs: number | null, readonly timeToFirstTokenMs: number | null, readonly model: string | null };

export type SessionUsageFieldsFragment = { readonly turns: number, readonly inputTokens: number, readonly outputTokens: number, readonly cacheReadTokens: number, readonly cacheWriteTokens: number, readonly premiumRequests: number | null, readonly contextTokens: number | null, readonly contextLimit: number | null };

export type SubagentFieldsFragment = { readonly id: string, readonly name: string, readonly displayName: string, readonly description: string | null, readonly state: SubagentState, readonly toolCallId: string | null, readonly toolCallCount: number | null, readonly tokens: number | null, readonly error: string | null };

export type CloudSessionFieldsFragment = { readonly id: string, readonly state: SessionState, readonly location: SessionLocation, readonly repository: { readonly owner: string, readonly name: string } | null, readonly remote: { readonly url: string, readonly steerable: boolean } | null, readonly queuedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string }> | null };

export type ListMessagesQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ListMessagesQuery = { readonly session: { readonly state: SessionState, readonly messages: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node:
          | { readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly state: ToolCallState, readonly output: string | null }> }
          | { readonly content: string, readonly id: string, readonly turnId: string | null }
         }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null } | null };

export type RequestEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
}>;


export type RequestEventsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ContextCompacted', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'CredentialsRequired', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'IntentChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'MessageDelta', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ModelChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ModelRetry', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'QueueChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'RequestPending', readonly cursor: string, readonly turnId: string | null, readonly request:
        | { readonly __typename: 'ClientToolCall', readonly toolName: string | null, readonly arguments: unknown, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
        | { readonly __typename: 'ElicitationRequest', readonly message: string, readonly requestedSchema: unknown, readonly mcpServer: string | null, readonly url: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
        | { readonly __typename: 'PermissionRequest', readonly kind: PermissionKind, readonly summary: string, readonly command: string | null, readonly diff: string | null, readonly paths: ReadonlyArray<string>, readonly canApproveForSession: boolean, readonly arguments: unknown, readonly toolName: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
        | { readonly __typename: 'UserInputRequest', readonly question: string, readonly choices: ReadonlyArray<string>, readonly allowFreeform: boolean, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
       }
    | { readonly __typename: 'RequestResolved', readonly requestId: string, readonly resolution: RequestResolution, readonly feedback: string | null, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'RuntimeChanged', readonly runtimeState: RuntimeState, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionDeleted', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionInfo', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SessionWarning', readonly warningType: string, readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'SubagentChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'TitleChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'ToolCallChanged', readonly cursor: string, readonly turnId: string | null, readonly toolCall: { readonly id: string, readonly name: string, readonly state: ToolCallState, readonly output: string | null, readonly error: string | null } }
    | { readonly __typename: 'ToolOutputDelta', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'TurnChanged', readonly cursor: string, readonly turnId: string | null, readonly turn: { readonly id: string, readonly state: TurnState, readonly startedAt: string | null, readonly finishedAt: string | null, readonly reply: { readonly id: string, readonly content: string, readonly reasoning: string | null, readonly turnId: string | null } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryable: boolean, readonly statusCode: number | null } | null } }
    | { readonly __typename: 'UsageChanged', readonly cursor: string, readonly turnId: string | null }
    | { readonly __typename: 'UserMessageAdded', readonly cursor: string, readonly turnId: string | null }
   };

export type ReadRequestsQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadRequestsQuery = { readonly session: { readonly state: SessionState, readonly currentTurn: { readonly id: string, readonly state: TurnState } | null, readonly pendingRequests: ReadonlyArray<
      | { readonly __typename: 'ClientToolCall', readonly toolName: string | null, readonly arguments: unknown, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
      | { readonly __typename: 'ElicitationRequest', readonly message: string, readonly requestedSchema: unknown, readonly mcpServer: string | null, readonly url: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
      | { readonly __typename: 'PermissionRequest', readonly kind: PermissionKind, readonly summary: string, readonly command: string | null, readonly diff: string | null, readonly paths: ReadonlyArray<string>, readonly canApproveForSession: boolean, readonly arguments: unknown, readonly toolName: string | null, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
      | { readonly __typename: 'UserInputRequest', readonly question: string, readonly choices: ReadonlyArray<string>, readonly allowFreeform: boolean, readonly id: string, readonly sessionId: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCallId: string | null, readonly requestedAt: string, readonly expiresAt: string | null }
    > | null } | null };

export type RespondToPermissionRequestMutationVariables = Exact<{
  input: RespondToPermissionRequestInput;
}>;


export type RespondToPermissionRequestMutation = { readonly respondToPermissionRequest: { readonly outcome: RespondOutcome, readonly session: { readonly state: SessionState, readonly pendingRequests: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
      > | null } } | null };

export type RespondToUserInputRequestMutationVariables = Exact<{
  input: RespondToUserInputRequestInput;
}>;


export type RespondToUserInputRequestMutation = { readonly respondToUserInputRequest: { readonly outcome: RespondOutcome, readonly session: { readonly state: SessionState, readonly pendingRequests: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
      > | null } } | null };

export type RespondToElicitationRequestMutationVariables = Exact<{
  input: RespondToElicitationRequestInput;
}>;


export type RespondToElicitationRequestMutation = { readonly respondToElicitationRequest: { readonly outcome: RespondOutcome, readonly session: { readonly state: SessionState, readonly pendingRequests: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
      > | null } } | null };

export type RespondToToolCallMutationVariables = Exact<{
  input: RespondToToolCallInput;
}>;


export type RespondToToolCallMutation = { readonly respondToToolCall: { readonly outcome: RespondOutcome, readonly session: { readonly state: SessionState, readonly pendingRequests: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
      > | null } } | null };

export type CreateSessionMutationVariables = Exact<{
  input: CreateSessionInput;
}>;


export type CreateSessionMutation = { readonly createSession: { readonly created: boolean, readonly session: { readonly cursor: string | null, readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> } } | null };

export type ResumeSessionMutationVariables = Exact<{
  input: ResumeSessionInput;
}>;


export type ResumeSessionMutation = { readonly resumeSession: { readonly session: { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> } } | null };

export type UpdateSessionMutationVariables = Exact<{
  input: UpdateSessionInput;
}>;


export type UpdateSessionMutation = { readonly updateSession: { readonly session: { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> } } | null };

export type UpdateSessionCredentialsMutationVariables = Exact<{
  input: UpdateSessionCredentialsInput;
}>;


export type UpdateSessionCredentialsMutation = { readonly updateSessionCredentials: { readonly session: { readonly id: string } } | null };

export type SetSessionRemoteMutationVariables = Exact<{
  input: SetSessionRemoteInput;
}>;


export type SetSessionRemoteMutation = { readonly setSessionRemote: { readonly session: { readonly id: string, readonly remote: { readonly url: string, readonly steerable: boolean } | null } } | null };

export type ForkSessionMutationVariables = Exact<{
  input: ForkSessionInput;
}>;


export type ForkSessionMutation = { readonly forkSession: { readonly session: { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly messages: { readonly nodes: ReadonlyArray<
          | { readonly __typename: 'AssistantMessage', readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly state: ToolCallState }> }
          | { readonly __typename: 'UserMessage', readonly content: string, readonly id: string, readonly turnId: string | null }
        > } | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> } } | null };

export type DisconnectSessionMutationVariables = Exact<{
  input: DisconnectSessionInput;
}>;


export type DisconnectSessionMutation = { readonly disconnectSession: { readonly session: { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly profile: string, readonly reasoningEffort: ReasoningEffort | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }> } } | null };

export type DeleteSessionMutationVariables = Exact<{
  input: DeleteSessionInput;
}>;


export type DeleteSessionMutation = { readonly deleteSession: { readonly deletedSessionId: string } | null };

export type ReadSessionQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadSessionQuery = { readonly session: { readonly id: string, readonly state: SessionState, readonly title: string | null, readonly model: string | null, readonly reasoningEffort: ReasoningEffort | null, readonly cursor: string | null, readonly labels: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly currentTurn: { readonly id: string, readonly state: TurnState } | null, readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly __typename: 'AssistantMessage', readonly content: string, readonly id: string, readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly state: ToolCallState }> }
        | { readonly __typename: 'UserMessage', readonly content: string, readonly id: string, readonly turnId: string | null }
      > } | null } | null };

export type SearchSessionsQueryVariables = Exact<{
  search: string;
}>;


export type SearchSessionsQuery = { readonly sessions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: SessionState }> } | null };

export type SessionsChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SessionsChangedSubscription = { readonly sessionsChanged: { readonly kind: SessionChangeKind, readonly sessionId: string, readonly session: { readonly id: string, readonly title: string | null } | null } };

export type ReadStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadStatusQuery = { readonly status: { readonly healthy: boolean, readonly gateway: { readonly draining: boolean, readonly activeSubscriptions: number | null }, readonly runtimes: ReadonlyArray<{ readonly state: RuntimeState, readonly lastError: string | null }> } | null };

export type StatusChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type StatusChangedSubscription = { readonly statusChanged: { readonly healthy: boolean, readonly gateway: { readonly draining: boolean, readonly activeSubscriptions: number | null }, readonly runtimes: ReadonlyArray<{ readonly state: RuntimeState, readonly lastError: string | null }> } };

export type ReadOpenSessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadOpenSessionsQuery = { readonly status: { readonly gateway: { readonly openSessions: number | null } } | null };

export type DelegatedEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
}>;


export type DelegatedEventsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly assistantMessage: { readonly id: string, readonly content: string } }
    | { readonly __typename: 'ContextCompacted', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'CredentialsRequired', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'IntentChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'MessageDelta', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly messageId: string, readonly kind: DeltaKind, readonly offset: number, readonly text: string, readonly state: DeltaState }
    | { readonly __typename: 'ModelChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ModelRetry', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'QueueChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RequestPending', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RequestResolved', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'RuntimeChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionDeleted', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionInfo', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SessionWarning', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'SubagentChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'TitleChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'ToolCallChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly toolCall: { readonly id: string, readonly name: string, readonly state: ToolCallState, readonly parentToolCallId: string | null } }
    | { readonly __typename: 'ToolOutputDelta', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'TurnChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly turn: { readonly id: string, readonly state: TurnState, readonly reply: { readonly content: string } | null } }
    | { readonly __typename: 'UsageChanged', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null }
    | { readonly __typename: 'UserMessageAdded', readonly cursor: string, readonly turnId: string | null, readonly agentId: string | null, readonly userMessage: { readonly id: string, readonly content: string } }
   };

export type ReadDelegatedMessagesQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadDelegatedMessagesQuery = { readonly session: { readonly messages: { readonly nodes: ReadonlyArray<
        | { readonly turnId: string | null, readonly toolCalls: ReadonlyArray<{ readonly name: string, readonly state: ToolCallState, readonly parentToolCallId: string | null }> }
        | { readonly turnId: string | null }
      > } | null } | null };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { readonly sendMessage: { readonly cursor: string, readonly turn: { readonly id: string, readonly state: TurnState } } | null };

export type AskAndWaitMutationVariables = Exact<{
  input: SendMessageInput;
  timeoutMs?: number;
}>;


export type AskAndWaitMutation = { readonly sendMessage: { readonly cursor: string, readonly turn: { readonly id: string }, readonly finishedTurn: { readonly id: string, readonly state: TurnState, readonly startedAt: string | null, readonly finishedAt: string | null, readonly reply: { readonly id: string, readonly content: string, readonly reasoning: string | null, readonly turnId: string | null } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryable: boolean, readonly statusCode: number | null } | null } | null } | null };

export type ReadTurnQueryVariables = Exact<{
  id: string | number;
  turnId: string | number;
}>;


export type ReadTurnQuery = { readonly session: { readonly turn: { readonly id: string, readonly state: TurnState, readonly startedAt: string | null, readonly finishedAt: string | null, readonly reply: { readonly id: string, readonly content: string, readonly reasoning: string | null, readonly turnId: string | null } | null, readonly error: { readonly code: ErrorCode, readonly message: string, readonly retryable: boolean, readonly statusCode: number | null } | null } | null } | null };

export type AbortTurnMutationVariables = Exact<{
  input: AbortTurnInput;
}>;


export type AbortTurnMutation = { readonly abortTurn: { readonly session: { readonly id: string, readonly state: SessionState }, readonly abortedTurn: { readonly id: string, readonly state: TurnState, readonly finishedAt: string | null } | null, readonly discardedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string, readonly queuedAt: string }> } | null };

export type RemoveQueuedMessageMutationVariables = Exact<{
  input: RemoveQueuedMessageInput;
}>;


export type RemoveQueuedMessageMutation = { readonly removeQueuedMessage: { readonly removedMessage: { readonly id: string, readonly prompt: string, readonly queuedAt: string }, readonly session: { readonly queuedMessages: ReadonlyArray<{ readonly id: string }> | null } } | null };

export type ReadQueueQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadQueueQuery = { readonly session: { readonly queuedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string, readonly queuedAt: string }> | null } | null };

export type QueueEventsSubscriptionVariables = Exact<{
  sessionId: string | number;
}>;


export type QueueEventsSubscription = { readonly sessionEvents:
    | { readonly __typename: 'AssistantMessageCompleted', readonly cursor: string }
    | { readonly __typename: 'ContextCompacted', readonly cursor: string }
    | { readonly __typename: 'CredentialsRequired', readonly cursor: string }
    | { readonly __typename: 'IntentChanged', readonly cursor: string }
    | { readonly __typename: 'MessageDelta', readonly cursor: string }
    | { readonly __typename: 'ModelChanged', readonly cursor: string }
    | { readonly __typename: 'ModelRetry', readonly cursor: string }
    | { readonly __typename: 'QueueChanged', readonly cursor: string, readonly queuedMessages: ReadonlyArray<{ readonly id: string, readonly prompt: string, readonly queuedAt: string }> }
    | { readonly __typename: 'RequestPending', readonly cursor: string }
    | { readonly __typename: 'RequestResolved', readonly cursor: string }
    | { readonly __typename: 'RuntimeChanged', readonly cursor: string }
    | { readonly __typename: 'SessionDeleted', readonly cursor: string }
    | { readonly __typename: 'SessionInfo', readonly cursor: string }
    | { readonly __typename: 'SessionWarning', readonly cursor: string }
    | { readonly __typename: 'SubagentChanged', readonly cursor: string }
    | { readonly __typename: 'TitleChanged', readonly cursor: string }
    | { readonly __typename: 'ToolCallChanged', readonly cursor: string }
    | { readonly __typename: 'ToolOutputDelta', readonly cursor: string }
    | { readonly __typename: 'TurnChanged', readonly cursor: string, readonly turn: { readonly id: string, readonly state: TurnState } }
    | { readonly __typename: 'UsageChanged', readonly cursor: string }
    | { readonly __typename: 'UserMessageAdded', readonly cursor: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}
    `, {"fragmentName":"SessionFields"}) as unknown as TypedDocumentString<SessionFieldsFragment, unknown>;
export const MessageFieldsFragmentDoc = new TypedDocumentString(`
    fragment MessageFields on Message {
  __typename
  id
  turnId
  ... on UserMessage {
    content
  }
  ... on AssistantMessage {
    content
    toolCalls {
      name
      state
    }
  }
}
    `, {"fragmentName":"MessageFields"}) as unknown as TypedDocumentString<MessageFieldsFragment, unknown>;
export const MessagePageFieldsFragmentDoc = new TypedDocumentString(`
    fragment MessagePageFields on MessageConnection {
  edges {
    cursor
    node {
      id
      turnId
      ... on UserMessage {
        content
      }
      ... on AssistantMessage {
        content
        toolCalls {
          state
          output
        }
      }
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}
    `, {"fragmentName":"MessagePageFields"}) as unknown as TypedDocumentString<MessagePageFieldsFragment, unknown>;
export const DeltaFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeltaFields on MessageDelta {
  cursor
  turnId
  messageId
  kind
  offset
  text
  state
}
    `, {"fragmentName":"DeltaFields"}) as unknown as TypedDocumentString<DeltaFieldsFragment, unknown>;
export const TurnFieldsFragmentDoc = new TypedDocumentString(`
    fragment TurnFields on Turn {
  id
  state
  startedAt
  finishedAt
  reply {
    id
    content
    reasoning
    turnId
  }
  error {
    code
    message
    retryable
    statusCode
  }
}
    `, {"fragmentName":"TurnFields"}) as unknown as TypedDocumentString<TurnFieldsFragment, unknown>;
export const QueuedMessageFieldsFragmentDoc = new TypedDocumentString(`
    fragment QueuedMessageFields on QueuedMessage {
  id
  prompt
  queuedAt
}
    `, {"fragmentName":"QueuedMessageFields"}) as unknown as TypedDocumentString<QueuedMessageFieldsFragment, unknown>;
export const RequestFieldsFragmentDoc = new TypedDocumentString(`
    fragment RequestFields on PendingRequest {
  __typename
  id
  sessionId
  turnId
  agentId
  toolCallId
  requestedAt
  expiresAt
  ... on PermissionRequest {
    kind
    summary
    command
    diff
    paths
    canApproveForSession
    arguments
    toolName
  }
  ... on UserInputRequest {
    question
    choices
    allowFreeform
  }
  ... on ElicitationRequest {
    message
    requestedSchema
    mcpServer
    url
  }
  ... on ClientToolCall {
    toolName
    arguments
  }
}
    `, {"fragmentName":"RequestFields"}) as unknown as TypedDocumentString<RequestFieldsFragment, unknown>;
export const PendingRequestIdsFragmentDoc = new TypedDocumentString(`
    fragment PendingRequestIds on Session {
  state
  pendingRequests {
    id
  }
}
    `, {"fragmentName":"PendingRequestIds"}) as unknown as TypedDocumentString<PendingRequestIdsFragment, unknown>;
export const StatusFieldsFragmentDoc = new TypedDocumentString(`
    fragment StatusFields on Status {
  healthy
  gateway {
    draining
    activeSubscriptions
  }
  runtimes {
    state
    lastError
  }
}
    `, {"fragmentName":"StatusFields"}) as unknown as TypedDocumentString<StatusFieldsFragment, unknown>;
export const TurnUsageFieldsFragmentDoc = new TypedDocumentString(`
    fragment TurnUsageFields on TurnUsage {
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  durationMs
  timeToFirstTokenMs
  model
}
    `, {"fragmentName":"TurnUsageFields"}) as unknown as TypedDocumentString<TurnUsageFieldsFragment, unknown>;
export const SessionUsageFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionUsageFields on SessionUsage {
  turns
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  contextTokens
  contextLimit
}
    `, {"fragmentName":"SessionUsageFields"}) as unknown as TypedDocumentString<SessionUsageFieldsFragment, unknown>;
export const SubagentFieldsFragmentDoc = new TypedDocumentString(`
    fragment SubagentFields on Subagent {
  id
  name
  displayName
  description
  state
  toolCallId
  toolCallCount
  tokens
  error
}
    `, {"fragmentName":"SubagentFields"}) as unknown as TypedDocumentString<SubagentFieldsFragment, unknown>;
export const CloudSessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment CloudSessionFields on Session {
  id
  state
  location
  repository {
    owner
    name
  }
  remote {
    url
    steerable
  }
  queuedMessages {
    id
    prompt
  }
}
    `, {"fragmentName":"CloudSessionFields"}) as unknown as TypedDocumentString<CloudSessionFieldsFragment, unknown>;
export const ListSessionsAtDocument = new TypedDocumentString(`
    query ListSessionsAt($location: SessionLocation!) {
  sessions(filter: {location: $location}) {
    nodes {
      id
      location
    }
  }
}
    `) as unknown as TypedDocumentString<ListSessionsAtQuery, ListSessionsAtQueryVariables>;
export const ReadLocationDocument = new TypedDocumentString(`
    query ReadLocation($id: ID!) {
  session(id: $id) {
    location
    remote {
      url
    }
  }
}
    `) as unknown as TypedDocumentString<ReadLocationQuery, ReadLocationQueryVariables>;
export const ReadAccountsDocument = new TypedDocumentString(`
    query ReadAccounts {
  status {
    runtimes {
      auth {
        isAuthenticated
        authType
        login
        host
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadAccountsQuery, ReadAccountsQueryVariables>;
export const ReadProvidersDocument = new TypedDocumentString(`
    query ReadProviders {
  status {
    runtimes {
      providers {
        profile
        type
        host
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadProvidersQuery, ReadProvidersQueryVariables>;
export const ReadServiceAccountDocument = new TypedDocumentString(`
    query ReadServiceAccount {
  status {
    runtimes {
      auth {
        isAuthenticated
        authType
        login
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadServiceAccountQuery, ReadServiceAccountQueryVariables>;
export const ListToolCallsDocument = new TypedDocumentString(`
    query ListToolCalls($first: Int, $last: Int = 100) {
  sessions(first: $first, filter: {search: "no session has this"}) {
    nodes {
      messages(last: $last) {
        edges {
          node {
            ... on AssistantMessage {
              toolCalls {
                id
              }
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListToolCallsQuery, ListToolCallsQueryVariables>;
export const ReadAttachmentsDocument = new TypedDocumentString(`
    query ReadAttachments($id: ID!) {
  session(id: $id) {
    messages {
      nodes {
        ... on UserMessage {
          content
          attachments {
            name
            mimeType
            byteLength
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadAttachmentsQuery, ReadAttachmentsQueryVariables>;
export const UserMessageAttachmentsDocument = new TypedDocumentString(`
    subscription UserMessageAttachments($sessionId: ID!) {
  sessionEvents(sessionId: $sessionId, types: [USER_MESSAGE_ADDED]) {
    ... on UserMessageAdded {
      userMessage {
        attachments {
          name
          mimeType
          byteLength
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UserMessageAttachmentsSubscription, UserMessageAttachmentsSubscriptionVariables>;
export const SendWithDeferredTurnDocument = new TypedDocumentString(`
    mutation SendWithDeferredTurn($input: SendMessageInput!) {
  sendMessage(input: $input) {
    turn {
      id
    }
    ... @defer {
      finishedTurn {
        state
        reply {
          content
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SendWithDeferredTurnMutation, SendWithDeferredTurnMutationVariables>;
export const ReadReplyTwiceDocument = new TypedDocumentString(`
    query ReadReplyTwice($id: ID!, $turnId: ID!) {
  session(id: $id) {
    turn(id: $turnId) {
      reply {
        content
      }
    }
    again: turn(id: $turnId) {
      reply {
        content
      }
    }
    messages(last: 20) {
      edges {
        node {
          id
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadReplyTwiceQuery, ReadReplyTwiceQueryVariables>;
export const ReadPageTwiceDocument = new TypedDocumentString(`
    query ReadPageTwice($id: ID!) {
  session(id: $id) {
    newest: messages(last: 20) {
      ...MessagePageFields
    }
    same: messages(last: 20) {
      ...MessagePageFields
    }
  }
}
    fragment MessagePageFields on MessageConnection {
  edges {
    cursor
    node {
      id
      turnId
      ... on UserMessage {
        content
      }
      ... on AssistantMessage {
        content
        toolCalls {
          state
          output
        }
      }
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}`) as unknown as TypedDocumentString<ReadPageTwiceQuery, ReadPageTwiceQueryVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  viewer {
    id
    name
    roles
  }
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;
export const ListOwnedSessionsDocument = new TypedDocumentString(`
    query ListOwnedSessions($allOwners: Boolean! = false, $search: String) {
  sessions(first: 100, filter: {allOwners: $allOwners, search: $search}) {
    totalCount
    nodes {
      id
      owner
      title
      state
    }
  }
}
    `) as unknown as TypedDocumentString<ListOwnedSessionsQuery, ListOwnedSessionsQueryVariables>;
export const ReadMetadataDocument = new TypedDocumentString(`
    query ReadMetadata($id: ID!) {
  node(id: $id) {
    id
    ... on Session {
      owner
      state
      createdAt
    }
  }
  session(id: $id) {
    id
    title
  }
}
    `) as unknown as TypedDocumentString<ReadMetadataQuery, ReadMetadataQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    __typename
    id
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const ReadFirstMessageDocument = new TypedDocumentString(`
    query ReadFirstMessage($id: ID!) {
  session(id: $id) {
    messages(first: 1) {
      edges {
        cursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadFirstMessageQuery, ReadFirstMessageQueryVariables>;
export const ReadMessageAfterDocument = new TypedDocumentString(`
    query ReadMessageAfter($id: ID!, $after: String!) {
  session(id: $id) {
    messages(first: 1, after: $after) {
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadMessageAfterQuery, ReadMessageAfterQueryVariables>;
export const ListModelsDocument = new TypedDocumentString(`
    query ListModels($profile: String) {
  models(profile: $profile) {
    name
    displayName
    contextWindow
    reasoningEfforts
  }
}
    `) as unknown as TypedDocumentString<ListModelsQuery, ListModelsQueryVariables>;
export const ListProfilesDocument = new TypedDocumentString(`
    query ListProfiles {
  profiles {
    name
    description
    defaultModel
    tools
    allowsOwnProvider
    allowsCloud
    allowsRemote
  }
}
    `) as unknown as TypedDocumentString<ListProfilesQuery, ListProfilesQueryVariables>;
export const ReadRemoteDocument = new TypedDocumentString(`
    query ReadRemote($id: ID!) {
  session(id: $id) {
    remote {
      url
      steerable
    }
  }
}
    `) as unknown as TypedDocumentString<ReadRemoteQuery, ReadRemoteQueryVariables>;
export const SessionWarningsDocument = new TypedDocumentString(`
    subscription SessionWarnings($sessionId: ID!) {
  sessionEvents(sessionId: $sessionId, types: [SESSION_WARNING]) {
    ... on SessionWarning {
      warningType
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SessionWarningsSubscription, SessionWarningsSubscriptionVariables>;
export const ListSessionsDocument = new TypedDocumentString(`
    query ListSessions($first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
  sessions(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    totalCount
    nodes {
      id
    }
    edges {
      cursor
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListSessionsQuery, ListSessionsQueryVariables>;
export const ReadNodesDocument = new TypedDocumentString(`
    query ReadNodes($id: ID!) {
  session: node(id: $id) {
    __typename
    id
    ... on Session {
      title
    }
  }
  status: node(id: "status:gateway") {
    __typename
    id
    ... on Status {
      healthy
    }
  }
  nothing: node(id: "there-is-no-such-thing") {
    id
  }
}
    `) as unknown as TypedDocumentString<ReadNodesQuery, ReadNodesQueryVariables>;
export const ListMessageTextsDocument = new TypedDocumentString(`
    query ListMessageTexts($id: ID!, $first: Int, $after: String, $last: Int) {
  session(id: $id) {
    messages(first: $first, after: $after, last: $last) {
      nodes {
        ... on UserMessage {
          content
        }
        ... on AssistantMessage {
          content
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListMessageTextsQuery, ListMessageTextsQueryVariables>;
export const SettingsWarningsDocument = new TypedDocumentString(`
    subscription SettingsWarnings($sessionId: ID!) {
  sessionEvents(
    sessionId: $sessionId
    types: [SESSION_WARNING, USER_MESSAGE_ADDED]
  ) {
    __typename
    ... on SessionWarning {
      warningType
      message
      url
    }
  }
}
    `) as unknown as TypedDocumentString<SettingsWarningsSubscription, SettingsWarningsSubscriptionVariables>;
export const ReadWholeStatusDocument = new TypedDocumentString(`
    query ReadWholeStatus {
  status {
    id
    healthy
    gateway {
      version
      startedAt
      draining
      openSessions
      activeSubscriptions
      lastCleanup {
        examined
      }
    }
    runtimes {
      id
      state
      version
      protocolVersion
      latencyMs
      lastSeenAt
      lastError
      openSessions
      auth {
        isAuthenticated
        login
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadWholeStatusQuery, ReadWholeStatusQueryVariables>;
export const ReadAccountDocument = new TypedDocumentString(`
    query ReadAccount {
  viewer {
    id
    name
    roles
  }
  profiles {
    name
    description
    defaultModel
    tools
  }
  models {
    name
    displayName
    enabled
  }
  ofProfile: models(profile: "default") {
    name
  }
}
    `) as unknown as TypedDocumentString<ReadAccountQuery, ReadAccountQueryVariables>;
export const SlowMessageDeltaDocument = new TypedDocumentString(`
    subscription SlowMessageDelta($sessionId: ID!, $after: Cursor, $maxLatencyMs: Int!) {
  messageDelta(sessionId: $sessionId, after: $after, maxLatencyMs: $maxLatencyMs) {
    ...DeltaFields
  }
}
    fragment DeltaFields on MessageDelta {
  cursor
  turnId
  messageId
  kind
  offset
  text
  state
}`) as unknown as TypedDocumentString<SlowMessageDeltaSubscription, SlowMessageDeltaSubscriptionVariables>;
export const SlowSessionEventsDocument = new TypedDocumentString(`
    subscription SlowSessionEvents($sessionId: ID!, $maxLatencyMs: Int!) {
  sessionEvents(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<SlowSessionEventsSubscription, SlowSessionEventsSubscriptionVariables>;
export const SessionStateChangedDocument = new TypedDocumentString(`
    subscription SessionStateChanged {
  sessionsChanged {
    kind
    session {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SessionStateChangedSubscription, SessionStateChangedSubscriptionVariables>;
export const ReadHistoryDocument = new TypedDocumentString(`
    query ReadHistory($id: ID!) {
  session(id: $id) {
    cursor
    messages(last: 100) {
      nodes {
        ...MessageFields
      }
    }
  }
}
    fragment MessageFields on Message {
  __typename
  id
  turnId
  ... on UserMessage {
    content
  }
  ... on AssistantMessage {
    content
    toolCalls {
      name
      state
    }
  }
}`) as unknown as TypedDocumentString<ReadHistoryQuery, ReadHistoryQueryVariables>;
export const ReadCleanupDocument = new TypedDocumentString(`
    query ReadCleanup {
  status {
    gateway {
      lastCleanup {
        finishedAt
        examined
        deleted
        dryRun
        nextAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadCleanupQuery, ReadCleanupQueryVariables>;
export const AgentEventsDocument = new TypedDocumentString(`
    subscription AgentEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
  sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
    __typename
    cursor
    turnId
    agentId
    ... on IntentChanged {
      intent
    }
    ... on ModelChanged {
      model
      previousModel
      cause
    }
    ... on ModelRetry {
      reason
      model
      statusCode
      attempt
    }
    ... on ContextCompacted {
      succeeded
      tokensBefore
      tokensAfter
      messagesRemoved
    }
    ... on UsageChanged {
      turnUsage {
        ...TurnUsageFields
      }
      sessionUsage {
        ...SessionUsageFields
      }
    }
    ... on SubagentChanged {
      subagent {
        ...SubagentFields
      }
    }
  }
}
    fragment TurnUsageFields on TurnUsage {
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  durationMs
  timeToFirstTokenMs
  model
}
fragment SessionUsageFields on SessionUsage {
  turns
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  contextTokens
  contextLimit
}
fragment SubagentFields on Subagent {
  id
  name
  displayName
  description
  state
  toolCallId
  toolCallCount
  tokens
  error
}`) as unknown as TypedDocumentString<AgentEventsSubscription, AgentEventsSubscriptionVariables>;
export const ReadUsageDocument = new TypedDocumentString(`
    query ReadUsage($id: ID!, $turnId: ID!) {
  session(id: $id) {
    usage {
      ...SessionUsageFields
    }
    turn(id: $turnId) {
      usage {
        ...TurnUsageFields
      }
    }
  }
}
    fragment TurnUsageFields on TurnUsage {
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  durationMs
  timeToFirstTokenMs
  model
}
fragment SessionUsageFields on SessionUsage {
  turns
  inputTokens
  outputTokens
  cacheReadTokens
  cacheWriteTokens
  premiumRequests
  contextTokens
  contextLimit
}`) as unknown as TypedDocumentString<ReadUsageQuery, ReadUsageQueryVariables>;
export const ReadSubagentsDocument = new TypedDocumentString(`
    query ReadSubagents($id: ID!) {
  session(id: $id) {
    subagents {
      ...SubagentFields
    }
  }
}
    fragment SubagentFields on Subagent {
  id
  name
  displayName
  description
  state
  toolCallId
  toolCallCount
  tokens
  error
}`) as unknown as TypedDocumentString<ReadSubagentsQuery, ReadSubagentsQueryVariables>;
export const CreateCloudSessionDocument = new TypedDocumentString(`
    mutation CreateCloudSession($input: CreateSessionInput!) {
  createSession(input: $input) {
    created
    session {
      ...CloudSessionFields
    }
  }
}
    fragment CloudSessionFields on Session {
  id
  state
  location
  repository {
    owner
    name
  }
  remote {
    url
    steerable
  }
  queuedMessages {
    id
    prompt
  }
}`) as unknown as TypedDocumentString<CreateCloudSessionMutation, CreateCloudSessionMutationVariables>;
export const ReadCloudSessionDocument = new TypedDocumentString(`
    query ReadCloudSession($id: ID!) {
  session(id: $id) {
    ...CloudSessionFields
  }
}
    fragment CloudSessionFields on Session {
  id
  state
  location
  repository {
    owner
    name
  }
  remote {
    url
    steerable
  }
  queuedMessages {
    id
    prompt
  }
}`) as unknown as TypedDocumentString<ReadCloudSessionQuery, ReadCloudSessionQueryVariables>;
export const MessageDeltaDocument = new TypedDocumentString(`
    subscription MessageDelta($sessionId: ID!, $after: Cursor) {
  messageDelta(sessionId: $sessionId, after: $after) {
    ...DeltaFields
  }
}
    fragment DeltaFields on MessageDelta {
  cursor
  turnId
  messageId
  kind
  offset
  text
  state
}`) as unknown as TypedDocumentString<MessageDeltaSubscription, MessageDeltaSubscriptionVariables>;
export const SessionEventsDocument = new TypedDocumentString(`
    subscription SessionEvents($sessionId: ID!, $after: Cursor, $types: [SessionEventType!]) {
  sessionEvents(sessionId: $sessionId, after: $after, types: $types) {
    __typename
    cursor
    turnId
    ... on TurnChanged {
      turn {
        ...TurnFields
      }
    }
    ... on UserMessageAdded {
      userMessage {
        id
        content
      }
    }
    ... on AssistantMessageCompleted {
      assistantMessage {
        id
        content
      }
    }
    ...DeltaFields
    ... on ToolCallChanged {
      toolCall {
        id
        name
        state
      }
    }
    ... on RequestResolved {
      resolution
      feedback
    }
    ... on RuntimeChanged {
      runtimeState
    }
    ... on SessionInfo {
      infoType
    }
    ... on TitleChanged {
      title
    }
    ... on SessionDeleted {
      deletedSessionId
    }
  }
}
    fragment DeltaFields on MessageDelta {
  cursor
  turnId
  messageId
  kind
  offset
  text
  state
}
fragment TurnFields on Turn {
  id
  state
  startedAt
  finishedAt
  reply {
    id
    content
    reasoning
    turnId
  }
  error {
    code
    message
    retryable
    statusCode
  }
}`) as unknown as TypedDocumentString<SessionEventsSubscription, SessionEventsSubscriptionVariables>;
export const SessionInfoDocument = new TypedDocumentString(`
    subscription SessionInfo($sessionId: ID!, $infoTypes: [String!]) {
  sessionInfo(sessionId: $sessionId, infoTypes: $infoTypes) {
    infoType
    message
    url
  }
}
    `) as unknown as TypedDocumentString<SessionInfoSubscription, SessionInfoSubscriptionVariables>;
export const CredentialsRequiredDocument = new TypedDocumentString(`
    subscription CredentialsRequired($sessionId: ID!, $after: Cursor) {
  sessionEvents(
    sessionId: $sessionId
    after: $after
    types: [CREDENTIALS_REQUIRED]
  ) {
    ... on CredentialsRequired {
      host
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<CredentialsRequiredSubscription, CredentialsRequiredSubscriptionVariables>;
export const ListMessagesDocument = new TypedDocumentString(`
    query ListMessages($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  session(id: $id) {
    state
    messages(first: $first, after: $after, last: $last, before: $before) {
      ...MessagePageFields
    }
  }
}
    fragment MessagePageFields on MessageConnection {
  edges {
    cursor
    node {
      id
      turnId
      ... on UserMessage {
        content
      }
      ... on AssistantMessage {
        content
        toolCalls {
          state
          output
        }
      }
    }
  }
  pageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
}`) as unknown as TypedDocumentString<ListMessagesQuery, ListMessagesQueryVariables>;
export const RequestEventsDocument = new TypedDocumentString(`
    subscription RequestEvents($sessionId: ID!, $after: Cursor) {
  sessionEvents(
    sessionId: $sessionId
    after: $after
    types: [TURN_CHANGED, TOOL_CALL_CHANGED, REQUEST_PENDING, REQUEST_RESOLVED, RUNTIME_CHANGED, SESSION_WARNING, SESSION_DELETED]
  ) {
    __typename
    cursor
    turnId
    ... on TurnChanged {
      turn {
        ...TurnFields
      }
    }
    ... on ToolCallChanged {
      toolCall {
        id
        name
        state
        output
        error
      }
    }
    ... on RequestPending {
      request {
        ...RequestFields
      }
    }
    ... on RequestResolved {
      requestId
      resolution
      feedback
    }
    ... on RuntimeChanged {
      runtimeState
    }
    ... on SessionWarning {
      warningType
    }
  }
}
    fragment TurnFields on Turn {
  id
  state
  startedAt
  finishedAt
  reply {
    id
    content
    reasoning
    turnId
  }
  error {
    code
    message
    retryable
    statusCode
  }
}
fragment RequestFields on PendingRequest {
  __typename
  id
  sessionId
  turnId
  agentId
  toolCallId
  requestedAt
  expiresAt
  ... on PermissionRequest {
    kind
    summary
    command
    diff
    paths
    canApproveForSession
    arguments
    toolName
  }
  ... on UserInputRequest {
    question
    choices
    allowFreeform
  }
  ... on ElicitationRequest {
    message
    requestedSchema
    mcpServer
    url
  }
  ... on ClientToolCall {
    toolName
    arguments
  }
}`) as unknown as TypedDocumentString<RequestEventsSubscription, RequestEventsSubscriptionVariables>;
export const ReadRequestsDocument = new TypedDocumentString(`
    query ReadRequests($id: ID!) {
  session(id: $id) {
    state
    currentTurn {
      id
      state
    }
    pendingRequests {
      ...RequestFields
    }
  }
}
    fragment RequestFields on PendingRequest {
  __typename
  id
  sessionId
  turnId
  agentId
  toolCallId
  requestedAt
  expiresAt
  ... on PermissionRequest {
    kind
    summary
    command
    diff
    paths
    canApproveForSession
    arguments
    toolName
  }
  ... on UserInputRequest {
    question
    choices
    allowFreeform
  }
  ... on ElicitationRequest {
    message
    requestedSchema
    mcpServer
    url
  }
  ... on ClientToolCall {
    toolName
    arguments
  }
}`) as unknown as TypedDocumentString<ReadRequestsQuery, ReadRequestsQueryVariables>;
export const RespondToPermissionRequestDocument = new TypedDocumentString(`
    mutation RespondToPermissionRequest($input: RespondToPermissionRequestInput!) {
  respondToPermissionRequest(input: $input) {
    outcome
    session {
      ...PendingRequestIds
    }
  }
}
    fragment PendingRequestIds on Session {
  state
  pendingRequests {
    id
  }
}`) as unknown as TypedDocumentString<RespondToPermissionRequestMutation, RespondToPermissionRequestMutationVariables>;
export const RespondToUserInputRequestDocument = new TypedDocumentString(`
    mutation RespondToUserInputRequest($input: RespondToUserInputRequestInput!) {
  respondToUserInputRequest(input: $input) {
    outcome
    session {
      ...PendingRequestIds
    }
  }
}
    fragment PendingRequestIds on Session {
  state
  pendingRequests {
    id
  }
}`) as unknown as TypedDocumentString<RespondToUserInputRequestMutation, RespondToUserInputRequestMutationVariables>;
export const RespondToElicitationRequestDocument = new TypedDocumentString(`
    mutation RespondToElicitationRequest($input: RespondToElicitationRequestInput!) {
  respondToElicitationRequest(input: $input) {
    outcome
    session {
      ...PendingRequestIds
    }
  }
}
    fragment PendingRequestIds on Session {
  state
  pendingRequests {
    id
  }
}`) as unknown as TypedDocumentString<RespondToElicitationRequestMutation, RespondToElicitationRequestMutationVariables>;
export const RespondToToolCallDocument = new TypedDocumentString(`
    mutation RespondToToolCall($input: RespondToToolCallInput!) {
  respondToToolCall(input: $input) {
    outcome
    session {
      ...PendingRequestIds
    }
  }
}
    fragment PendingRequestIds on Session {
  state
  pendingRequests {
    id
  }
}`) as unknown as TypedDocumentString<RespondToToolCallMutation, RespondToToolCallMutationVariables>;
export const CreateSessionDocument = new TypedDocumentString(`
    mutation CreateSession($input: CreateSessionInput!) {
  createSession(input: $input) {
    created
    session {
      ...SessionFields
      cursor
    }
  }
}
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}`) as unknown as TypedDocumentString<CreateSessionMutation, CreateSessionMutationVariables>;
export const ResumeSessionDocument = new TypedDocumentString(`
    mutation ResumeSession($input: ResumeSessionInput!) {
  resumeSession(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}`) as unknown as TypedDocumentString<ResumeSessionMutation, ResumeSessionMutationVariables>;
export const UpdateSessionDocument = new TypedDocumentString(`
    mutation UpdateSession($input: UpdateSessionInput!) {
  updateSession(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}`) as unknown as TypedDocumentString<UpdateSessionMutation, UpdateSessionMutationVariables>;
export const UpdateSessionCredentialsDocument = new TypedDocumentString(`
    mutation UpdateSessionCredentials($input: UpdateSessionCredentialsInput!) {
  updateSessionCredentials(input: $input) {
    session {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateSessionCredentialsMutation, UpdateSessionCredentialsMutationVariables>;
export const SetSessionRemoteDocument = new TypedDocumentString(`
    mutation SetSessionRemote($input: SetSessionRemoteInput!) {
  setSessionRemote(input: $input) {
    session {
      id
      remote {
        url
        steerable
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SetSessionRemoteMutation, SetSessionRemoteMutationVariables>;
export const ForkSessionDocument = new TypedDocumentString(`
    mutation ForkSession($input: ForkSessionInput!) {
  forkSession(input: $input) {
    session {
      ...SessionFields
      messages {
        nodes {
          ...MessageFields
        }
      }
    }
  }
}
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}
fragment MessageFields on Message {
  __typename
  id
  turnId
  ... on UserMessage {
    content
  }
  ... on AssistantMessage {
    content
    toolCalls {
      name
      state
    }
  }
}`) as unknown as TypedDocumentString<ForkSessionMutation, ForkSessionMutationVariables>;
export const DisconnectSessionDocument = new TypedDocumentString(`
    mutation DisconnectSession($input: DisconnectSessionInput!) {
  disconnectSession(input: $input) {
    session {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  state
  title
  model
  profile
  reasoningEffort
  labels {
    key
    value
  }
}`) as unknown as TypedDocumentString<DisconnectSessionMutation, DisconnectSessionMutationVariables>;
export const DeleteSessionDocument = new TypedDocumentString(`
    mutation DeleteSession($input: DeleteSessionInput!) {
  deleteSession(input: $input) {
    deletedSessionId
  }
}
    `) as unknown as TypedDocumentString<DeleteSessionMutation, DeleteSessionMutationVariables>;
export const ReadSessionDocument = new TypedDocumentString(`
    query ReadSession($id: ID!) {
  session(id: $id) {
    id
    state
    title
    model
    reasoningEffort
    cursor
    labels {
      key
      value
    }
    currentTurn {
      id
      state
    }
    messages {
      nodes {
        ...MessageFields
      }
    }
  }
}
    fragment MessageFields on Message {
  __typename
  id
  turnId
  ... on UserMessage {
    content
  }
  ... on AssistantMessage {
    content
    toolCalls {
      name
      state
    }
  }
}`) as unknown as TypedDocumentString<ReadSessionQuery, ReadSessionQueryVariables>;
export const SearchSessionsDocument = new TypedDocumentString(`
    query SearchSessions($search: String!) {
  sessions(filter: {search: $search}) {
    totalCount
    nodes {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SearchSessionsQuery, SearchSessionsQueryVariables>;
export const SessionsChangedDocument = new TypedDocumentString(`
    subscription SessionsChanged {
  sessionsChanged {
    kind
    sessionId
    session {
      id
      title
    }
  }
}
    `) as unknown as TypedDocumentString<SessionsChangedSubscription, SessionsChangedSubscriptionVariables>;
export const ReadStatusDocument = new TypedDocumentString(`
    query ReadStatus {
  status {
    ...StatusFields
  }
}
    fragment StatusFields on Status {
  healthy
  gateway {
    draining
    activeSubscriptions
  }
  runtimes {
    state
    lastError
  }
}`) as unknown as TypedDocumentString<ReadStatusQuery, ReadStatusQueryVariables>;
export const StatusChangedDocument = new TypedDocumentString(`
    subscription StatusChanged {
  statusChanged {
    ...StatusFields
  }
}
    fragment StatusFields on Status {
  healthy
  gateway {
    draining
    activeSubscriptions
  }
  runtimes {
    state
    lastError
  }
}`) as unknown as TypedDocumentString<StatusChangedSubscription, StatusChangedSubscriptionVariables>;
export const ReadOpenSessionsDocument = new TypedDocumentString(`
    query ReadOpenSessions {
  status {
    gateway {
      openSessions
    }
  }
}
    `) as unknown as TypedDocumentString<ReadOpenSessionsQuery, ReadOpenSessionsQueryVariables>;
export const DelegatedEventsDocument = new TypedDocumentString(`
    subscription DelegatedEvents($sessionId: ID!, $after: Cursor) {
  sessionEvents(
    sessionId: $sessionId
    after: $after
    types: [TURN_CHANGED, USER_MESSAGE_ADDED, MESSAGE_DELTA, ASSISTANT_MESSAGE_COMPLETED, TOOL_CALL_CHANGED]
  ) {
    __typename
    cursor
    turnId
    agentId
    ... on TurnChanged {
      turn {
        id
        state
        reply {
          content
        }
      }
    }
    ... on UserMessageAdded {
      userMessage {
        id
        content
      }
    }
    ... on AssistantMessageCompleted {
      assistantMessage {
        id
        content
      }
    }
    ...DeltaFields
    ... on ToolCallChanged {
      toolCall {
        id
        name
        state
        parentToolCallId
      }
    }
  }
}
    fragment DeltaFields on MessageDelta {
  cursor
  turnId
  messageId
  kind
  offset
  text
  state
}`) as unknown as TypedDocumentString<DelegatedEventsSubscription, DelegatedEventsSubscriptionVariables>;
export const ReadDelegatedMessagesDocument = new TypedDocumentString(`
    query ReadDelegatedMessages($id: ID!) {
  session(id: $id) {
    messages {
      nodes {
        turnId
        ... on AssistantMessage {
          toolCalls {
            name
            state
            parentToolCallId
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadDelegatedMessagesQuery, ReadDelegatedMessagesQueryVariables>;
export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    cursor
    turn {
      id
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const AskAndWaitDocument = new TypedDocumentString(`
    mutation AskAndWait($input: SendMessageInput!, $timeoutMs: Int! = 15000) {
  sendMessage(input: $input) {
    cursor
    turn {
      id
    }
    finishedTurn(timeoutMs: $timeoutMs) {
      ...TurnFields
    }
  }
}
    fragment TurnFields on Turn {
  id
  state
  startedAt
  finishedAt
  reply {
    id
    content
    reasoning
    turnId
  }
  error {
    code
    message
    retryable
    statusCode
  }
}`) as unknown as TypedDocumentString<AskAndWaitMutation, AskAndWaitMutationVariables>;
export const ReadTurnDocument = new TypedDocumentString(`
    query ReadTurn($id: ID!, $turnId: ID!) {
  session(id: $id) {
    turn(id: $turnId) {
      ...TurnFields
    }
  }
}
    fragment TurnFields on Turn {
  id
  state
  startedAt
  finishedAt
  reply {
    id
    content
    reasoning
    turnId
  }
  error {
    code
    message
    retryable
    statusCode
  }
}`) as unknown as TypedDocumentString<ReadTurnQuery, ReadTurnQueryVariables>;
export const AbortTurnDocument = new TypedDocumentString(`
    mutation AbortTurn($input: AbortTurnInput!) {
  abortTurn(input: $input) {
    session {
      id
      state
    }
    abortedTurn {
      id
      state
      finishedAt
    }
    discardedMessages {
      ...QueuedMessageFields
    }
  }
}
    fragment QueuedMessageFields on QueuedMessage {
  id
  prompt
  queuedAt
}`) as unknown as TypedDocumentString<AbortTurnMutation, AbortTurnMutationVariables>;
export const RemoveQueuedMessageDocument = new TypedDocumentString(`
    mutation RemoveQueuedMessage($input: RemoveQueuedMessageInput!) {
  removeQueuedMessage(input: $input) {
    removedMessage {
      ...QueuedMessageFields
    }
    session {
      queuedMessages {
        id
      }
    }
  }
}
    fragment QueuedMessageFields on QueuedMessage {
  id
  prompt
  queuedAt
}`) as unknown as TypedDocumentString<RemoveQueuedMessageMutation, RemoveQueuedMessageMutationVariables>;
export const ReadQueueDocument = new TypedDocumentString(`
    query ReadQueue($id: ID!) {
  session(id: $id) {
    queuedMessages {
      ...QueuedMessageFields
    }
  }
}
    fragment QueuedMessageFields on QueuedMessage {
  id
  prompt
  queuedAt
}`) as unknown as TypedDocumentString<ReadQueueQuery, ReadQueueQueryVariables>;
export const QueueEventsDocument = new TypedDocumentString(`
    subscription QueueEvents($sessionId: ID!) {
  sessionEvents(sessionId: $sessionId, types: [QUEUE_CHANGED, TURN_CHANGED]) {
    __typename
    cursor
    ... on QueueChanged {
      queuedMessages {
        ...QueuedMessageFields
      }
    }
    ... on TurnChanged {
      turn {
        id
        state
      }
    }
  }
}
    fragment QueuedMessageFields on QueuedMessage {
  id
  prompt
  queuedAt
}`) as unknown as TypedDocumentString<QueueEventsSubscription, QueueEventsSubscriptionVariables>;