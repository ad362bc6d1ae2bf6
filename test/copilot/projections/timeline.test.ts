import { expect, test } from 'vitest';

import { Timeline } from '../../../src/copilot/projections/timeline.ts';
import { Turns } from '../../../src/copilot/projections/turns.ts';
import { translateEvent } from '../../../src/copilot/translate/translate-event.ts';
import { SessionLog } from '../../../src/events/session-log.ts';

type RuntimeEvent = Parameters<typeof translateEvent>[0];

function timeline() {
  const log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 100_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const made = new Timeline(log, new Turns('s', () => undefined));
  let count = 0;
  const apply = (type: string, data: object): void => {
    const event = { id: `e${count++}`, timestamp: '2026-01-01T00:00:00Z', parentId: null };
    made.apply(translateEvent({ ...event, type, data } as unknown as RuntimeEvent)!);
  };
  return { timeline: made, apply, log };
}

test('a tool is running from its start to its end', () => {
  const { timeline: made, apply } = timeline();
  expect(made.isToolRunning).toBe(false);
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('tool.execution_start', { toolCallId: 'two', toolName: 'bash' });
  expect(made.isToolRunning).toBe(true);
  apply('tool.execution_complete', { toolCallId: 'one', success: true });
  expect(made.isToolRunning).toBe(true);
  apply('tool.execution_complete', { toolCallId: 'two', success: false });
  expect(made.isToolRunning).toBe(false);
});

test('no tool is running once the turn has ended, whatever became of it', () => {
  const { timeline: made, apply } = timeline();
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('session.idle', {});
  expect(made.isToolRunning).toBe(false);
});

test('a call that is interrupted says so once; one that has ended stays as it is', () => {
  const { timeline: made, apply, log } = timeline();
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('tool.execution_start', { toolCallId: 'two', toolName: 'bash' });
  apply('tool.execution_complete', { toolCallId: 'one', success: true });
  const at = new Date(1);
  made.interrupt(at);
  made.interrupt(new Date(2));
  const calls = [...log.listSteps()].flatMap((step) =>
    step.type === 'tool_call.changed' ? [step.toolCall] : [],
  );
  expect(calls.map(({ toolCallId, state }) => `${toolCallId} ${state}`)).toEqual([
    'one RUNNING',
    'two RUNNING',
    'one SUCCEEDED',
    'two INTERRUPTED',
  ]);
  expect(calls.at(-1)?.finishedAt).toEqual(at);
  expect(made.isToolRunning).toBe(false);
});
