import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { AssistantMessage, ToolCall, UserMessage } from '../../events/message.ts';
import { parseReasoningEffort, parseRepository } from '../runtime/sdk-values.ts';
import { toAttachment } from './attachment.ts';
import type { Change, ToolCallChange, TranslatedEvent } from './change.ts';
import { requestTranslations } from './translate-request.ts';
import {
  translateSubagentCompletion,
  translateSubagentFailure,
  translateSubagentStart,
} from './translate-subagent.ts';
import { unsupportedRequestTranslations } from './translate-unsupported-requests.ts';
import { toModelFailure,translateCompaction, translateModelUsage } from './translate-usage.ts';
import { toTurnError } from './turn-error.ts';

type EventData<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>['data'];
interface Envelope {
  readonly id: string;
  readonly at: Date;
  readonly agentId: string | null;
}
type Translation<T extends RuntimeEvent['type']> = (
  data: EventData<T>,
  envelope: Envelope,
) => Change[];

/** Sent by the runtime, and not declared by its SDK. */
type UndeclaredType = 'model.call_start';
type Translations = { readonly [T in RuntimeEvent['type']]?: Translation<T> } & Readonly<
  Record<UndeclaredType, () => Change[]>
>;

/** Pure. A type without a row here is dropped: unknown ones carry whole prompts. */
const translations = {
  'session.start': (data) => translateContext(data.context),
  'session.resume': (data) => translateContext(data.context),
  'session.title_changed': (data) => [{ type: 'title', title: data.title }],
  'session.model_change': (data) => [
    {
      type: 'model',
      model: data.newModel,
      previousModel: data.previousModel ?? null,
      reasoningEffort: parseReasoningEffort(data.reasoningEffort),
      cause: data.cause ?? null,
    },
  ],
  'session.compaction_complete': translateCompaction,
  'session.usage_info': ({ currentTokens, tokenLimit }) => [
    {
      type: 'context-filled',
      context: { contextTokens: currentTokens, contextLimit: tokenLimit },
    },
  ],
  'assistant.usage': translateModelUsage,
  'assistant.intent': ({ intent }) => [{ type: 'intent', intent }],
  'subagent.started': translateSubagentStart,
  'subagent.completed': translateSubagentCompletion,
  'subagent.failed': translateSubagentFailure,
  'session.info': (data) => [
    {
      type: 'notice',
      notice: {
        infoType: data.infoType,
        message: data.message,
        tip: data.tip ?? null,
        url: data.url ?? null,
      },
    },
  ],
  'session.remote_steerable_changed': ({ remoteSteerable }) => [
    { type: 'remote-steerable', isSteerable: remoteSteerable },
  ],
  'session.warning': (data) => [
    {
      type: 'warning',
      warningType: data.warningType,
      message: data.message,
      url: data.url ?? null,
      once: false,
    },
  ],
  'session.error': (data) => [{ type: 'turn-failed', error: toTurnError(data) }],
  'session.snapshot_rewind': () => [{ type: 'rewound' }],
  'pending_messages.modified': () => [{ type: 'queue' }],
  'session.idle': (data) => [{ type: 'turns-ended', aborted: data.aborted === true }],
  abort: () => [{ type: 'aborted' }],
  'user.message': translateUserMessage,
  'assistant.turn_start': (_data, envelope) => [
    { type: 'model-call-started', eventId: envelope.id },
  ],
  'assistant.turn_end': () => [{ type: 'model-call-ended' }],
  'model.call_failure': (data) => [{ type: 'model-call-failed', failure: toModelFailure(data) }],
  'model.call_start': () => [{ type: 'model-call-tried' }],
  'assistant.message_start': (data) => [{ type: 'text-started', messageId: data.messageId }],
  'assistant.message_delta': (data) => [
    { type: 'text-grew', messageId: data.messageId, text: data.deltaContent },
  ],
  'assistant.reasoning_delta': (data) => [{ type: 'reasoning-grew', text: data.deltaContent }],
  'assistant.message': translateAssistantMessage,
  'tool.execution_start': translateToolStart,
  'tool.execution_progress': (data) => [
    { type: 'tool-call', toolCallId: data.toolCallId, change: { progress: data.progressMessage } },
  ],
  'tool.execution_partial_result': (data) => [
    { type: 'tool-output', toolCallId: data.toolCallId, outputSoFar: data.partialOutput },
  ],
  'tool.execution_complete': translateToolCompletion,
  ...requestTranslations,
  ...unsupportedRequestTranslations,
} satisfies Translations;

export type TranslatedType = keyof typeof translations;

export function isTranslatedType(type: string): type is TranslatedType {
  return Object.hasOwn(translations, type);
}

export function translateEvent(event: RuntimeEvent): TranslatedEvent | undefined {
  const { type }: { readonly type: string } = event;
  if (!isTranslatedType(type)) return undefined;
  // The table's rows are typed one by one; TypeScript cannot follow the same key through both sides.
  const translate = translations[type] as Translation<RuntimeEvent['type']>;
  const agentId = event.agentId ?? null;
  const occurredAt = new Date(event.timestamp);
  const changes = translate(event.data, { id: event.id, at: occurredAt, agentId });
  return { eventId: event.id, occurredAt, agentId, changes };
}

function translateContext(context: EventData<'session.start'>['context']): Change[] {
  const repository = parseRepository(context?.repository, context?.branch);
  return repository ? [{ type: 'repository', repository }] : [];
}

function translateUserMessage(
  data: EventData<'user.message'>,
  { id, at, agentId }: Envelope,
): Change[] {
  // What the runtime puts in on a sub-agent's behalf starts no turn of its own. `parentAgentTaskId` does not
  // tell: every message has one. What steers a turn belongs to it.
  const startsTurn = agentId === null && data.delivery !== 'steering';
  const messageId = data.messageId ?? id;
  const message: UserMessage = {
    kind: 'user',
    id: messageId,
    turnMessageId: startsTurn ? messageId : null,
    createdAt: at,
    content: data.content,
    attachments: (data.attachments ?? []).map(toAttachment),
  };
  return [{ type: 'user-message', message, startsTurn }];
}

function translateAssistantMessage(
  data: EventData<'assistant.message'>,
  { at, agentId }: Envelope,
): Change[] {
  const turnMessageId = data.originatingMessageId ?? null;
  const toolCalls = (data.toolRequests ?? []).map((request): ToolCall => ({
    ...emptyToolCall,
    toolCallId: request.toolCallId,
    messageId: data.messageId,
    turnMessageId,
    agentId,
    name: request.name,
    title: request.toolTitle ?? null,
    mcpServer: request.mcpServerName ?? null,
    arguments: request.arguments ?? null,
  }));
  const message: AssistantMessage = {
    kind: 'assistant',
    id: data.messageId,
    turnMessageId,
    createdAt: at,
    content: data.content,
    reasoning: data.reasoningText ?? null,
    reasoningId: null,
    model: data.model ?? null,
    agentId,
    toolCalls,
  };
  return [{ type: 'message-completed', message }];
}

function translateToolStart(data: EventData<'tool.execution_start'>, { at }: Envelope): Change[] {
  const change: ToolCallChange = {
    state: 'RUNNING',
    name: data.toolName,
    startedAt: at,
    ...(data.arguments === undefined ? {} : { arguments: data.arguments }),
    ...(data.mcpServerName === undefined ? {} : { mcpServer: data.mcpServerName }),
  };
  return [{ type: 'tool-call', toolCallId: data.toolCallId, change }];
}

function translateToolCompletion(
  data: EventData<'tool.execution_complete'>,
  { at }: Envelope,
): Change[] {
  const change: ToolCallChange = {
    state: data.success ? 'SUCCEEDED' : toFailedToolCallState(data.error?.code),
    output: data.result?.detailedContent ?? data.result?.content ?? null,
    error: data.error?.message ?? null,
    finishedAt: at,
  };
  return [{ type: 'tool-call', toolCallId: data.toolCallId, change }];
}

function toFailedToolCallState(code: string | undefined): ToolCall['state'] {
  if (code === 'denied' || code === 'rejected') return 'DENIED';
  return code === 'interrupted' ? 'INTERRUPTED' : 'FAILED';
}

export const emptyToolCall: Omit<ToolCall, 'toolCallId'> = {
  messageId: null,
  turnMessageId: null,
  agentId: null,
  parentToolCallId: null,
  name: '',
  title: null,
  mcpServer: null,
  arguments: null,
  state: 'PENDING',
  progress: null,
  output: null,
  outputTruncated: false,
  error: null,
  startedAt: null,
  finishedAt: null,
};

export const translatedTypes = Object.keys(translations);
