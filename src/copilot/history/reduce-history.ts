import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { StepBody } from '../../events/event.ts';
import { toToolCallId } from '../../events/ids.ts';
import type { AssistantMessage, Message, ToolCall } from '../../events/message.ts';
import { Subagents } from '../projections/subagents.ts';
import { ToolCalls } from '../projections/tool-calls.ts';
import type { Journal } from '../runtime/journal.ts';
import type { Change, ToolCallChange } from '../translate/change.ts';
import { translateEvent } from '../translate/translate-event.ts';
import { SteeringMessages } from './steering-messages.ts';

export interface ReducedHistory {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Ids of the messages that may still change with what follows: their tool calls, or their turn. */
  readonly unsettledIds: ReadonlySet<string>;
  /** Ids of the messages whose turn may have begun before. */
  readonly unknownTurnIds: ReadonlySet<string>;
}

/** The session's messages, oldest first. */
export async function readMessages(journal: Journal): Promise<readonly Message[]> {
  const history = new HistoryReducer();
  for await (const event of journal.readEvents()) {
    history.add(event);
  }
  return history.result.messages;
}

/** Of events without a gap, oldest first. */
export function reduceHistory(events: Iterable<RuntimeEvent>): ReducedHistory {
  const history = new HistoryReducer();
  for (const event of events) history.add(event);
  return history.result;
}

/**
 * The runtime tells of a message before it has written it down, so that a history that is read at once lacks what
 * a cursor of the same moment has left behind. The log has it.
 *
 * @param written with the newest of those that were told and are written down
 */
export function mergeUnwrittenMessages(
  written: readonly Message[],
  steps: Iterable<StepBody>,
): readonly Message[] {
  const kept = [...steps];
  const told = extractMessages(kept);
  const ids = new Set(written.map(({ id }) => id));
  const unwritten = told.slice(told.findLastIndex(({ id }) => ids.has(id)) + 1);
  return mergeLatestToolCalls([...written, ...unwritten], kept);
}

/** Oldest first. */
export function extractMessages(steps: Iterable<StepBody>): Message[] {
  const told: Message[] = [];
  for (const step of steps) {
    if (step.type === 'user_message.added') told.push(step.userMessage);
    else if (step.type === 'assistant_message.completed') told.push(step.assistantMessage);
  }
  return told;
}

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

/** Folds tool calls and their results into the message that asked for them. */
class HistoryReducer {
  readonly #messages: Message[] = [];
  readonly #calls = new ToolCalls();
  readonly #subagents = new Subagents(this.#calls);
  /** By agent as well: a sub-agent's ids repeat those of the agent that waits for it. */
  readonly #toolCallPositions = new Map<string, { message: number; call: number }>();
  readonly #steeringMessages = new SteeringMessages();
  readonly #knownTurnIds = new Set<string>();
  #unanswered: string[] = [];
  #unknownTurnIds: ReadonlySet<string> = new Set();
  #currentTurnId: string | null = null;

  get result(): ReducedHistory {
    const unsettledIds = new Set(this.#unanswered);
    for (const place of this.#toolCallPositions.values()) {
      const message = this.#messages[place.message];
      if (message?.kind !== 'assistant') continue;
      if (message.toolCalls[place.call]?.finishedAt === null) unsettledIds.add(message.id);
    }
    return { messages: this.#messages, unsettledIds, unknownTurnIds: this.#unknownTurnIds };
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
   * The runtime names the turn that a message was sent in, not the one that it ended up in; and of a sub-agent, or
   * about one that has ended, a message that began no turn.
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

  /** An answer to what was asked before: so may all be that came in between. */
  #trackUnknownTurns({ id, agentId, turnMessageId }: AssistantMessage): void {
    if (agentId === null) this.#unanswered = [];
    if (turnMessageId === null || !this.#knownTurnIds.has(turnMessageId))
      this.#unknownTurnIds = new Set([...this.#messages.map((message) => message.id), id]);
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
    // Model servers give the same ids again: from here on it is this message's.
    message.toolCalls.forEach(({ toolCallId }, call) => {
      this.#toolCallPositions.set(toAgentCallKey(message.agentId, toolCallId), {
        message: index,
        call,
      });
    });
  }

  #changeToolCall(key: string, change: ToolCallChange): void {
    const place = this.#toolCallPositions.get(key);
    if (!place) return;
    const message = this.#messages[place.message];
    if (message?.kind !== 'assistant') return;
    const toolCalls = message.toolCalls.map((call, index): ToolCall =>
      index === place.call ? { ...call, ...change } : call,
    );
    this.#messages[place.message] = { ...message, toolCalls };
  }
}

function toAgentCallKey(agentId: string | null, callId: string): string {
  return JSON.stringify([agentId, callId]);
}
