import { expect, test } from 'vitest';

import { createChangeRoutes, routeChanges } from '../../../src/copilot/link/change-routes.ts';
import { Timeline } from '../../../src/copilot/projections/timeline.ts';
import { Turns } from '../../../src/copilot/projections/turns.ts';
import { PendingRequests } from '../../../src/copilot/requests/pending-requests.ts';
import { translateEvent } from '../../../src/copilot/translate/translate-event.ts';
import { SessionLog } from '../../../src/events/session-log.ts';

type RuntimeEvent = Parameters<typeof translateEvent>[0];

function createTimeline() {
  const log = new SessionLog('s', {
    maxAgeMs: 60_000,
    maxBytes: 1_000_000,
    maxTextLength: 100_000,
    rewinds: 0,
    catchUp: () => Promise.resolve(undefined),
  });
  const turns = new Turns('s', () => undefined);
  const timeline = new Timeline(log, turns);
  const permissionPolicy = { mode: 'ask', allow: [] } as const;
  const rules = { permissionPolicy, requestTimeoutMs: 1_000, clientTools: new Set<string>() };
  const requests = new PendingRequests({ log, turns, timeline, rules });
  const routes = createChangeRoutes({ timeline, requests });
  let count = 0;
  const apply = (type: string, data: object): void => {
    const event = { id: `e${count++}`, timestamp: '2026-01-01T00:00:00Z', parentId: null };
    routeChanges(translateEvent({ ...event, type, data } as unknown as RuntimeEvent)!, routes);
  };
  return { timeline, apply, log };
}

test('a tool runs from its start event to its completion', () => {
  const { timeline, apply } = createTimeline();
  expect(timeline.isToolRunning).toBe(false);
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('tool.execution_start', { toolCallId: 'two', toolName: 'bash' });
  expect(timeline.isToolRunning).toBe(true);
  apply('tool.execution_complete', { toolCallId: 'one', success: true });
  expect(timeline.isToolRunning).toBe(true);
  apply('tool.execution_complete', { toolCallId: 'two', success: false });
  expect(timeline.isToolRunning).toBe(false);
});

test('no tool runs once the session is idle, also without a completion', () => {
  const { timeline, apply } = createTimeline();
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('session.idle', {});
  expect(timeline.isToolRunning).toBe(false);
});

test('an open tool call is interrupted once; a finished one is left unchanged', () => {
  const { timeline, apply, log } = createTimeline();
  apply('tool.execution_start', { toolCallId: 'one', toolName: 'bash' });
  apply('tool.execution_start', { toolCallId: 'two', toolName: 'bash' });
  apply('tool.execution_complete', { toolCallId: 'one', success: true });
  const at = new Date(1);
  timeline.interrupt(at);
  timeline.interrupt(new Date(2));
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
  expect(timeline.isToolRunning).toBe(false);
});
