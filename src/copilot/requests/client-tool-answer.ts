import type { CopilotSession } from '@github/copilot-sdk';

import { GatewayError } from '../../errors/gateway-error.ts';
import type { PendingRequestByKind } from '../../events/pending-request.ts';
import { EXPIRED_FEEDBACK } from '../translate/permission-policy.ts';
import type { CheckedAnswer } from './checked-answer.ts';

export interface ClientToolAnswer {
  readonly kind: 'client_tool';
  /** Null: the tool failed. */
  readonly result: unknown;
  /** Why it failed; null: it did not. */
  readonly error: string | null;
}

type ToolCallResult = NonNullable<
  Parameters<CopilotSession['rpc']['tools']['handlePendingToolCall']>[0]['result']
>;

/** @throws Failure BAD_USER_INPUT */
export function checkToolResult(
  { requestId }: PendingRequestByKind<'client_tool'>,
  { result, error }: ClientToolAnswer,
): CheckedAnswer {
  if ((result === null) === (error === null)) {
    throw new GatewayError('BAD_USER_INPUT', 'result: exactly one of result and error is needed');
  }
  const told = error === null ? toModelText(result) : createFailureResult(error, 'failure');
  return { resolution: 'ANSWERED', feedback: null, send: createSend(requestId, told) };
}

export function expireToolCall({ requestId }: PendingRequestByKind<'client_tool'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: createSend(requestId, createFailureResult(feedback, 'timeout')),
  };
}

/** What the model reads. */
export function toModelText(result: unknown): string {
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** As a result: of an error alone the runtime tells the model nothing. */
function createFailureResult(error: string, resultType: 'failure' | 'timeout'): ToolCallResult {
  return { textResultForLlm: error, resultType, error };
}

function createSend(requestId: string, result: ToolCallResult): CheckedAnswer['send'] {
  return async ({ rpc }) => (await rpc.tools.handlePendingToolCall({ requestId, result })).success;
}
