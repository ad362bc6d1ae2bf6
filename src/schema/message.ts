import { toToolCallId, toTurnId } from '../events/ids.ts';
import type {
  AssistantMessage,
  Attachment,
  Message,
  QueuedMessage,
  ToolCall,
  UserMessage,
} from '../events/message.ts';
import { builder } from './builder.ts';

const ToolCallStateRef = builder.enumType('ToolCallState', {
  description: 'The state of a tool call.',
  values: {
    PENDING: { description: 'The model has requested the call; it has not started.' },
    RUNNING: { description: 'The tool is running, or the call is waiting for permission.' },
    SUCCEEDED: { description: 'The call ended with a result, which is in `output`.' },
    FAILED: { description: 'The call ended with an error, which is in `error`.' },
    DENIED: { description: 'Permission was denied; the tool did not run.' },
    INTERRUPTED: {
      description: 'The runtime stopped working on the call before the tool had finished.',
    },
  } as const,
});

const MessageRef = builder.interfaceRef<Message>('Message').implement({
  description: 'A message in the history of a session: from a user or from the agent.',
  resolveType: (message) => (message.kind === 'user' ? 'UserMessage' : 'AssistantMessage'),
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'The ID of the message, assigned by the runtime.',
    }),
    turnId: t.id({
      nullable: true,
      description: 'The ID of the turn that the message belongs to, or null if it is unknown.',
      resolve: (message) => message.turnMessageId && toTurnId(message.turnMessageId),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'The time at which the runtime recorded the message.',
    }),
  }),
});

const AttachmentRef = builder.objectRef<Attachment>('Attachment').implement({
  description: 'A file that was sent with a message. Its content cannot be read back.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'The file name, or null if the runtime does not report it.',
    }),
    mimeType: t.exposeString('mimeType', {
      nullable: true,
      description: 'The MIME type of the file, or null if the runtime does not report it.',
    }),
    byteLength: t.exposeInt('byteLength', {
      nullable: true,
      description: 'The size of the file in bytes, or null if the runtime does not report it.',
    }),
  }),
});

export const UserMessageRef = builder.objectRef<UserMessage>('UserMessage').implement({
  description: 'A message that was sent to the agent.',
  interfaces: [MessageRef],
  fields: (t) => ({
    content: t.exposeString('content', { description: 'The text of the message, as it was sent.' }),
    attachments: t.expose('attachments', {
      type: [AttachmentRef],
      description: 'The files that were sent with the message, without their content.',
    }),
  }),
});

export const ToolCallRef = builder.objectRef<ToolCall>('ToolCall').implement({
  description: 'A call of a tool that the model requested, with its progress and its result.',
  fields: (t) => ({
    id: t.id({
      description:
        'The ID of the tool call: `tool:`, the ID of its message, a colon, and the ID that the model assigned to the call.',
      resolve: (call) => toToolCallId(call.messageId, call.toolCallId),
    }),
    messageId: t.exposeID('messageId', {
      nullable: true,
      description:
        'The ID of the assistant message that requested the call, or null if it is unknown.',
    }),
    turnId: t.id({
      nullable: true,
      description: 'The ID of the turn that the tool call belongs to, or null if it is unknown.',
      resolve: (call) => call.turnMessageId && toTurnId(call.turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description: 'The ID of the sub-agent that requested the call, or null for the main agent.',
    }),
    parentToolCallId: t.exposeID('parentToolCallId', {
      nullable: true,
      description:
        'The ID of the tool call that started the sub-agent which requested this call, or null if the main agent requested it.',
    }),
    name: t.exposeString('name', { description: 'The name of the tool.' }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'A title of the tool for display, or null if the tool has none.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description:
        'The name of the MCP server that provides the tool, or null if it is not a tool of an MCP server.',
    }),
    arguments: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The arguments that the model passed to the tool.',
      resolve: (call) => call.arguments,
    }),
    state: t.expose('state', {
      type: ToolCallStateRef,
      description: 'The current state of the tool call.',
    }),
    progress: t.exposeString('progress', {
      nullable: true,
      description:
        'The latest progress message of the tool for display, or null if there was none.',
    }),
    output: t.exposeString('output', {
      nullable: true,
      description: 'The result of the tool, or null if the call has no result (yet).',
    }),
    outputTruncated: t.exposeBoolean('outputTruncated', {
      description: 'Whether `output` was shortened and is therefore incomplete.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why the call failed or was denied, or null if it was not.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the tool started, or null if it has not started.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the call ended, or null if it has not ended.',
    }),
  }),
});

export const AssistantMessageRef = builder
  .objectRef<AssistantMessage>('AssistantMessage')
  .implement({
    description: 'A complete message of the agent, with the tool calls that it requests.',
    interfaces: [MessageRef],
    fields: (t) => ({
      content: t.exposeString('content', {
        description: 'The text of the message. Empty if the message only requests tool calls.',
      }),
      reasoning: t.exposeString('reasoning', {
        nullable: true,
        description:
          'The reasoning text that the model produced before the message, or null if there is none.',
      }),
      reasoningId: t.exposeID('reasoningId', {
        nullable: true,
        description:
          'The `MessageDelta.messageId` under which the reasoning was streamed. Null if there is no reasoning or the message was read from history.',
      }),
      model: t.exposeString('model', {
        nullable: true,
        description: 'The name of the model that wrote the message, or null if it is unknown.',
      }),
      agentId: t.exposeID('agentId', {
        nullable: true,
        description: 'The ID of the sub-agent that wrote the message, or null for the main agent.',
      }),
      toolCalls: t.expose('toolCalls', {
        type: [ToolCallRef],
        description: 'The tool calls that the message requests, in the order of the model.',
      }),
    }),
  });

export const MessageConnectionRef = builder.connectionObject(
  {
    name: 'MessageConnection',
    type: MessageRef,
    description: 'A page of the messages of a session, oldest first.',
  },
  { name: 'MessageEdge', description: 'A message, with its position in the history.' },
);

export const QueuedMessageRef = builder.objectRef<QueuedMessage>('QueuedMessage').implement({
  description: 'A message that was sent and is waiting for its turn to start.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description:
        'The ID of the message. It keeps this ID when it becomes a `UserMessage`; its turn has the ID `turn:` followed by it.',
    }),
    prompt: t.exposeString('prompt', { description: 'The text of the message, as it was sent.' }),
    queuedAt: t.expose('queuedAt', {
      type: 'DateTime',
      description: 'The time at which the message was sent.',
    }),
  }),
});
