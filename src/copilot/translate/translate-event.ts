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
import { toModelFailure, translateCompaction, translateModelUsage } from './translate-usage.ts';
import type { EventData, EventEnvelope, Translation, Translations } from './translation.ts';
import { toTurnError } from './turn-error.ts';

/** The runtime sends these types, but its SDK does not declare them. */
type UndeclaredTranslations = Readonly<Record<'model.call_start', () => Change[]>>;

/**
 * Runtime event -> changes, as pure functions of one event. Events of a type without a row are dropped: unknown
 * events may carry whole prompts. A new event takes a row here and, for a new type of change, a row in
 * `change.ts` and one in `link/change-routes.ts`; the compiler names those that are missing.
 */
const translations = {
  'session.start': (data) => translateContext(data.context),
  'session.resume': (data) => translateContext(data.context),
  'session.title_changed': (data) => [{ type: 'title-changed', title: data.title }],
  'session.model_change': (data) => [
    {
      type: 'model-changed',
      model: data.newModel,
      previousModel: data.previousModel ?? null,
      reasoningEffort: parseReasoningEffort(data.reasoningEffort),
      cause: data.cause ?? null,
    },
  ],
  'session.compaction_complete': translateCompaction,
  'session.usage_info': ({ currentTokens, tokenLimit }) => [
    {
      type: 'context-usage-reported',
      context: { contextTokens: currentTokens, contextLimit: tokenLimit },
    },
  ],
  'assistant.usage': translateModelUsage,
  'assistant.intent': ({ intent }) => [{ type: 'intent-changed', intent }],
  'subagent.started': translateSubagentStart,
  'subagent.completed': translateSubagentCompletion,
  'subagent.failed': translateSubagentFailure,
  'session.info': (data) => [
    {
      type: 'notice-reported',
      notice: {
        infoType: data.infoType,
        message: data.message,
        tip: data.tip ?? null,
        url: data.url ?? null,
      },
    },
  ],
  'session.remote_steerable_changed': ({ remoteSteerable }) => [
    { type: 'remote-steerable-changed', isSteerable: remoteSteerable },
  ],
  'session.warning': (data) => [
    {
      type: 'warning-reported',
      warningType: data.warningType,
      message: data.message,
      url: data.url ?? null,
      reportOnce: false,
    },
  ],
  'session.error': (data) => [{ type: 'turn-failed', error: toTurnError(data) }],
  'session.snapshot_rewind': () => [{ type: 'history-rewound' }],
  'pending_messages.modified': () => [{ type: 'queue-changed' }],
  'session.idle': (data) => [{ type: 'session-idle', aborted: data.aborted === true }],
  abort: () => [{ type: 'turn-aborted' }],
  'user.message': translateUserMessage,
  'assistant.turn_start': (_data, { id }) => [{ type: 'model-call-started', eventId: id }],
  'assistant.turn_end': () => [{ type: 'model-call-ended' }],
  'model.call_failure': (data) => [{ type: 'model-call-failed', failure: toModelFailure(data) }],
  'model.call_start': () => [{ type: 'model-call-attempted' }],
  'assistant.message_start': ({ messageId }) => [{ type: 'text-started', messageId }],
  'assistant.message_delta': ({ messageId, deltaContent }) => [
    { type: 'text-appended', messageId, text: deltaContent },
  ],
  'assistant.reasoning_delta': ({ deltaContent }) => [
    { type: 'reasoning-appended', text: deltaContent },
  ],
  'assistant.message': translateAssistantMessage,
  'tool.execution_start': translateToolStart,
  'tool.execution_progress': ({ toolCallId, progressMessage }) => [
    { type: 'tool-call-changed', toolCallId, change: { progress: progressMessage } },
  ],
  'tool.execution_partial_result': ({ toolCallId, partialOutput }) => [
    { type: 'tool-output-changed', toolCallId, outputSoFar: partialOutput },
  ],
  'tool.execution_complete': translateToolCompletion,
  ...requestTranslations,
  ...unsupportedRequestTranslations,
} satisfies Translations & UndeclaredTranslations;

type TranslatedType = keyof typeof translations;

export const translatedTypes = Object.keys(translations);

/** Returns undefined for an event of a type that has no translation. */
export function translateEvent(event: RuntimeEvent): TranslatedEvent | undefined {
  const { type }: { readonly type: string } = event;
  if (!isTranslatedType(type)) return undefined;
  // Each row of the table is typed, but TypeScript cannot relate the type of an event to that of its row.
  const translate = translations[type] as Translation<RuntimeEvent['type']>;
  const agentId = event.agentId ?? null;
  const occurredAt = new Date(event.timestamp);
  const changes = translate(event.data, { id: event.id, occurredAt, agentId });
  return { occurredAt, agentId, changes };
}

function isTranslatedType(type: string): type is TranslatedType {
  return Object.hasOwn(translations, type);
}

function translateContext(context: EventData<'session.start'>['context']): Change[] {
  const repository = parseRepository(context?.repository, context?.branch);
  return repository ? [{ type: 'repository-changed', repository }] : [];
}

function translateUserMessage(
  data: EventData<'user.message'>,
  { id, occurredAt, agentId }: EventEnvelope,
): Change[] {
  // A message that the runtime adds on behalf of a sub-agent starts no turn, nor does one that steers a turn.
  // `parentAgentTaskId` does not distinguish them: every message has one.
  const startsTurn = agentId === null && data.delivery !== 'steering';
  const messageId = data.messageId ?? id;
  const message: UserMessage = {
    kind: 'user',
    id: messageId,
    turnMessageId: startsTurn ? messageId : null,
    createdAt: occurredAt,
    content: data.content,
    attachments: (data.attachments ?? []).map(toAttachment),
  };
  return [{ type: 'user-message-added', message, startsTurn }];
}

function translateAssistantMessage(
  data: EventData<'assistant.message'>,
  { occurredAt, agentId }: EventEnvelope,
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
    createdAt: occurredAt,
    content: data.content,
    reasoning: data.reasoningText ?? null,
    reasoningId: null,
    model: data.model ?? null,
    agentId,
    toolCalls,
  };
  return [{ type: 'message-completed', message }];
}

function translateToolStart(
  data: EventData<'tool.execution_start'>,
  { occurredAt }: EventEnvelope,
): Change[] {
  const change: ToolCallChange = {
    state: 'RUNNING',
    name: data.toolName,
    startedAt: occurredAt,
    ...(data.arguments === undefined ? {} : { arguments: data.arguments }),
    ...(data.mcpServerName === undefined ? {} : { mcpServer: data.mcpServerName }),
  };
  return [{ type: 'tool-call-changed', toolCallId: data.toolCallId, change }];
}

function translateToolCompletion(
  data: EventData<'tool.execution_complete'>,
  { occurredAt }: EventEnvelope,
): Change[] {
  const change: ToolCallChange = {
    state: data.success ? 'SUCCEEDED' : toFailedToolCallState(data.error?.code),
    output: data.result?.detailedContent ?? data.result?.content ?? null,
    error: data.error?.message ?? null,
    finishedAt: occurredAt,
  };
  return [{ type: 'tool-call-changed', toolCallId: data.toolCallId, change }];
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
