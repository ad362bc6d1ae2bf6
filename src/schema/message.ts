import { toToolCallId, toTurnId } from '../events/ids.ts';
import type {
  AssistantMessage,
  Attachment,
  Message,
  QueuedMessage,
  ToolCall,
  UserMessage,
} from '../events/message.ts';
import type { Edge, Page } from '../resolvers/pagination.ts';
import { builder } from './builder.ts';
import { PageInfoRef } from './pagination.ts';

export const ToolCallStateRef = builder.enumType('ToolCallState', {
  description: 'How far a tool call is.',
  values: {
    PENDING: { description: 'Asked for by the model.' },
    RUNNING: { description: 'Being carried out, or waiting for permission.' },
    SUCCEEDED: { description: 'Ended with a result.' },
    FAILED: { description: 'Ended with an error.' },
    DENIED: { description: 'Not permitted; it was not carried out.' },
    INTERRUPTED: { description: 'The runtime ended while it ran.' },
  } as const,
});

const MessageRef = builder.interfaceRef<Message>('Message').implement({
  description: 'One utterance of the conversation.',
  resolveType: (message) => (message.kind === 'user' ? 'UserMessage' : 'AssistantMessage'),
  fields: (t) => ({
    id: t.exposeID('id', { description: "The runtime's own id." }),
    turnId: t.id({
      nullable: true,
      description: 'The turn that it belongs to.',
      resolve: (message) => message.turnMessageId && toTurnId(message.turnMessageId),
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the runtime recorded it.',
    }),
  }),
});

const AttachmentRef = builder.objectRef<Attachment>('Attachment').implement({
  description: 'A file that came along with a message.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Its name.' }),
    mimeType: t.exposeString('mimeType', { nullable: true, description: 'Its type.' }),
    byteLength: t.exposeInt('byteLength', { nullable: true, description: 'Its size in bytes.' }),
  }),
});

export const UserMessageRef = builder.objectRef<UserMessage>('UserMessage').implement({
  description: 'What was sent to the agent.',
  interfaces: [MessageRef],
  fields: (t) => ({
    content: t.exposeString('content', { description: 'The prompt as it was sent.' }),
    attachments: t.expose('attachments', {
      type: [AttachmentRef],
      description: 'What was sent along, without its data.',
    }),
  }),
});

export const ToolCallRef = builder.objectRef<ToolCall>('ToolCall').implement({
  description: 'A tool that the model asked for, and what became of it.',
  fields: (t) => ({
    id: t.id({
      description: "Made from the message's id and the model's own id of the call.",
      resolve: (call) => toToolCallId(call.messageId, call.toolCallId),
    }),
    messageId: t.exposeID('messageId', {
      nullable: true,
      description: 'The message that asked for it.',
    }),
    turnId: t.id({
      nullable: true,
      description: 'The turn that it belongs to.',
      resolve: (call) => call.turnMessageId && toTurnId(call.turnMessageId),
    }),
    agentId: t.exposeID('agentId', {
      nullable: true,
      description: 'The sub-agent that asked for it; null for the main agent.',
    }),
    parentToolCallId: t.exposeID('parentToolCallId', {
      nullable: true,
      description: 'The tool call that started the sub-agent which asked for it.',
    }),
    name: t.exposeString('name', { description: 'Name of the tool.' }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'For people, when the tool has one.',
    }),
    mcpServer: t.exposeString('mcpServer', {
      nullable: true,
      description: 'The MCP server that has the tool.',
    }),
    arguments: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the model passed.',
      resolve: (call) => call.arguments,
    }),
    state: t.expose('state', { type: ToolCallStateRef, description: 'How far it is.' }),
    progress: t.exposeString('progress', {
      nullable: true,
      description: 'What the tool last said of itself.',
    }),
    output: t.exposeString('output', {
      nullable: true,
      description: 'The result, once there is one.',
    }),
    outputTruncated: t.exposeBoolean('outputTruncated', {
      description: 'Whether `output` was cut.',
    }),
    error: t.exposeString('error', { nullable: true, description: 'Why it failed or was denied.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
    }),
  }),
});

export const AssistantMessageRef = builder
  .objectRef<AssistantMessage>('AssistantMessage')
  .implement({
    description: 'What the agent said, with the tools that it asked for.',
    interfaces: [MessageRef],
    fields: (t) => ({
      content: t.exposeString('content', {
        description: 'Empty when the message only asks for tools.',
      }),
      reasoning: t.exposeString('reasoning', {
        nullable: true,
        description: 'What the model thought before.',
      }),
      reasoningId: t.exposeID('reasoningId', {
        nullable: true,
        description:
          'The id under which its REASONING was streamed; null when it comes from history.',
      }),
      model: t.exposeString('model', { nullable: true, description: 'The model that wrote it.' }),
      agentId: t.exposeID('agentId', {
        nullable: true,
        description: 'The sub-agent that wrote it; null for the main agent.',
      }),
      toolCalls: t.expose('toolCalls', {
        type: [ToolCallRef],
        description: 'The tools that it asked for, in its order.',
      }),
    }),
  });

const MessageEdgeRef = builder.objectRef<Edge<Message>>('MessageEdge').implement({
  description: 'A message and its place in the history.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'For `after` and `before`.' }),
    node: t.expose('node', { type: MessageRef, description: 'The message.' }),
  }),
});

export const MessageConnectionRef = builder
  .objectRef<Page<Message>>('MessageConnection')
  .implement({
    description: "A page of a session's messages, oldest first.",
    fields: (t) => ({
      edges: t.expose('edges', {
        type: [MessageEdgeRef],
        description: 'The messages with their cursors.',
      }),
      nodes: t.field({
        type: [MessageRef],
        description: 'The messages.',
        resolve: (page) => page.edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        description: 'Where the page lies.',
        resolve: (page) => page,
      }),
    }),
  });

export const QueuedMessageRef = builder.objectRef<QueuedMessage>('QueuedMessage').implement({
  description: 'A message that waits for its turn.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id that the message will have.' }),
    prompt: t.exposeString('prompt', { description: 'As it was sent.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was sent.' }),
  }),
});
