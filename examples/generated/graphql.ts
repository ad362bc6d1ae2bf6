/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A file to send along. There is no way to name one on the server. */
export type AttachmentInput = {
  /** The content in base64, with padding. */
  data: string;
  /** image/png, image/jpeg, image/gif, image/webp, application/pdf, text/*, application/json, application/xml or application/yaml; the content must be of it. */
  mimeType: string;
  /** File name without a folder, 1 to 255 characters. */
  name: string;
};

/** A tool that clients of the session run themselves. */
export type ClientToolInput = {
  /** What it is good for, for the agent; 1 to 1,024 characters. */
  description: string;
  /** [A-Za-z0-9_-]{1,64}; not that of another tool. */
  name: string;
  /** JSON Schema (2020-12, or draft-07 by `$schema`) of its arguments, with `type: "object"` and `properties`; up to 16,384 bytes. */
  parameters: unknown;
};

/** What a session on a machine of GitHub's begins with. */
export type CloudInput = {
  /** What it works on; without one it has none. Runtimes of today do not pass the branch on to GitHub. */
  repository?: RepositoryInput | null | undefined;
};

/** What a new session is to be. */
export type CreateSessionInput = {
  /** Tools the clients themselves run; their calls arrive as ClientToolCall. Up to 50 of 65,536 bytes together; POLICY_BLOCKED when the profile does not let one in. */
  clientTools?: Array<ClientToolInput> | null | undefined;
  /** To run it on a machine of GitHub's instead; STARTING until its worker is there. Not with `sessionId`, `model`, `reasoningEffort`, `instructions`, `clientTools`, `provider` or `remote`: BAD_USER_INPUT. POLICY_BLOCKED where the profile or the organisation does not allow it, NOT_SUPPORTED by runtimes without cloud sessions. */
  cloud?: CloudInput | null | undefined;
  /** The GitHub account that the session uses instead of the server's. Write-only: held in memory only; see `updateSessionCredentials`. */
  gitHubToken?: string | null | undefined;
  /** When there is one of this name. */
  ifExists?: IfExists;
  /** Appended to the profile's system message; up to 32,768 bytes. */
  instructions?: string | null | undefined;
  /** Up to 20, each key once. */
  labels?: Array<LabelInput> | null | undefined;
  /** One of the profile's `models`, else MODEL_NOT_FOUND; the profile's default when absent. */
  model?: string | null | undefined;
  /** Name of a profile; the default one when absent. */
  profile?: string | null | undefined;
  /** A model provider of your own, for this session; needs `model`. POLICY_BLOCKED where the profile does not allow it, BAD_USER_INPUT beside `gitHubToken`. */
  provider?: ProviderInput | null | undefined;
  /** One that the model takes, else BAD_USER_INPUT; the model's default when absent. */
  reasoningEffort?: ReasoningEffort | null | undefined;
  /** As in `setSessionRemote`; when that fails no session is made. */
  remote?: RemoteMode;
  /** Your own name for it, [A-Za-z0-9_-]{1,128}; generated when absent. Scoped to the viewer. */
  sessionId?: string | number | null | undefined;
  /** Up to 200 characters; the runtime's summary when absent. */
  title?: string | null | undefined;
};

/** Which text grows. */
export const DeltaKind = {
  /** What the agent says. */
  Content: 'CONTENT',
  /** What the model thinks before. */
  Reasoning: 'REASONING'
} as const;

export type DeltaKind = typeof DeltaKind[keyof typeof DeltaKind];
/** How final a text is. */
export const DeltaState = {
  /** The text is final. */
  Complete: 'COMPLETE',
  /** Retried, aborted or interrupted; drop the text of this id and kind unless a later value (offset 0) arrives; for an unknown id, ignore. */
  Discarded: 'DISCARDED',
  /** More may come. */
  Streaming: 'STREAMING'
} as const;

export type DeltaState = typeof DeltaState[keyof typeof DeltaState];
/** What became of a form. */
export const ElicitationAction = {
  /** It is filled in, or the page was opened. */
  Accept: 'ACCEPT',
  /** It was dismissed without a choice. */
  Cancel: 'CANCEL',
  /** Somebody chose not to. */
  Decline: 'DECLINE'
} as const;

export type ElicitationAction = typeof ElicitationAction[keyof typeof ElicitationAction];
/** Why an operation (`errors[].extensions.code`) or a turn (`TurnError.code`) failed. New values may be added. */
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
/** What to do when there is a session of the same name. */
export const IfExists = {
  /** Fail with SESSION_EXISTS. */
  Fail: 'FAIL',
  /** Resume it; the other fields of the input but `gitHubToken` and `provider` are then ignored. */
  Resume: 'RESUME'
} as const;

export type IfExists = typeof IfExists[keyof typeof IfExists];
/** A mark that clients find sessions by. */
export type LabelInput = {
  /** 1 to 64 characters. */
  key: string;
  /** Up to 256 characters. */
  value: string;
};

/** What to do while a turn runs. Without one, all are the same. */
export const MessageDelivery = {
  /** Wait for its own turn, behind what waits already. */
  Enqueue: 'ENQUEUE',
  /** Steer the running turn: the agent reads it at its next step, and it belongs to that turn, which is returned. */
  Immediate: 'IMMEDIATE',
  /** Abort the running turn first. What waits keeps waiting, behind this message. */
  Interrupt: 'INTERRUPT',
  /** Fail with SESSION_BUSY while a turn runs or waits. */
  RejectIfBusy: 'REJECT_IF_BUSY'
} as const;

export type MessageDelivery = typeof MessageDelivery[keyof typeof MessageDelivery];
/** Whether the agent may. */
export const PermissionDecision = {
  /** Yes, and the same need not be asked again in this session. */
  ApproveForSession: 'APPROVE_FOR_SESSION',
  /** Yes, this time. */
  ApproveOnce: 'APPROVE_ONCE',
  /** No. */
  Reject: 'REJECT'
} as const;

export type PermissionDecision = typeof PermissionDecision[keyof typeof PermissionDecision];
/** What the agent wants to do. */
export const PermissionKind = {
  /** Call a tool that a client declared. */
  CustomTool: 'CUSTOM_TOOL',
  /** Go on with a tool call that a hook asks about. */
  Hook: 'HOOK',
  /** Call a tool of an MCP server. */
  Mcp: 'MCP',
  /** Remember something beyond the session. */
  Memory: 'MEMORY',
  /** Something that has no value of its own here. */
  Other: 'OTHER',
  /** Read a file or a folder. */
  Read: 'READ',
  /** Run a command. */
  Shell: 'SHELL',
  /** Fetch from the web. */
  Url: 'URL',
  /** Write a file. */
  Write: 'WRITE'
} as const;

export type PermissionKind = typeof PermissionKind[keyof typeof PermissionKind];
/** A model provider of the client. Write-only: its key is held in memory, never stored, logged or returned. */
export type ProviderInput = {
  /** Its key. */
  apiKey?: string | null | undefined;
  /** For AZURE, such as 2024-10-21; the route without a version when absent. */
  azureApiVersion?: string | null | undefined;
  /** Where it is: an https URL without user name, password, query and fragment. POLICY_BLOCKED when the server does not allow the host. */
  baseUrl: string;
  /** Instead of the key: sent as `Authorization: Bearer`. */
  bearerToken?: string | null | undefined;
  /** How it is called. */
  type: ProviderType;
  /** COMPLETIONS when absent. */
  wireApi?: WireApi | null | undefined;
};

/** By which rules a model provider is called. */
export const ProviderType = {
  /** Anthropic. */
  Anthropic: 'ANTHROPIC',
  /** Azure OpenAI. */
  Azure: 'AZURE',
  /** OpenAI, or what is compatible with it. */
  Openai: 'OPENAI'
} as const;

export type ProviderType = typeof ProviderType[keyof typeof ProviderType];
/** How long a model thinks before it answers. */
export const ReasoningEffort = {
  /** Long. */
  High: 'HIGH',
  /** Short. */
  Low: 'LOW',
  /** As long as the model can. */
  Max: 'MAX',
  /** In between. */
  Medium: 'MEDIUM',
  /** Longer. */
  Xhigh: 'XHIGH'
} as const;

export type ReasoningEffort = typeof ReasoningEffort[keyof typeof ReasoningEffort];
/** Whether and how a local session is seen on GitHub web and mobile. */
export const RemoteMode = {
  /** To be read. */
  Export: 'EXPORT',
  /** Not at all. */
  Off: 'OFF',
  /** To be read and steered. */
  On: 'ON'
} as const;

export type RemoteMode = typeof RemoteMode[keyof typeof RemoteMode];
/** A repository on GitHub. */
export type RepositoryInput = {
  /** Any, or the default one, when absent. */
  branch?: string | null | undefined;
  /** Without the owner. */
  name: string;
  /** User or organisation. */
  owner: string;
};

/** How a request of the agent ended. */
export const RequestResolution = {
  /** Somebody gave the answer or the result. */
  Answered: 'ANSWERED',
  /** Permitted this once. */
  Approved: 'APPROVED',
  /** Permitted for the rest of the session. */
  ApprovedForSession: 'APPROVED_FOR_SESSION',
  /** The profile's policy answered, nobody was asked. */
  ByPolicy: 'BY_POLICY',
  /** Dismissed by somebody, or the turn was aborted while it was open. */
  Cancelled: 'CANCELLED',
  /** Somebody chose not to answer. */
  Declined: 'DECLINED',
  /** Nobody answered in time. */
  Expired: 'EXPIRED',
  /** Refused by a person. */
  Rejected: 'REJECTED',
  /** The runtime could not restore it. */
  Withdrawn: 'WITHDRAWN'
} as const;

export type RequestResolution = typeof RequestResolution[keyof typeof RequestResolution];
/** What became of an answer. */
export const RespondOutcome = {
  /** The agent has it. */
  Accepted: 'ACCEPTED',
  /** Somebody else was first, time was up, or nobody waits for it any more. */
  AlreadyResolved: 'ALREADY_RESOLVED'
} as const;

export type RespondOutcome = typeof RespondOutcome[keyof typeof RespondOutcome];
/** The form, filled in or not. */
export type RespondToElicitationRequestInput = {
  /** What became of it. */
  action: ElicitationAction;
  /** With ACCEPT of a form: an object that fits `requestedSchema`; without fields when absent. */
  content?: unknown;
  /** Id of the request. */
  requestId: string | number;
  /** Id of the session. */
  sessionId: string | number;
};

/** Whether the agent may do what it asks for. */
export type RespondToPermissionRequestInput = {
  /** APPROVE_FOR_SESSION only where `canApproveForSession` is true. */
  decision: PermissionDecision;
  /** With REJECT: what the agent should do instead; up to 32,768 bytes. */
  feedback?: string | null | undefined;
  /** Id of the request. */
  requestId: string | number;
  /** Id of the session. */
  sessionId: string | number;
};

/** The answer to the agent's question. */
export type RespondToUserInputRequestInput = {
  /** One of the choices, or any text where `allowFreeform` is true; not empty. */
  answer: string;
  /** Id of the request. */
  requestId: string | number;
  /** Id of the session. */
  sessionId: string | number;
};

/** What to send. */
export type SendMessageInput = {
  /** Up to 20 files, together up to 8 MB (LIMIT_ATTACHMENT_BYTES) before base64. */
  attachments?: Array<AttachmentInput> | null | undefined;
  /** Sending the same id again returns the first send's turn instead of sending twice. 1 to 128 characters. */
  clientMessageId?: string | number | null | undefined;
  /** What to do while a turn runs. */
  delivery?: MessageDelivery;
  /** What to say; not empty, up to 256 kB of UTF-8. */
  prompt: string;
  /** Id of the session. */
  sessionId: string | number;
};

/** What a session is doing. */
export const SessionState = {
  /** Not in the memory of the runtime; the next message resumes it. */
  Disconnected: 'DISCONNECTED',
  /** Attached to the runtime; waits for a message. */
  Idle: 'IDLE',
  /** A turn is under way or queued. */
  Running: 'RUNNING',
  /** In the cloud, and its worker is not there yet; what is sent meanwhile is held. */
  Starting: 'STARTING',
  /** The agent waits for an answer, see `pendingRequests`. */
  WaitingForInput: 'WAITING_FOR_INPUT'
} as const;

export type SessionState = typeof SessionState[keyof typeof SessionState];
/** How far a tool call is. */
export const ToolCallState = {
  /** Not permitted; it was not carried out. */
  Denied: 'DENIED',
  /** Ended with an error. */
  Failed: 'FAILED',
  /** The runtime ended while it ran. */
  Interrupted: 'INTERRUPTED',
  /** Asked for by the model. */
  Pending: 'PENDING',
  /** Being carried out, or waiting for permission. */
  Running: 'RUNNING',
  /** Ended with a result. */
  Succeeded: 'SUCCEEDED'
} as const;

export type ToolCallState = typeof ToolCallState[keyof typeof ToolCallState];
/** How far a turn is. */
export const TurnState = {
  /** Stopped by somebody. */
  Aborted: 'ABORTED',
  /** Ended as it should. */
  Completed: 'COMPLETED',
  /** Ended with an error. */
  Failed: 'FAILED',
  /** Waits for the turns before it. */
  Queued: 'QUEUED',
  /** The agent is at work. */
  Running: 'RUNNING',
  /** The agent cannot go on without an answer, see `Session.pendingRequests`. */
  WaitingForInput: 'WAITING_FOR_INPUT'
} as const;

export type TurnState = typeof TurnState[keyof typeof TurnState];
/** Which of the two APIs of OpenAI and Azure is used. */
export const WireApi = {
  /** Chat completions. */
  Completions: 'COMPLETIONS',
  /** Responses. */
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