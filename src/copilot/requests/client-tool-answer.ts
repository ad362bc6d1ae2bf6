import type { CopilotSession } from '@github/copilot-sdk';

import { createInputError } from '../../errors/common-errors.ts';
import type { PendingRequestByKind } from '../../events/pending-request.ts';
import type { CheckedAnswer } from './checked-answer.ts';
import { EXPIRED_FEEDBACK } from './permission-policy.ts';

export interface ClientToolAnswer {
  readonly kind: 'client_tool';
  /** Null when the tool failed. */
  readonly result: unknown;
  /** Why the tool failed; null when it succeeded. */
  readonly error: string | null;
}

type ToolCallResult = NonNullable<
  Parameters<CopilotSession['rpc']['tools']['handlePendingToolCall']>[0]['result']
>;

/** @throws {GatewayError} BAD_USER_INPUT unless exactly one of `result` and `error` is given */
export function checkToolResult(
  { requestId }: PendingRequestByKind<'client_tool'>,
  { result, error }: ClientToolAnswer,
): CheckedAnswer {
  if ((result === null) === (error === null)) {
    throw createInputError('result', 'exactly one of result and error must be given');
  }
  const toolResult = error === null ? toModelText(result) : createFailureResult(error, 'failure');
  return { resolution: 'ANSWERED', feedback: null, send: createSend(requestId, toolResult) };
}

export function expireToolCall({ requestId }: PendingRequestByKind<'client_tool'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: createSend(requestId, createFailureResult(feedback, 'timeout')),
  };
}

/** Returns the text that the model reads. */
export function toModelText(result: unknown): string {
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** Sent as a result with an error text: if only `error` is set, the runtime shows the model nothing. */
function createFailureResult(error: string, resultType: 'failure' | 'timeout'): ToolCallResult {
  return { textResultForLlm: error, resultType, error };
}

function createSend(requestId: string, result: ToolCallResult): CheckedAnswer['send'] {
  return async ({ rpc }) => (await rpc.tools.handlePendingToolCall({ requestId, result })).success;
}
