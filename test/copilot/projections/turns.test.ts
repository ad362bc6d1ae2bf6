import { expect, it } from 'vitest';

import { Turns } from '../../../src/copilot/projections/turns.ts';
import { createTurnError } from '../../../src/copilot/translate/turn-error.ts';
import type { Turn } from '../../../src/events/turn.ts';

const at = (second: number): Date => new Date(second * 1000);

function track(): { turns: Turns; history: string[] } {
  const history: string[] = [];
  const turns = new Turns('s', (turn) => history.push(`${turn.messageId} ${turn.state}`));
  return { turns, history };
}

it('one idle event ends the running turn; the ones before it ended when the next started', () => {
  const { turns, history } = track();
  turns.queueTurn('a', at(0));
  turns.queueTurn('b', at(0));
  turns.handleTurnStarted('a', at(1));
  turns.handleTurnStarted('b', at(2));
  turns.handleIdle(false, at(3));
  expect(history).toEqual([
    'a QUEUED',
    'b QUEUED',
    'a RUNNING',
    'a COMPLETED',
    'b RUNNING',
    'b COMPLETED',
  ]);
  expect(turns.openTurns).toEqual([]);
});

it('a turn that starts before its send call returns is not queued again', () => {
  const { turns, history } = track();
  turns.handleTurnStarted('a', at(1));
  expect(turns.queueTurn('a', at(2)).state).toBe('RUNNING');
  expect(history).toEqual(['a RUNNING']);
});

it('a turn that is sent just before another one becomes idle stays queued', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.queueTurn('b', at(2));
  turns.handleIdle(false, at(3));
  expect(turns.find('b')?.state).toBe('QUEUED');
});

it('an abort ends the running turn and the queued ones', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.queueTurn('b', at(2));
  turns.handleIdle(true, at(3));
  expect([turns.find('a')?.state, turns.find('b')?.state]).toEqual(['ABORTED', 'ABORTED']);
});

it('an error fails the turn, and the idle event after it is ignored', () => {
  const { turns, history } = track();
  turns.handleTurnStarted('a', at(1));
  turns.handleTurnFailed(createTurnError('MODEL_ERROR'), at(2));
  turns.handleIdle(false, at(3));
  expect(history).toEqual(['a RUNNING', 'a FAILED']);
});

it('a lost runtime interrupts every open turn', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.queueTurn('b', at(1));
  turns.interruptAll(at(2));
  for (const id of ['a', 'b']) {
    expect(turns.find(id)).toMatchObject({
      state: 'FAILED',
      error: { code: 'TURN_INTERRUPTED', retryable: true },
    });
  }
});

it('a wait for a turn resolves when the turn ends, or with its state when the wait is aborted', async () => {
  const { turns } = track();
  turns.queueTurn('a', at(0));
  const patient = turns.waitForEnd('a', new AbortController().signal);
  const hasty = new AbortController();
  const early = turns.waitForEnd('a', hasty.signal);
  hasty.abort();
  expect((await early)?.state).toBe('QUEUED');
  turns.handleTurnStarted('a', at(1));
  turns.handleIdle(false, at(2));
  expect((await patient)?.state).toBe('COMPLETED');
  expect(await turns.waitForEnd('unknown', new AbortController().signal)).toBeUndefined();
});

it('keeps every open turn and a bounded number of ended ones', () => {
  const changed: Turn[] = [];
  const turns = new Turns('s', (turn) => changed.push(turn));
  turns.queueTurn('open', at(0));
  for (let index = 0; index < 500; index++) {
    turns.handleTurnStarted(`t${index}`, at(index));
    turns.handleIdle(false, at(index));
  }
  expect(turns.find('open')?.state).toBe('QUEUED');
  expect(turns.find('t0')).toBeUndefined();
  expect(turns.find('t499')?.state).toBe('COMPLETED');
});

it('an interrupted turn is resumed when the runtime has continued it', () => {
  const { turns, history } = track();
  turns.handleTurnStarted('a', at(1));
  turns.queueTurn('b', at(1));
  turns.interruptAll(at(2));
  turns.resumeInterruptedTurn();
  expect(turns.runningId).toBe('a');
  expect(turns.find('a')).toMatchObject({ state: 'RUNNING', error: null, finishedAt: null });
  turns.handleIdle(false, at(3));
  expect(history.slice(-2)).toEqual(['a RUNNING', 'a COMPLETED']);
  expect(turns.find('b')?.state).toBe('FAILED');
});

it('an interrupted turn is resumed once, also when the loss is reported twice', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.interruptAll(at(2));
  turns.interruptAll(at(3));
  turns.resumeInterruptedTurn();
  expect(turns.runningId).toBe('a');
  turns.handleIdle(false, at(4));
  turns.resumeInterruptedTurn();
  expect(turns.find('a')?.state).toBe('COMPLETED');
});

it('a turn is not resumed when another one has started since, or when it failed with its own error', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.interruptAll(at(2));
  turns.handleTurnStarted('b', at(3));
  turns.resumeInterruptedTurn();
  expect([turns.find('a')?.state, turns.runningId]).toEqual(['FAILED', 'b']);
  turns.handleTurnFailed(createTurnError('MODEL_ERROR'), at(4));
  turns.interruptAll(at(5));
  turns.resumeInterruptedTurn();
  expect(turns.find('b')).toMatchObject({ state: 'FAILED', error: { code: 'MODEL_ERROR' } });
});

it('an interrupted turn that the runtime starts nevertheless has no error', () => {
  const { turns } = track();
  turns.queueTurn('a', at(1));
  turns.interruptAll(at(2));
  turns.handleTurnStarted('a', at(3));
  turns.handleIdle(false, at(4));
  expect(turns.find('a')).toMatchObject({ state: 'COMPLETED', error: null, finishedAt: at(4) });
});

it('an interrupted turn that is still in the queue of the runtime is queued again', () => {
  const { turns } = track();
  turns.queueTurn('a', at(1));
  turns.interruptAll(at(2));
  expect(turns.confirmQueued('a', at(3))).toMatchObject({
    state: 'QUEUED',
    error: null,
    finishedAt: null,
  });
});

it('a turn that is held back survives the loss of the runtime, and an abort', () => {
  const { turns } = track();
  turns.holdBack('a', at(1));
  turns.interruptAll(at(2));
  turns.handleIdle(true, at(3));
  expect(turns.find('a')?.state).toBe('QUEUED');
  turns.releaseHeldBack('a');
  turns.handleIdle(true, at(4));
  expect(turns.find('a')?.state).toBe('ABORTED');
});

it('an abort leaves the queued turns that are excluded from it', () => {
  const { turns } = track();
  turns.handleTurnStarted('a', at(1));
  turns.queueTurn('b', at(2));
  turns.excludeFromAbort(['b']);
  turns.handleIdle(true, at(3));
  expect([turns.find('a')?.state, turns.find('b')?.state]).toEqual(['ABORTED', 'QUEUED']);
});
