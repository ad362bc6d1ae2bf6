import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { StepBody } from '../../events/event.ts';
import { toToolCallId } from '../../events/ids.ts';
import type { AssistantMessage, Message, ToolCall } from '../../events/message.ts';
import type { Subagent } from '../../events/subagent.ts';
import { Subagents } from '../projections/subagents.ts';
import { ToolCalls } from '../projections/tool-calls.ts';
import type { Journal } from '../runtime/journal.ts';
import type { Change, ToolCallChange } from '../translate/change.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { SteeringMessages } from './steering-messages.ts';

export interface ReducedHistory {
  /** Messages, oldest first. */
  readonly messages: readonly Message[];
  /** Ids of the messages that may still change with what follows: their tool calls, or their turn. */
  readonly unsettledIds: ReadonlySet<string>;
  /** Ids of the messages whose turn or sub-agent may have started before the events. */
  readonly unknownTurnIds: ReadonlySet<string>;
}

/** Returns the messages of a journal, oldest first. */
export async function readMessages(journal: Journal): Promise<readonly Message[]> {
  const reducer = new HistoryReducer();
  for await (const event of journal.readEvents()) reducer.add(event);
  return reducer.result.messages;
}

/** @param events without a gap, oldest first */
export function reduceHistory(events: Iterable<RuntimeEvent>): ReducedHistory {
  const reducer = new HistoryReducer();
  for (const event of events) reducer.add(event);
  return reducer.result;
}

/**
 * Appends messages that the runtime has pushed but not yet written to the journal. Without them, a history that is read at once
 * would lack what precedes a cursor of the same moment.
 *
 * @param written includes the newest message that is in both the session log and the journal
 */
export function mergeUnwrittenMessages(
  written: readonly Message[],
  steps: Iterable<StepBody>,
): readonly Message[] {
  const loggedSteps = [...steps];
  const logged = extractMessages(loggedSteps);
  const ids = new Set(written.map(({ id }) => id));
  const unwritten = logged.slice(logged.findLastIndex(({ id }) => ids.has(id)) + 1);
  return mergeLatestToolCalls([...written, ...unwritten], loggedSteps);
}

/** Returns the messages of a log, oldest first. */
export function extractMessages(steps: Iterable<StepBody>): Message[] {
  const messages: Message[] = [];
  for (const step of steps) {
    if (step.type === 'user_message.added') messages.push(step.userMessage);
    else if (step.type === 'assistant_message.completed') messages.push(step.assistantMessage);
  }
  return messages;
}

/** Replaces tool calls by those of the log, which are as new or newer. */
export function mergeLatestToolCalls(
  messages: readonly Message[],
  steps: Iterable<StepBody>,
): readonly Message[] {
  const calls = new Map<string, ToolCall>();
  for (const step of steps) {
    if (step.type === 'tool_call.changed') calls.set(toPublicCallKey(step.toolCall), step.toolCall);
  }
  return messages.map((message) =>
    message.kind === 'assistant'
      ? {
          ...message,
          toolCalls: message.toolCalls.map((call) => calls.get(toPublicCallKey(call)) ?? call),
        }
      : message,
  );
}

function toPublicCallKey({ messageId, toolCallId: callId }: ToolCall): string {
  return toToolCallId(messageId, callId);
}

/** Reduces events, oldest first, to messages with their turns and the results of their tool calls, and to sub-agents. */
export class HistoryReducer {
  readonly #messages: Message[] = [];
  readonly #calls = new ToolCalls();
  readonly #subagents = new Subagents(this.#calls);
  /** Positions by agent and id: the ids of a sub-agent repeat those of the agent that waits for it. */
  readonly #toolCallPositions = new Map<string, { message: number; call: number }>();
  readonly #steeringMessages = new SteeringMessages();
  readonly #knownTurnIds = new Set<string>();
  #unanswered: string[] = [];
  #unknownTurnIds: ReadonlySet<string> = new Set();
  #currentTurnId: string | null = null;

  get subagents(): Subagent[] {
    return this.#subagents.all;
  }

  get result(): ReducedHistory {
    const unsettledIds = new Set(this.#unanswered);
    for (const position of this.#toolCallPositions.values()) {
      const message = this.#messages[position.message];
      if (message?.kind !== 'assistant') continue;
      if (message.toolCalls[position.call]?.finishedAt === null) unsettledIds.add(message.id);
    }
    return { messages: [...this.#messages], unsettledIds, unknownTurnIds: this.#unknownTurnIds };
  }

  add(event: RuntimeEvent): void {
    const joined = this.#steeringMessages.add(event);
    if (joined) this.#assignTurn(joined.ids, joined.turn);
    const translated = translateEvent(event);
    for (const change of translated?.changes ?? [])
      this.#reduce(change, translated?.agentId ?? null);
  }

  #reduce(change: Change, agentId: string | null): void {
    if (change.type === 'user-message-added') {
      if (change.startsTurn) {
        this.#currentTurnId = change.message.id;
        this.#knownTurnIds.add(change.message.id);
        this.#unanswered.push(change.message.id);
      }
      const turnMessageId = this.#resolveTurnId(change.message, agentId);
      this.#messages.push({ ...change.message, turnMessageId });
    } else if (change.type === 'message-completed') this.#addAssistantMessage(change.message);
    else if (change.type === 'subagent-changed')
      this.#subagents.applyChange(change, this.#currentTurnId);
    else if (change.type === 'tool-call-changed') {
      this.#changeToolCall(toAgentCallKey(agentId, change.toolCallId), change.change);
    }
  }

  /**
   * The message's own `turnMessageId` is only the last resort: it is the turn in which the message was sent, which may
   * differ from the turn that handled it, and for sub-agents it may name a message that never started a turn.
   */
  #resolveTurnId({ turnMessageId }: Message, agentId: string | null): string | null {
    return this.#subagents.find(agentId)?.turnMessageId ?? this.#currentTurnId ?? turnMessageId;
  }

  #assignTurn(ids: readonly string[], turn: string): void {
    this.#currentTurnId = turn;
    this.#messages.forEach((message, index) => {
      if (ids.includes(message.id)) this.#messages[index] = { ...message, turnMessageId: turn };
    });
  }

  /** A reply to a turn that is not known may make all earlier messages part of that turn. */
  #trackUnknownTurns({ id, agentId, turnMessageId }: AssistantMessage): void {
    if (agentId === null) this.#unanswered = [];
    if (turnMessageId === null || !this.#knownTurnIds.has(turnMessageId))
      this.#unknownTurnIds = new Set([...this.#messages.map((message) => message.id), id]);
    else if (agentId !== null && !this.#subagents.find(agentId))
      this.#unknownTurnIds = new Set([...this.#unknownTurnIds, id]);
  }

  #addAssistantMessage(message: AssistantMessage): void {
    const index = this.#messages.length;
    this.#trackUnknownTurns(message);
    const turnMessageId = this.#resolveTurnId(message, message.agentId);
    const parentToolCallId = this.#subagents.find(message.agentId)?.toolCallId ?? null;
    const toolCalls = message.toolCalls.map((call) => ({
      ...call,
      turnMessageId,
      parentToolCallId,
    }));
    toolCalls.forEach(this.#calls.add);
    this.#messages.push({ ...message, turnMessageId, toolCalls });
    // Model servers reuse ids: from here on the id means the call of this message.
    message.toolCalls.forEach(({ toolCallId }, call) => {
      this.#toolCallPositions.set(toAgentCallKey(message.agentId, toolCallId), {
        message: index,
        call,
      });
    });
  }

  #changeToolCall(key: string, change: ToolCallChange): void {
    const position = this.#toolCallPositions.get(key);
    if (!position) return;
    const message = this.#messages[position.message];
    if (message?.kind !== 'assistant') return;
    const toolCalls = message.toolCalls.map((call, index): ToolCall =>
      index === position.call ? { ...call, ...change } : call,
    );
    this.#messages[position.message] = { ...message, toolCalls };
  }
}

function toAgentCallKey(agentId: string | null, callId: string): string {
  return JSON.stringify([agentId, callId]);
}
