import { describe, expect, it } from 'vitest';

import { mergeUnwrittenMessages } from '../../../src/copilot/history/reduce-history.ts';
import { emptyToolCall } from '../../../src/copilot/translate/translate-event.ts';
import type { StepBody } from '../../../src/events/event.ts';
import type { AssistantMessage, ToolCall, UserMessage } from '../../../src/events/message.ts';

const createdAt = new Date(0);

function question(id: string): UserMessage {
  return { kind: 'user', id, turnMessageId: id, createdAt, content: id, attachments: [] };
}

function answer(id: string, toolCalls: readonly ToolCall[] = []): AssistantMessage {
  return {
    kind: 'assistant',
    id,
    turnMessageId: null,
    createdAt,
    content: id,
    reasoning: null,
    reasoningId: null,
    model: null,
    agentId: null,
    toolCalls: [...toolCalls],
  };
}

const asked = (id: string): StepBody => ({ type: 'user_message.added', userMessage: question(id) });
const answered = (id: string): StepBody => ({
  type: 'assistant_message.completed',
  assistantMessage: answer(id),
});

describe('a history that is read before the runtime has written down all of it', () => {
  it('has the messages of the log, once and in order', () => {
    const steps = [asked('q1'), answered('a1'), asked('q2'), answered('a2')];
    for (const written of [
      [],
      ['q1'],
      ['q1', 'a1'],
      ['q1', 'a1', 'q2'],
      ['q1', 'a1', 'q2', 'a2'],
    ]) {
      const journal = written.map((id) => (id.startsWith('q') ? question(id) : answer(id)));
      const ids = mergeUnwrittenMessages(journal, steps).map(({ id }) => id);
      expect(ids).toEqual(['q1', 'a1', 'q2', 'a2']);
    }
  });

  it('does not include messages that the runtime has lost since', () => {
    const steps = [asked('q1'), asked('lost'), asked('q2'), answered('a2')];
    const ids = mergeUnwrittenMessages([question('q1'), question('q2')], steps).map(({ id }) => id);
    expect(ids).toEqual(['q1', 'q2', 'a2']);
  });

  it('has the newest state of each tool call', () => {
    const pending: ToolCall = { ...emptyToolCall, toolCallId: 'call_1', messageId: 'a1' };
    const denied: ToolCall = { ...pending, state: 'DENIED' };
    const steps: StepBody[] = [{ type: 'tool_call.changed', toolCall: denied }];
    const [message] = mergeUnwrittenMessages([answer('a1', [pending])], steps);
    expect(message).toMatchObject({ toolCalls: [{ state: 'DENIED' }] });
  });
});
