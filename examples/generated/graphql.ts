/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A file to send with a message. The content is part of the request; files on the server cannot be attached. */
export type AttachmentInput = {
  /** The content of the file, encoded in base64 with padding and without line breaks. Must not be empty. */
  data: string;
  /** The MIME type of the file: image/png, image/jpeg, image/gif, image/webp, application/pdf, text/*, application/json, application/xml or application/yaml. BAD_USER_INPUT if the content is of another type. */
  mimeType: string;
  /** The file name without a directory: 1 to 255 characters, without `/`, `\`, `<`, `>`, `"` and control characters. */
  name: string;
};

/** A tool that the agent may call and that clients of the session run themselves. Each call is a `ClientToolCall` in `Session.pendingRequests`. */
export type ClientToolInput = {
  /** What the tool does, for the agent to decide when to call it. 1 to 1024 characters. */
  description: string;
  /** The name of the tool: 1 to 64 letters, digits, `_` and `-`. It must differ from the names of all other tools. */
  name: string;
  /** The JSON Schema of the arguments (draft 2020-12, or draft-07 if `$schema` says so), with `type: "object"` and `properties`. At most 16384 bytes as JSON. */
  parameters: unknown;
};

/** Settings of a new cloud session, which runs on GitHub-hosted compute. */
export type CloudInput = {
  /** The repository that the session works on. If absent, it has none. Current runtimes do not send the branch to GitHub. */
  repository?: RepositoryInput | null | undefined;
};

/** Input of the mutation `createSession`. */
export type CreateSessionInput = {
  /** Tools that the clients of the session run themselves, for the whole life of the session: at most 50, together at most 65536 bytes as JSON. POLICY_BLOCKED if the profile does not allow one of them. */
  clientTools?: Array<ClientToolInput> | null | undefined;
  /** If given, the session runs on GitHub-hosted compute instead of on the machine of the runtime. It is STARTING until its machine has started. BAD_USER_INPUT together with `sessionId`, `model`, `reasoningEffort`, `instructions`, `clientTools`, `provider` or `remote`. POLICY_BLOCKED if the profile or the organization does not allow it, NOT_SUPPORTED if the runtime has no cloud sessions. */
  cloud?: CloudInput | null | undefined;
  /** A token of the GitHub account that the session uses instead of the account of the server. Write-only: it is held in memory and never stored, logged or returned. BAD_USER_INPUT together with `provider`. See `updateSessionCredentials`. */
  gitHubToken?: string | null | undefined;
  /** What to do if the viewer already has a session with this ID. */
  ifExists?: IfExists;
  /** Instructions for the agent, appended to the system message of the profile. At most 32768 bytes. */
  instructions?: string | null | undefined;
  /** Labels to find the session by: at most 20, with unique keys. */
  labels?: Array<LabelInput> | null | undefined;
  /** The name of the model that the session uses, as in `Query.models`; the default model of the profile if absent. MODEL_NOT_FOUND if the profile does not offer it. Required with `provider`, and then not restricted by the profile. */
  model?: string | null | undefined;
  /** The name of the profile that the session uses, as in `Query.profiles`; `default` if absent. BAD_USER_INPUT if there is no such profile. */
  profile?: string | null | undefined;
  /** A model provider of the client, used for this session only. Requires `model`. POLICY_BLOCKED if the profile or the server does not allow it, BAD_USER_INPUT together with `gitHubToken`. */
  provider?: ProviderInput | null | undefined;
  /** How much the model reasons before it answers; the default of the model if absent. BAD_USER_INPUT if the model does not support the value. */
  reasoningEffort?: ReasoningEffort | null | undefined;
  /** Whether the session is shared on GitHub web and mobile; works and fails like `setSessionRemote`. If sharing fails, no session is created. */
  remote?: RemoteMode;
  /** The ID of the session, chosen by the client: 1 to 128 letters, digits, `_` and `-`. It is unique per viewer. If absent, an ID is generated. */
  sessionId?: string | number | null | undefined;
  /** The title of the session, 1 to 200 characters. If absent, the runtime generates one from the conversation. */
  title?: string | null | undefined;
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
  key: string;
  /** The value of the label, at most 256 characters. It may be empty. */
  value: string;
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
  apiKey?: string | null | undefined;
  /** The version of the Azure OpenAI API, for example `2024-10-21`. If absent, the route without a version is called. BAD_USER_INPUT for other providers than AZURE. */
  azureApiVersion?: string | null | undefined;
  /** The base URL of the API: an https URL without user name, password, query and fragment, at most 2048 characters. POLICY_BLOCKED if the server does not allow the host. */
  baseUrl: string;
  /** A token that is sent as `Authorization: Bearer`, instead of `apiKey`. */
  bearerToken?: string | null | undefined;
  /** The API family of the provider. */
  type: ProviderType;
  /** The API that is called for OPENAI and AZURE; COMPLETIONS if absent. BAD_USER_INPUT with ANTHROPIC. */
  wireApi?: WireApi | null | undefined;
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
/** A repository on GitHub, to filter sessions by or to create a cloud session for. */
export type RepositoryInput = {
  /** The name of the branch. If absent: any branch in a filter, the default branch for a new cloud session. */
  branch?: string | null | undefined;
  /** The name of the repository, without its owner. */
  name: string;
  /** The login of the user or organization that owns the repository. */
  owner: string;
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
  action: ElicitationAction;
  /** The values of the form, as an object that matches `ElicitationRequest.requestedSchema`; only with ACCEPT and only for a form, else BAD_USER_INPUT. If absent, an empty object is submitted. At most 256 KiB as JSON (setting LIMIT_PROMPT_BYTES). */
  content?: unknown;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  requestId: string | number;
  /** The ID of the session. */
  sessionId: string | number;
};

/** Input of the mutation `respondToPermissionRequest`. */
export type RespondToPermissionRequestInput = {
  /** The decision. APPROVE_FOR_SESSION fails with BAD_USER_INPUT unless `PermissionRequest.canApproveForSession` is true. */
  decision: PermissionDecision;
  /** With REJECT only: a text that tells the agent what to do instead, at most 32768 bytes. If absent, the agent does not continue and the turn ends. */
  feedback?: string | null | undefined;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  requestId: string | number;
  /** The ID of the session. */
  sessionId: string | number;
};

/** Input of the mutation `respondToUserInputRequest`. */
export type RespondToUserInputRequestInput = {
  /** The answer: one of `UserInputRequest.choices`, or any text if `allowFreeform` is true. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES). */
  answer: string;
  /** The ID of the pending request, as in `PendingRequest.id`. */
  requestId: string | number;
  /** The ID of the session. */
  sessionId: string | number;
};

/** Input of the mutation `sendMessage`. */
export type SendMessageInput = {
  /** Files to send with the message: at most 20, together at most 8 MiB before base64 encoding (setting LIMIT_ATTACHMENT_BYTES), else LIMIT_EXCEEDED. NOT_SUPPORTED for cloud sessions. */
  attachments?: Array<AttachmentInput> | null | undefined;
  /** An idempotency key for the message within its session, 1 to 128 characters, generated by the client. If a message with this key was already sent, nothing is sent and the turn of the first one is returned: repeat a failed or interrupted call with the same key. */
  clientMessageId?: string | number | null | undefined;
  /** How the message is delivered while a turn is running. */
  delivery?: MessageDelivery;
  /** The text of the message. Must not be blank; at most 256 KiB in UTF-8 (setting LIMIT_PROMPT_BYTES). */
  prompt: string;
  /** The ID of the session. */
  sessionId: string | number;
};

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
/** Which of the two text generation APIs of OpenAI and Azure OpenAI is called. */
export const WireApi = {
  /** The Chat Completions API. */
  Completions: 'COMPLETIONS',
  /** The Responses API. */
  Responses: 'RESPONSES'
} as const;

export type WireApi = typeof WireApi[keyof typeof WireApi];
export type ChatAnswerMutationVariables = Exact<{
  session: CreateSessionInput;
  message: SendMessageInput;
}>;


export type ChatAnswerMutation = { createSession: { created: boolean } | null, sendMessage: { finishedTurn: { state: TurnState, reply: { content: string } | null, error: { code: ErrorCode, message: string } | null } | null } | null };

export type OpenSessionMutationVariables = Exact<{
  input: CreateSessionInput;
}>;


export type OpenSessionMutation = { createSession: { created: boolean, session: { id: string, cursor: string | null, currentTurn: { id: string } | null, pendingRequests: Array<
        | { __typename: 'ClientToolCall', toolName: string | null, id: string }
        | { __typename: 'ElicitationRequest', message: string, requestedSchema: unknown, mcpServer: string | null, url: string | null, id: string }
        | { __typename: 'PermissionRequest', kind: PermissionKind, summary: string, command: string | null, paths: Array<string>, urls: Array<string>, warning: string | null, canApproveForSession: boolean, id: string }
        | { __typename: 'UserInputRequest', question: string, choices: Array<string>, allowFreeform: boolean, id: string }
      > | null, messages: { nodes: Array<
          | { __typename: 'AssistantMessage', agentId: string | null, content: string, id: string }
          | { __typename: 'UserMessage', content: string, id: string }
        > } | null } } | null };

export type TimelineSubscriptionVariables = Exact<{
  sessionId: string | number;
  after?: string | null | undefined;
}>;


export type TimelineSubscription = { sessionEvents:
    | { __typename: 'AssistantMessageCompleted', cursor: string }
    | { __typename: 'ContextCompacted', cursor: string }
    | { __typename: 'CredentialsRequired', cursor: string }
    | { __typename: 'IntentChanged', cursor: string }
    | { __typename: 'MessageDelta', cursor: string, agentId: string | null, messageId: string, kind: DeltaKind, offset: number, text: string, state: DeltaState }
    | { __typename: 'ModelChanged', cursor: string }
    | { __typename: 'ModelRetry', cursor: string }
    | { __typename: 'QueueChanged', cursor: string }
    | { __typename: 'RequestPending', cursor: string, request:
        | { __typename: 'ClientToolCall', toolName: string | null, id: string }
        | { __typename: 'ElicitationRequest', message: string, requestedSchema: unknown, mcpServer: string | null, url: string | null, id: string }
        | { __typename: 'PermissionRequest', kind: PermissionKind, summary: string, command: string | null, paths: Array<string>, urls: Array<string>, warning: string | null, canApproveForSession: boolean, id: string }
        | { __typename: 'UserInputRequest', question: string, choices: Array<string>, allowFreeform: boolean, id: string }
       }
    | { __typename: 'RequestResolved', requestId: string, resolution: RequestResolution, cursor: string }
    | { __typename: 'RuntimeChanged', cursor: string }
    | { __typename: 'SessionDeleted', cursor: string }
    | { __typename: 'SessionInfo', cursor: string }
    | { __typename: 'SessionWarning', cursor: string }
    | { __typename: 'SubagentChanged', cursor: string }
    | { __typename: 'TitleChanged', cursor: string }
    | { __typename: 'ToolCallChanged', cursor: string, toolCall: { id: string, name: string, title: string | null, state: ToolCallState, error: string | null } }
    | { __typename: 'ToolOutputDelta', cursor: string }
    | { __typename: 'TurnChanged', cursor: string, turn: { id: string, state: TurnState, error: { code: ErrorCode, message: string } | null } }
    | { __typename: 'UsageChanged', cursor: string }
    | { __typename: 'UserMessageAdded', agentId: string | null, cursor: string, userMessage: { id: string, content: string } }
   };

export type LateJoinSubscriptionVariables = Exact<{
  sessionId: string | number;
}>;


export type LateJoinSubscription = { messageDelta: { cursor: string, agentId: string | null, messageId: string, kind: DeltaKind, offset: number, text: string, state: DeltaState } };

export type PatchFragment = { agentId: string | null, messageId: string, kind: DeltaKind, offset: number, text: string, state: DeltaState };

type Asked_ClientToolCall_Fragment = { __typename: 'ClientToolCall', toolName: string | null, id: string };

type Asked_ElicitationRequest_Fragment = { __typename: 'ElicitationRequest', message: string, requestedSchema: unknown, mcpServer: string | null, url: string | null, id: string };

type Asked_PermissionRequest_Fragment = { __typename: 'PermissionRequest', kind: PermissionKind, summary: string, command: string | null, paths: Array<string>, urls: Array<string>, warning: string | null, canApproveForSession: boolean, id: string };

type Asked_UserInputRequest_Fragment = { __typename: 'UserInputRequest', question: string, choices: Array<string>, allowFreeform: boolean, id: string };

export type AskedFragment =
  | Asked_ClientToolCall_Fragment
  | Asked_ElicitationRequest_Fragment
  | Asked_PermissionRequest_Fragment
  | Asked_UserInputRequest_Fragment
;

export type SayMutationVariables = Exact<{
  sessionId: string | number;
  prompt: string;
  clientMessageId: string | number;
}>;


export type SayMutation = { sendMessage: { turn: { id: string } } | null };

export type StopMutationVariables = Exact<{
  sessionId: string | number;
  turnId: string | number;
}>;


export type StopMutation = { abortTurn: { abortedTurn: { id: string } | null, discardedMessages: Array<{ id: string, prompt: string }> } | null };

export type DecideMutationVariables = Exact<{
  input: RespondToPermissionRequestInput;
}>;


export type DecideMutation = { respondToPermissionRequest: { outcome: RespondOutcome } | null };

export type AnswerMutationVariables = Exact<{
  input: RespondToUserInputRequestInput;
}>;


export type AnswerMutation = { respondToUserInputRequest: { outcome: RespondOutcome } | null };

export type FillInMutationVariables = Exact<{
  input: RespondToElicitationRequestInput;
}>;


export type FillInMutation = { respondToElicitationRequest: { outcome: RespondOutcome } | null };

export type RunJobMutationVariables = Exact<{
  session: CreateSessionInput;
  message: SendMessageInput;
}>;


export type RunJobMutation = { createSession: { created: boolean } | null, sendMessage: { finishedTurn: { id: string, state: TurnState, reply: { content: string } | null, error: { code: ErrorCode, message: string } | null } | null } | null };

export type ReleaseMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type ReleaseMutation = { disconnectSession: { session: { state: SessionState } } | null };

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
export const PatchFragmentDoc = new TypedDocumentString(`
    fragment Patch on MessageDelta {
  agentId
  messageId
  kind
  offset
  text
  state
}
    `, {"fragmentName":"Patch"}) as unknown as TypedDocumentString<PatchFragment, unknown>;
export const AskedFragmentDoc = new TypedDocumentString(`
    fragment Asked on PendingRequest {
  __typename
  id
  ... on PermissionRequest {
    kind
    summary
    command
    paths
    urls
    warning
    canApproveForSession
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
  }
}
    `, {"fragmentName":"Asked"}) as unknown as TypedDocumentString<AskedFragment, unknown>;
export const ChatAnswerDocument = new TypedDocumentString(`
    mutation ChatAnswer($session: CreateSessionInput!, $message: SendMessageInput!) {
  createSession(input: $session) {
    created
  }
  sendMessage(input: $message) {
    finishedTurn(timeoutMs: 120000) {
      state
      reply {
        content
      }
      error {
        code
        message
      }
    }
  }
}
    `, {"hash":"sha256:deb26ff83ff859898945498887d5157ed8604cad1fd3697e38395e612a9ce185"}) as unknown as TypedDocumentString<ChatAnswerMutation, ChatAnswerMutationVariables>;
export const OpenSessionDocument = new TypedDocumentString(`
    mutation OpenSession($input: CreateSessionInput!) {
  createSession(input: $input) {
    created
    session {
      id
      cursor
      currentTurn {
        id
      }
      pendingRequests {
        ...Asked
      }
      messages(last: 20) {
        nodes {
          __typename
          id
          ... on UserMessage {
            content
          }
          ... on AssistantMessage {
            agentId
            content
          }
        }
      }
    }
  }
}
    fragment Asked on PendingRequest {
  __typename
  id
  ... on PermissionRequest {
    kind
    summary
    command
    paths
    urls
    warning
    canApproveForSession
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
  }
}`, {"hash":"sha256:9ce95161ae2972cba97fbe18e60e711c7c7e1404df7a6cbde4036acadb8c93d5"}) as unknown as TypedDocumentString<OpenSessionMutation, OpenSessionMutationVariables>;
export const TimelineDocument = new TypedDocumentString(`
    subscription Timeline($sessionId: ID!, $after: Cursor) {
  sessionEvents(
    sessionId: $sessionId
    after: $after
    types: [MESSAGE_DELTA, USER_MESSAGE_ADDED, TOOL_CALL_CHANGED, TURN_CHANGED, REQUEST_PENDING, REQUEST_RESOLVED, SESSION_DELETED]
  ) {
    __typename
    cursor
    ... on MessageDelta {
      ...Patch
    }
    ... on UserMessageAdded {
      agentId
      userMessage {
        id
        content
      }
    }
    ... on ToolCallChanged {
      toolCall {
        id
        name
        title
        state
        error
      }
    }
    ... on TurnChanged {
      turn {
        id
        state
        error {
          code
          message
        }
      }
    }
    ... on RequestPending {
      request {
        ...Asked
      }
    }
    ... on RequestResolved {
      requestId
      resolution
    }
  }
}
    fragment Patch on MessageDelta {
  agentId
  messageId
  kind
  offset
  text
  state
}
fragment Asked on PendingRequest {
  __typename
  id
  ... on PermissionRequest {
    kind
    summary
    command
    paths
    urls
    warning
    canApproveForSession
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
  }
}`, {"hash":"sha256:b57587c1d054296cb3e3b101be78c5fcf0f5367fdedc3a195581471b029f0972"}) as unknown as TypedDocumentString<TimelineSubscription, TimelineSubscriptionVariables>;
export const LateJoinDocument = new TypedDocumentString(`
    subscription LateJoin($sessionId: ID!) {
  messageDelta(sessionId: $sessionId) {
    cursor
    ...Patch
  }
}
    fragment Patch on MessageDelta {
  agentId
  messageId
  kind
  offset
  text
  state
}`, {"hash":"sha256:156d56c9b603578439d9c5e63d46317b63ff935b5c8785bbd5e7b77f4c38c186"}) as unknown as TypedDocumentString<LateJoinSubscription, LateJoinSubscriptionVariables>;
export const SayDocument = new TypedDocumentString(`
    mutation Say($sessionId: ID!, $prompt: String!, $clientMessageId: ID!) {
  sendMessage(
    input: {sessionId: $sessionId, prompt: $prompt, clientMessageId: $clientMessageId, delivery: IMMEDIATE}
  ) {
    turn {
      id
    }
  }
}
    `, {"hash":"sha256:c2d4366dff2da85d68909be918c7fc93337652ccec382a892e238cae4c5495c5"}) as unknown as TypedDocumentString<SayMutation, SayMutationVariables>;
export const StopDocument = new TypedDocumentString(`
    mutation Stop($sessionId: ID!, $turnId: ID!) {
  abortTurn(input: {sessionId: $sessionId, turnId: $turnId}) {
    abortedTurn {
      id
    }
    discardedMessages {
      id
      prompt
    }
  }
}
    `, {"hash":"sha256:459127262c687e2224823fce3837a5c996cfa3f9b2ad587c69bb71c753f30bf3"}) as unknown as TypedDocumentString<StopMutation, StopMutationVariables>;
export const DecideDocument = new TypedDocumentString(`
    mutation Decide($input: RespondToPermissionRequestInput!) {
  respondToPermissionRequest(input: $input) {
    outcome
  }
}
    `, {"hash":"sha256:eed0746012fdae1486325e46a67f8477078093fec92d6cb8ab3106956983e6d6"}) as unknown as TypedDocumentString<DecideMutation, DecideMutationVariables>;
export const AnswerDocument = new TypedDocumentString(`
    mutation Answer($input: RespondToUserInputRequestInput!) {
  respondToUserInputRequest(input: $input) {
    outcome
  }
}
    `, {"hash":"sha256:d3331e039fef633bc1da26a4dafbe0c2abd26b6005990b5b2f1eb02215be16d9"}) as unknown as TypedDocumentString<AnswerMutation, AnswerMutationVariables>;
export const FillInDocument = new TypedDocumentString(`
    mutation FillIn($input: RespondToElicitationRequestInput!) {
  respondToElicitationRequest(input: $input) {
    outcome
  }
}
    `, {"hash":"sha256:9f25e6e1050ed82ef0266def9b604c3caf171cf9e63b75891fa0fd9e0502df0b"}) as unknown as TypedDocumentString<FillInMutation, FillInMutationVariables>;
export const RunJobDocument = new TypedDocumentString(`
    mutation RunJob($session: CreateSessionInput!, $message: SendMessageInput!) {
  createSession(input: $session) {
    created
  }
  sendMessage(input: $message) {
    finishedTurn(timeoutMs: 60000) {
      id
      state
      reply {
        content
      }
      error {
        code
        message
      }
    }
  }
}
    `, {"hash":"sha256:6f08348d8537ef5d0b7e07a24f581e48bb5276a765f6e438780ddb53795cba21"}) as unknown as TypedDocumentString<RunJobMutation, RunJobMutationVariables>;
export const ReleaseDocument = new TypedDocumentString(`
    mutation Release($sessionId: ID!) {
  disconnectSession(input: {sessionId: $sessionId}) {
    session {
      state
    }
  }
}
    `, {"hash":"sha256:975dd80fa9070176dd86be34cc18b87096c42abb2aa4e6d0a3bc24fc22268476"}) as unknown as TypedDocumentString<ReleaseMutation, ReleaseMutationVariables>;