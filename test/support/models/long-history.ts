import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface WrittenMessage {
  readonly id: string;
  readonly turnId: string;
  readonly content: string;
  /** The states of the tool calls, or null for a message of the user. */
  readonly toolCalls: readonly string[] | null;
}

export interface WrittenHistory {
  readonly events: number;
  readonly messages: readonly WrittenMessage[];
}

const STEP_MS = 10;

/** A journal in the format of the bundled runtime, for sessions that it has not opened yet. */
class JournalFile {
  readonly lines: string[] = [];
  readonly messages: WrittenMessage[] = [];
  #parentId: string | null = null;
  #at = Date.parse('2026-01-01T00:00:00Z');

  put(type: string, data: object): void {
    const id = randomUUID();
    this.#at += STEP_MS;
    const timestamp = new Date(this.#at).toISOString();
    this.lines.push(JSON.stringify({ type, data, id, timestamp, parentId: this.#parentId }));
    this.#parentId = id;
  }

  begin(sessionId: string, cwd: string): void {
    const startTime = new Date(this.#at).toISOString();
    const origin = { version: 1, producer: 'copilot-agent', copilotVersion: '1.0.85' };
    this.put('session.start', { sessionId, ...origin, startTime, context: { cwd } });
  }

  ask(content: string): string {
    const messageId = randomUUID();
    this.put('user.message', { content, transformedContent: content, messageId, turnId: '0' });
    this.messages.push({ id: messageId, turnId: `turn:${messageId}`, content, toolCalls: null });
    return messageId;
  }

  /** @param calls the number of tool calls, which end before the next message */
  answer(turn: string, content: string, calls: number): void {
    const messageId = randomUUID();
    // Model servers use the same ids again in each message.
    const ids = Array.from({ length: calls }, (_, index) => `call_${index + 1}`);
    const toolRequests = ids.map((toolCallId) => ({
      toolCallId,
      name: 'bash',
      arguments: { command: 'true' },
      type: 'function',
    }));
    const originatingMessageId = turn;
    this.put('assistant.turn_start', { turnId: '0' });
    this.put('assistant.message', { messageId, originatingMessageId, content, toolRequests });
    for (const toolCallId of ids) {
      this.put('tool.execution_start', { toolCallId, toolName: 'bash' });
    }
    for (const toolCallId of ids) {
      const result = { content: `output of ${content}` };
      this.put('tool.execution_complete', { toolCallId, success: true, result });
    }
    this.put('assistant.turn_end', { turnId: '0' });
    const toolCalls = ids.map(() => 'SUCCEEDED');
    this.messages.push({ id: messageId, turnId: `turn:${turn}`, content, toolCalls });
  }
}

/** Writes the history of a session into the home directory of a runtime. */
export async function writeLongHistory(
  home: string,
  sessionId: string,
  events: number,
): Promise<WrittenHistory> {
  const journal = new JournalFile();
  journal.begin(sessionId, home);
  for (let turn = 0; journal.lines.length < events; turn++) {
    const id = journal.ask(`question ${turn}`);
    for (let step = 0; step < turn % 3; step++) journal.answer(id, `step ${step}`, 1 + (step % 2));
    journal.answer(id, `answer ${turn}`, 0);
  }
  const directory = join(home, 'session-state', sessionId);
  await mkdir(directory, { recursive: true });
  await writeFile(
    join(directory, 'events.jsonl'),
    journal.lines.map((line) => `${line}\n`).join(''),
  );
  return { events: journal.lines.length, messages: journal.messages };
}
