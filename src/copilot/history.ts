import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

import type { StepBody } from '../events/event.ts';
import { toolCallId } from '../events/ids.ts';
import type { AssistantMessage, Message, ToolCall } from '../events/message.ts';
import type { Change, ToolCallChange } from './change.ts';
import { JoinedMessages } from './joined-messages.ts';
import type { Journal } from './journal.ts';
import { Subagents } from './subagents.ts';
import { ToolCalls } from './tool-calls.ts';
import { translateEvent } from './translate-event.ts';

/** The session's messages, oldest first. */
export async function readMessages(journal: Journal): Promise<Message[]> {
  const history = new History();
  for await (const event of journal.events()) history.add(event);
  return history.messages;
}

/**
 * The runtime tells of a message before it has written it down, so that a history that is read at once lacks what
 * a cursor of the same moment has left behind. The log has it.
 */
export function withUnwritten(written: readonly Message[], steps: Iterable<StepBody>): Message[] {
  const told: Message[] = [];
  const calls = new Map<string, ToolCall>();
  for (const step of steps) {
    if (step.type === 'user_message.added') told.push(step.userMessage);
    else if (step.type === 'assistant_message.completed') told.push(step.assistantMessage);
    else if (step.type === 'tool_call.changed') calls.set(keyOf(step.toolCall), step.toolCall);
  }
  const ids = new Set(written.map(({ id }) => id));
  const unwritten = told.slice(told.findLastIndex(({ id }) => ids.has(id)) + 1);
  return [...written, ...unwritten].map((message) =>
    message.kind === 'assistant'
      ? { ...message, toolCalls: message.toolCalls.map((call) => calls.get(keyOf(call)) ?? call) }
      : message,
  );
}

function keyOf({ messageId, toolCallId: callId }: ToolCall): string {
  return toolCallId(messageId, callId);
}

/** Folds journal events into messages, tool calls and their results into the message that asked for them. */
class History {
  readonly #messages: Message[] = [];
  readonly #calls = new ToolCalls();
  readonly #subagents = new Subagents(this.#calls);
  /** By agent as well: a sub-agent's ids repeat those of the agent that waits for it. */
  readonly #toolCalls = new Map<string, { message: number; call: number }>();
  readonly #joined = new JoinedMessages();
  #turn: string | null = null;

  get messages(): Message[] {
    return this.#messages;
  }

  add(event: RuntimeEvent): void {
    const joined = this.#joined.add(event);
    if (joined) this.#join(joined.ids, joined.turn);
    const translated = translateEvent(event);
    for (const change of translated?.changes ?? []) this.#fold(change, translated?.agentId ?? null);
  }

  #fold(change: Change, agentId: string | null): void {
    if (change.type === 'user-message') {
      if (change.startsTurn) this.#turn = change.message.id;
      const turnMessageId = this.#turnOf(change.message, agentId);
      this.#messages.push({ ...change.message, turnMessageId });
    } else if (change.type === 'message-completed') this.#addAssistantMessage(change.message);
    else if (change.type === 'subagent') this.#subagents.change(change, this.#turn);
    else if (change.type === 'tool-call') {
      this.#changeToolCall(placeKey(agentId, change.toolCallId), change.change);
    }
  }

  /**
   * The runtime names the turn that a message was sent in, not the one that it ended up in; and of a sub-agent, or
   * about one that has ended, a message that began no turn.
   */
  #turnOf({ turnMessageId }: Message, agentId: string | null): string | null {
    return this.#subagents.find(agentId)?.turnMessageId ?? this.#turn ?? turnMessageId;
  }

  #join(ids: readonly string[], turn: string): void {
    this.#turn = turn;
    this.#messages.forEach((message, index) => {
      if (ids.includes(message.id)) this.#messages[index] = { ...message, turnMessageId: turn };
    });
  }

  #addAssistantMessage(message: AssistantMessage): void {
    const index = this.#messages.length;
    const turnMessageId = this.#turnOf(message, message.agentId);
    const parentToolCallId = this.#subagents.find(message.agentId)?.toolCallId ?? null;
    const toolCalls = message.toolCalls.map((call) => ({
      ...call,
      turnMessageId,
      parentToolCallId,
    }));
    toolCalls.forEach(this.#calls.add);
    this.#messages.push({ ...message, turnMessageId, toolCalls });
    message.toolCalls.forEach(({ toolCallId }, call) => {
      this.#toolCalls.set(placeKey(message.agentId, toolCallId), { message: index, call });
    });
  }

  #changeToolCall(key: string, change: ToolCallChange): void {
    const place = this.#toolCalls.get(key);
    if (!place) return;
    const message = this.#messages[place.message];
    if (message?.kind !== 'assistant') return;
    const toolCalls = message.toolCalls.map((call, index): ToolCall =>
      index === place.call ? { ...call, ...change } : call,
    );
    this.#messages[place.message] = { ...message, toolCalls };
  }
}

function placeKey(agentId: string | null, callId: string): string {
  return JSON.stringify([agentId, callId]);
}
