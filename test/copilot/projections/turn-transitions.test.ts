import { expect, it } from 'vitest';

import {
  applyTurnEvent,
  createTurn,
  toInterruptedTurn,
  type TurnEvent,
} from '../../../src/copilot/projections/turn-transitions.ts';
import { createTurnError } from '../../../src/copilot/translate/turn-error.ts';
import type { TurnState } from '../../../src/events/turn.ts';

const events: readonly TurnEvent[] = [
  'started',
  'inputRequested',
  'inputReceived',
  'completed',
  'failed',
  'aborted',
  'resumed',
  'requeued',
];

/** The table of the header, in the order of `events`; null: the event is ignored. */
const table: Readonly<Record<TurnState, readonly (TurnState | null)[]>> = {
  QUEUED: ['RUNNING', null, null, null, 'FAILED', 'ABORTED', null, null],
  RUNNING: [null, 'WAITING_FOR_INPUT', null, 'COMPLETED', 'FAILED', 'ABORTED', null, null],
  WAITING_FOR_INPUT: [null, null, 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED', null, null],
  COMPLETED: ['RUNNING', null, null, null, null, null, null, null],
  FAILED: ['RUNNING', null, null, null, null, null, 'RUNNING', 'QUEUED'],
  ABORTED: ['RUNNING', null, null, null, null, null, null, null],
};

const turn = createTurn('session', 'message', new Date(0));

const cells = Object.entries(table).flatMap(([state, row]) =>
  events.map((event, index) => ({
    from: state as TurnState,
    event,
    to: row[index] ?? null,
  })),
);

it.each(cells)('a $from turn that is $event becomes $to', ({ from, event, to }) => {
  const before = { ...turn, state: from };
  const change = { finishedAt: new Date(1) };
  expect(applyTurnEvent(before, event, change)).toEqual(
    to === null ? undefined : { ...before, ...change, state: to },
  );
});

it('an interrupted turn fails with TURN_INTERRUPTED, unless it has ended', () => {
  const at = new Date(2);
  expect(toInterruptedTurn(turn, at)).toMatchObject({
    state: 'FAILED',
    error: { code: 'TURN_INTERRUPTED' },
    finishedAt: at,
  });
  const failed = { ...turn, state: 'FAILED', error: createTurnError('MODEL_ERROR') } as const;
  expect(toInterruptedTurn(failed, at)).toBe(failed);
});
