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
    'Something the agent waits for. The first valid answer wins; all clients see what is still asked.',
  resolveType: (request) => requestTypeNames[request.kind],
  fields: (t) => ({
    id: t.id({
      description: '`request:` and the id of the runtime.',
      resolve: (request) => toRequestId(request.requestId),
    }),
    sessionId: t.id({
      description: 'The session that it was asked in.',
      resolve: ({ sessionId }, _args, context) => toOwnPublicId(sessionId, context),
    }),
    turnId: t.id({
      nullable: true,
      description: 'The turn that waits for it.',
      resolve: ({ turnMessageId }) => turnMessageId && toTurnId(turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description: 'The sub-agent that asks; null for the main agent.',
    }),
    toolCallId: t.exposeID('toolCallId', {
      nullable: true,
      description: 'The tool call that it is about.',
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When it will be refused by itself, in the name of nobody; null when it waits without end.',
    }),
  }),
});

const PermissionKindRef = builder.enumType('PermissionKind', {
  description: 'What the agent wants to do.',
  values: {
    SHELL: { description: 'Run a command.' },
    WRITE: { description: 'Write a file.' },
    READ: { description: 'Read a file or a folder.' },
    MCP: { description: 'Call a tool of an MCP server.' },
    CUSTOM_TOOL: { description: 'Call a tool that a client declared.' },
    URL: { description: 'Fetch from the web.' },
    MEMORY: { description: 'Remember something beyond the session.' },
    HOOK: { description: 'Go on with a tool call that a hook asks about.' },
    OTHER: { description: 'Something that has no value of its own here.' },
  } as const,
});

builder.objectRef<PendingRequestByKind<'permission'>>('PermissionRequest').implement({
  description: 'The agent asks for permission: answer with `respondToPermissionRequest`.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    kind: t.expose('permissionKind', {
      type: PermissionKindRef,
      description: 'What it wants to do.',
    }),
    toolName: t.exposeString('toolName', {
      nullable: true,
      description: 'The tool, when it is one of an MCP server or a client.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description: 'The MCP server that has the tool.',
    }),
    summary: t.exposeString('summary', { description: 'For people, in one line.' }),
    command: t.exposeString('command', {
      nullable: true,
      description: 'The whole command, as it will be run.',
    }),
    diff: t.exposeString('diff', {
      nullable: true,
      description: 'The change, as a unified diff.',
    }),
    arguments: t.expose('arguments', {
      type: 'JSON',
      nullable: true,
      description: 'What the tool will be called with.',
    }),
    paths: t.exposeStringList('paths', { description: 'Files and folders that it touches.' }),
    urls: t.exposeStringList('urls', { description: 'Addresses that it fetches from.' }),
    warning: t.exposeString('warning', {
      nullable: true,
      description: "The runtime's own warning.",
    }),
    canApproveForSession: t.exposeBoolean('canApproveForSession', {
      description: 'Whether APPROVE_FOR_SESSION is an answer.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'user_input'>>('UserInputRequest').implement({
  description: 'The agent asks a question: answer with `respondToUserInputRequest`.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    question: t.exposeString('question', { description: 'For people.' }),
    choices: t.exposeStringList('choices', { description: 'Answers to choose from.' }),
    allowFreeform: t.exposeBoolean('allowFreeform', {
      description: 'Whether the answer may be something else than one of the choices.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'elicitation'>>('ElicitationRequest').implement({
  description:
    'A tool of the agent asks for details in a form, or to open a page: answer with `respondToElicitationRequest`.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For people.' }),
    requestedSchema: t.expose('requestedSchema', {
      type: 'JSON',
      description:
        'JSON Schema of the form: an object of strings, numbers, booleans and lists of strings. Without fields when a page is to be opened.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description: 'The MCP server that asks, and gets the answer.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The page to open; null for a form.',
    }),
  }),
});

builder.objectRef<PendingRequestByKind<'client_tool'>>('ClientToolCall').implement({
  description:
    'The agent calls a tool that a client runs: run it, and answer with `respondToToolCall`. It is a tool call of the timeline as well.',
  interfaces: [PendingRequestRef],
  fields: (t) => ({
    toolName: t.exposeString('toolName', {
      nullable: true,
      description: 'Name of the tool, as `createSession` declared it.',
    }),
    arguments: t.expose('arguments', {
      type: 'JSON',
      nullable: true,
      description: 'An object of what the model gave; it need not fit `parameters`.',
    }),
  }),
});

builder.objectField(SessionRef, 'pendingRequests', (t) =>
  t.field({
    type: [PendingRequestRef],
    nullable: true,
    description: 'What the agent waits for, oldest first.',
    resolve: (session, _args, context) => listPendingRequests(session, context),
  }),
);

builder.objectRef<EventByType<'request.pending'>>('RequestPending').implement({
  description: 'The agent asks for something, and waits.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    request: t.expose('request', { type: PendingRequestRef, description: 'What it asks for.' }),
  }),
});

const RequestResolutionRef = builder.enumType('RequestResolution', {
  description: 'How a request of the agent ended.',
  values: {
    APPROVED: { description: 'Permitted this once.' },
    APPROVED_FOR_SESSION: { description: 'Permitted for the rest of the session.' },
    REJECTED: { description: 'Refused by a person.' },
    ANSWERED: { description: 'Somebody gave the answer or the result.' },
    DECLINED: { description: 'Somebody chose not to answer.' },
    CANCELLED: { description: 'Dismissed by somebody, or the turn was aborted while it was open.' },
    EXPIRED: { description: 'Nobody answered in time.' },
    BY_POLICY: { description: "The profile's policy answered, nobody was asked." },
    WITHDRAWN: { description: 'The runtime could not restore it.' },
  } as const,
});

builder.objectRef<EventByType<'request.resolved'>>('RequestResolved').implement({
  description: 'A request of the agent is not waited for any more.',
  interfaces: [SessionEventRef],
  fields: (t) => ({
    requestId: t.id({
      description: 'Id of the request.',
      resolve: (event) => toRequestId(event.requestId),
    }),
    resolution: t.expose('resolution', {
      type: RequestResolutionRef,
      description: 'How it ended.',
    }),
    feedback: t.exposeString('feedback', {
      nullable: true,
      description: 'What the person or the policy said to the agent.',
    }),
  }),
});
