import type { EventBase, EventByType } from './event.ts';
import type { TextPatch, TextOrigin } from './text-assembly.ts';

/** Undefined for the end of a tool's output: the tool call itself says that. */
export function createDeltaEvent(
  base: EventBase,
  { id, kind }: TextOrigin,
  patch: TextPatch,
): EventByType<'message.delta' | 'tool.output_delta'> | undefined {
  if (kind !== 'TOOL_OUTPUT') {
    return { ...base, type: 'message.delta', messageId: id, kind, ...patch };
  }
  const { offset, text } = patch;
  return text === ''
    ? undefined
    : { ...base, type: 'tool.output_delta', toolCallId: id, offset, text };
}
