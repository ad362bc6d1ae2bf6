import type { CopilotSession } from '@github/copilot-sdk';

import { Failure } from '../../errors/gateway-error.ts';
import type { PendingRequestOf } from '../../events/request.ts';
import { EXPIRED_FEEDBACK } from '../translate/permission-policy.ts';
import type { CheckedAnswer } from './checked-answer.ts';

export interface ClientToolAnswered {
  readonly kind: 'client_tool';
  /** Null: the tool failed. */
  readonly result: unknown;
  /** Why it failed; null: it did not. */
  readonly error: string | null;
}

type Result = NonNullable<
  Parameters<CopilotSession['rpc']['tools']['handlePendingToolCall']>[0]['result']
>;

/** @throws Failure BAD_USER_INPUT */
export function checkToolResult(
  { requestId }: PendingRequestOf<'client_tool'>,
  { result, error }: ClientToolAnswered,
): CheckedAnswer {
  if ((result === null) === (error === null)) {
    throw new Failure('BAD_USER_INPUT', 'result: exactly one of result and error is needed');
  }
  const told = error === null ? textOf(result) : failure(error, 'failure');
  return { resolution: 'ANSWERED', feedback: null, send: sending(requestId, told) };
}

export function expiredToolCall({ requestId }: PendingRequestOf<'client_tool'>): CheckedAnswer {
  const feedback = EXPIRED_FEEDBACK;
  return {
    resolution: 'EXPIRED',
    feedback,
    send: sending(requestId, failure(feedback, 'timeout')),
  };
}

/** What the model reads. */
export function textOf(result: unknown): string {
  return typeof result === 'string' ? result : JSON.stringify(result);
}

/** As a result: of an error alone the runtime tells the model nothing. */
function failure(error: string, resultType: 'failure' | 'timeout'): Result {
  return { textResultForLlm: error, resultType, error };
}

function sending(requestId: string, result: Result): CheckedAnswer['send'] {
  return async ({ rpc }) => (await rpc.tools.handlePendingToolCall({ requestId, result })).success;
}
