import type { SessionEvent as RuntimeEvent } from '@github/copilot-sdk';

/** Types whose events are always in the journal. Only they can tell a position there. */
export const persistedTypes: ReadonlySet<RuntimeEvent['type']> = new Set([
  'session.start',
  'session.resume',
  'session.error',
  'session.warning',
  'session.model_change',
  'session.compaction_complete',
  'subagent.started',
  'subagent.completed',
  'subagent.failed',
  'user.message',
  'system.message',
  'assistant.turn_start',
  'assistant.turn_end',
  'assistant.message',
  'tool.execution_start',
  'tool.execution_complete',
  'permission.requested',
  'permission.completed',
  'external_tool.requested',
  'abort',
] satisfies RuntimeEvent['type'][]);

export function isPersisted(event: RuntimeEvent): boolean {
  return persistedTypes.has(event.type) && event.ephemeral !== true;
}
