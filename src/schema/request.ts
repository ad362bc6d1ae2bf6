import type { EventByType } from '../events/event.ts';
import { toRequestId, toTurnId } from '../events/ids.ts';
import type {
  PendingRequest,
  PendingRequestByKind,
  RequestKind,
} from '../events/pending-request.ts';
import { toOwnPublicId } from '../resolvers/ownership.ts';
import { listPendingRequests } from '../resolvers/request.ts';
import { builder } from './builder.ts';
import { SessionEventRef } from './event.ts';
import { SessionRef } from './session.ts';

const requestTypeNames = {
  permission: 'PermissionRequest',
  user_input: 'UserInputRequest',
  elicitation: 'ElicitationRequest',
  client_tool: 'ClientToolCall',
} as const satisfies Record<RequestKind, string>;

export const PendingRequestRef = builder.interfaceRef<PendingRequest>('PendingRequest').implement({
  description:
    'A request of the agent that must be resolved before its turn continues: a permission, a question, a form, or a call of a client tool. All clients of the session see it, any of them may respond, and the first valid response wins.',
  resolveType: (request) => requestTypeNames[request.kind],
  fields: (t) => ({
    id: t.id({
      description:
        'The ID of the request: `request:` followed by the ID that the runtime assigned to it.',
      resolve: (request) => toRequestId(request.requestId),
    }),
    sessionId: t.id({
      description: 'The ID of the session whose agent made the request.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    turnId: t.id({
      nullable: true,
      description: 'The ID of the turn that is waiting for the response, or null if it is unknown.',
      resolve: ({ turnMessageId }) => turnMessageId && toTurnId(turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description: 'The ID of the sub-agent that made the request, or null for the main agent.',
    }),
    toolCallId: t.exposeID('toolCallId', {
      nullable: true,
      description: 'The ID of the tool call that caused the request, or null if there is none.',
    }),
    requestedAt: t.expose('requestedAt', {
      type: 'DateTime',
      description: 'The time at which the request was made.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the request expires if no client responds: a permission is then rejected, a form is cancelled, a client tool call fails, and a question is answered with a note. Null if it never expires. The delay is set by the profile (default: 10 minutes).',
    }),
  }),
});

const PermissionKindRef = builder.enumType('PermissionKind', {
  description: 'The kind of action that the agent requests permission for.',
  values: {
    SHELL: { description: 'Running a shell command.' },
    WRITE: { description: 'Writing a file.' },
    READ: { description: 'Reading a file or a directory.' },
    MCP: { description: 'Calling a tool of an MCP server.' },
    CUSTOM_TOOL: { description: 'Calling a tool that a client declared (`ClientToolInput`).' },
    URL: { description: 'Fetching a URL.' },
    MEMORY: { description: 'Storing a fact that is kept beyond the session.' },
    HOOK: {
      description: 'Continuing a tool call that a hook of the runtime flagged for confirmation.',
    },
    OTHER: { description: 'Any action that has no value of its own in this enum.' },
  } as const,
});

builder.objectRef<PendingRequestByKind<'permission'>>('PermissionRequest').implement({
  description:
    'A request of the agent for permission to do something. Respond with the mutation `respondToPermissionRequest`. If it expires, it is rejected, never approved.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    kind: t.expose('permissionKind', {
      type: PermissionKindRef,
      description: 'The kind of action that the agent wants to take.',
    }),
    toolName: t.exposeString('toolName', {
      nullable: true,
      description:
        'The name of the tool that the agent wants to call, for the kinds MCP, CUSTOM_TOOL and HOOK, else null.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description:
        'The name of the MCP server that provides the tool, or null if it is not a tool of an MCP server.',
    }),
    summary: t.exposeString('summary', {
      description: 'A one-line description of the action, for display.',
    }),
    command: t.exposeString('command', {
      nullable: true,
      description: 'The complete shell command that will be run, for the kind SHELL, else null.',
    }),
    diff: t.exposeString('diff', {
      nullable: true,
      description: 'The change to the file as a unified diff, for the kind WRITE, else null.',
    }),
    arguments: t.expose('arguments', {
      type: 'JSON',
      nullable: true,
      description: 'The arguments that the tool will be called with, or null if there are none.',
    }),
    paths: t.exposeStringList('paths', {
      description:
        'Paths of files and directories that the action reads or writes. Empty if none are known.',
    }),
    urls: t.exposeStringList('urls', {
      description: 'URLs that the action accesses. Empty if none are known.',
    }),
    warning: t.exposeString('warning', {
      nullable: true,
      description:
        'A warning of the runtime about the action, for display, or null if there is none.',
    }),
    canApproveForSession: t.exposeBoolean('canApproveForSession', {
      description: 'Whether the request may be answered with the decision APPROVE_FOR_SESSION.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'user_input'>>('UserInputRequest').implement({
  description:
    'A question that the agent asks the user. Respond with the mutation `respondToUserInputRequest`. If it expires, the agent receives a note that no one responded, and continues.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    question: t.exposeString('question', {
      description: 'The text of the question, for display.',
    }),
    choices: t.exposeStringList('choices', {
      description: 'The suggested answers. Empty if there are none.',
    }),
    allowFreeform: t.exposeBoolean('allowFreeform', {
      description:
        'Whether any text is accepted as the answer. If false, the answer must be one of `choices`.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'elicitation'>>('ElicitationRequest').implement({
  description:
    'A request of an MCP server that the user fills in a form or opens a web page, made while one of its tools runs. Respond with the mutation `respondToElicitationRequest`. If it expires, it is cancelled.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    message: t.exposeString('message', {
      description: 'A text for the user that explains what is requested.',
    }),
    requestedSchema: t.expose('requestedSchema', {
      type: 'JSON',
      description:
        'The JSON Schema of the form: an object whose properties are strings, numbers, booleans or lists of strings. It has no properties if a page is to be opened.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description:
        'The name of the MCP server that made the request and receives the response, or null if it is unknown.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description:
        'The URL of the page that the user should open, or null if the user should fill in a form.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'client_tool'>>('ClientToolCall').implement({
  description:
    'A call of a tool that clients of the session run themselves. A client runs the tool and responds with the mutation `respondToToolCall`; if several clients run it, the first response wins. If the request expires, the tool call fails. The call also appears as a `ToolCall`.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    toolName: t.exposeString('toolName', {
      nullable: true,
      description: 'The name of the tool, as declared in `CreateSessionInput.clientTools`.',
    }),
    arguments: t.expose('arguments', {
      type: 'JSON',
      nullable: true,
      description:
        'The arguments that the model wrote, as an object. They are not validated against the declared `parameters`; the client must validate them.',
    }),
  }),
});

builder.objectField(SessionRef, 'pendingRequests', (t) =>
  t.field({
    type: [PendingRequestRef],
    nullable: true,
    description:
      'The requests that the agent is waiting for, oldest first. Empty if there are none. RUNTIME_UNAVAILABLE if requests from before a restart of the gateway cannot be read yet. FORBIDDEN for a session of another viewer.',
    resolve: (session, _args, context) => listPendingRequests(session, context),
  }),
);

builder.objectRef<EventByType<'request.pending'>>('RequestPending').implement({
  description:
    'Emitted when the agent makes a request and waits for a response. Clients show the request until they receive `RequestResolved` for it.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    request: t.expose('request', {
      type: PendingRequestRef,
      description: 'The request that is pending.',
    }),
  }),
});

const RequestResolutionRef = builder.enumType('RequestResolution', {
  description: 'How a pending request was resolved.',
  values: {
    APPROVED: { description: 'A client permitted the action once.' },
    APPROVED_FOR_SESSION: {
      description: 'A client permitted the action for the rest of the session.',
    },
    REJECTED: { description: 'A client rejected the permission request.' },
    ANSWERED: {
      description:
        'A client answered the question, accepted the form, or returned the result or error of the client tool.',
    },
    DECLINED: { description: 'A client declined the form.' },
    CANCELLED: {
      description:
        'A client dismissed the form, or the turn was aborted or the session deleted while the request was pending.',
    },
    EXPIRED: { description: 'No client responded before `PendingRequest.expiresAt`.' },
    BY_POLICY: {
      description:
        'A policy decided, such as the permission policy of the profile; no client was asked.',
    },
    WITHDRAWN: {
      description:
        'The runtime no longer waits for a response, for example because the runtime or the gateway was restarted.',
    },
  } as const,
});

builder.objectRef<EventByType<'request.resolved'>>('RequestResolved').implement({
  description:
    'Emitted when a pending request is resolved, whoever or whatever resolved it. Clients stop showing the request.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    requestId: t.id({
      description: 'The ID of the request that was resolved.',
      resolve: (event) => toRequestId(event.requestId),
    }),
    resolution: t.expose('resolution', {
      type: RequestResolutionRef,
      description: 'How the request was resolved.',
    }),
    feedback: t.exposeString('feedback', {
      nullable: true,
      description:
        'The text that the agent received with the resolution: the feedback of a client, the answer to a question, or a note of the policy or of the expiry. Null if there is none, and after a restart of the gateway.',
    }),
  }),
});
