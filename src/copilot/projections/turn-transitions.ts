import type { Turn, TurnState } from '../../events/turn.ts';
import { createTurnError } from '../translate/turn-error.ts';

/** The events of one turn. */
export type TurnEvent =
  /** The message of the turn was added to the conversation. */
  | 'started'
  /** A request of the turn is pending. */
  | 'inputRequested'
  /** No request of the turn is pending any more. */
  | 'inputReceived'
  | 'completed'
  /** The turn ended with an error, TURN_INTERRUPTED if it was interrupted. */
  | 'failed'
  /** The turn was stopped, or removed from the queue. */
  | 'aborted'
  /** The turn counted as interrupted, but the runtime continues it. */
  | 'resumed'
  /** The turn counted as interrupted, but the runtime still has it in its queue. */
  | 'requeued';

/**
 * The state machine of a turn (see "Turns" in docs/streaming.md). `-`: the event is ignored.
 *
 * | state             | started | inputRequested    | inputReceived | completed | failed | aborted | resumed | requeued |
 * | ----------------- | ------- | ----------------- | ------------- | --------- | ------ | ------- | ------- | -------- |
 * | QUEUED            | RUNNING | -                 | -             | -         | FAILED | ABORTED | -       | -        |
 * | RUNNING           | -       | WAITING_FOR_INPUT | -             | COMPLETED | FAILED | ABORTED | -       | -        |
 * | WAITING_FOR_INPUT | -       | -                 | RUNNING       | COMPLETED | FAILED | ABORTED | -       | -        |
 * | COMPLETED         | RUNNING | -                 | -             | -         | -      | -       | -       | -        |
 * | FAILED            | RUNNING | -                 | -             | -         | -      | -       | RUNNING | QUEUED   |
 * | ABORTED           | RUNNING | -                 | -             | -         | -      | -       | -       | -        |
 *
 * - An ended turn starts again when the runtime runs its message nevertheless: the runtime decides what runs.
 * - Only a turn that failed with TURN_INTERRUPTED is resumed or requeued; `Turns` checks the error.
 * - Events after the end are ignored: the idle that follows an error, or an abort that comes too late, changes nothing.
 * - A queued turn does not complete: an idle of the runtime ends the running turn only, because a message may be sent
 *   just before the idle of the previous turn arrives.
 */
export const transitions: Readonly<
  Record<TurnState, Readonly<Partial<Record<TurnEvent, TurnState>>>>
> = {
  QUEUED: { started: 'RUNNING', failed: 'FAILED', aborted: 'ABORTED' },
  RUNNING: {
    inputRequested: 'WAITING_FOR_INPUT',
    completed: 'COMPLETED',
    failed: 'FAILED',
    aborted: 'ABORTED',
  },
  WAITING_FOR_INPUT: {
    inputReceived: 'RUNNING',
    completed: 'COMPLETED',
    failed: 'FAILED',
    aborted: 'ABORTED',
  },
  COMPLETED: { started: 'RUNNING' },
  FAILED: { started: 'RUNNING', resumed: 'RUNNING', requeued: 'QUEUED' },
  ABORTED: { started: 'RUNNING' },
};

export type TurnChange = Partial<Pick<Turn, 'startedAt' | 'finishedAt' | 'error'>>;

/** Returns the turn after the event; undefined when its state ignores the event. */
export function applyTurnEvent(
  turn: Turn,
  event: TurnEvent,
  change: TurnChange = {},
): Turn | undefined {
  const state = transitions[turn.state][event];
  return state && { ...turn, ...change, state };
}

/** Returns the turn as failed with TURN_INTERRUPTED; an ended turn stays as it is. */
export function toInterruptedTurn(turn: Turn, at: Date): Turn {
  const error = createTurnError('TURN_INTERRUPTED');
  return applyTurnEvent(turn, 'failed', { error, finishedAt: at }) ?? turn;
}

export function createTurn(sessionId: string, messageId: string, queuedAt: Date): Turn {
  return {
    sessionId,
    messageId,
    state: 'QUEUED',
    queuedAt,
    startedAt: null,
    finishedAt: null,
    replyId: null,
    reply: null,
    error: null,
    usage: null,
  };
}
