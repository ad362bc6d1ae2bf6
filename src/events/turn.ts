import type { ErrorCode } from '../errors/error-codes.ts';
import type { AssistantMessage } from './message.ts';
import type { TurnUsage } from './usage.ts';

export type TurnState =
  'QUEUED' | 'RUNNING' | 'WAITING_FOR_INPUT' | 'COMPLETED' | 'FAILED' | 'ABORTED';

/** Everything that one sent message causes, until it completes, fails or is aborted. */
export interface Turn {
  readonly sessionId: string;
  /** Id of the message that started the turn; identifies the turn. */
  readonly messageId: string;
  readonly state: TurnState;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Id of the final assistant message. The id is stored; `reply`, the message itself, is available only while the turn is in memory. */
  readonly replyId: string | null;
  readonly reply: AssistantMessage | null;
  readonly error: TurnError | null;
  /** Null before the first model call has ended. */
  readonly usage: TurnUsage | null;
}

export interface TurnError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly statusCode: number | null;
  readonly url: string | null;
}

const endedStates: ReadonlySet<TurnState> = new Set(['COMPLETED', 'FAILED', 'ABORTED']);

export function hasEnded({ state }: Turn): boolean {
  return endedStates.has(state);
}
