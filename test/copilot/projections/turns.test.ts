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

it('one idle ends several queued turns, each in its order', () => {
  const { turns, history } = track();
  turns.queueTurn('a', at(0));
  turns.queueTurn('b', at(0));
  turns.startTurn('a', at(1));
  turns.startTurn('b', at(2));
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

it('a turn that the runtime started before the send was answered is not queued again', () => {
  const { turns, history } = track();
  turns.startTurn('a', at(1));
  expect(turns.queueTurn('a', at(2)).state).toBe('RUNNING');
  expect(history).toEqual(['a RUNNING']);
});

it('a turn sent just before the idle of another stays queued', () => {
  const { turns } = track();
  turns.startTurn('a', at(1));
  turns.queueTurn('b', at(2));
  turns.handleIdle(false, at(3));
  expect(turns.find('b')?.state).toBe('QUEUED');
});

it('an abort ends the running turn and what was queued behind it', () => {
  const { turns } = track();
  turns.startTurn('a', at(1));
  turns.queueTurn('b', at(2));
  turns.handleIdle(true, at(3));
  expect([turns.find('a')?.state, turns.find('b')?.state]).toEqual(['ABORTED', 'ABORTED']);
});

it('an error fails the turn, and the idle after it changes nothing', () => {
  const { turns, history } = track();
  turns.startTurn('a', at(1));
  turns.failCurrentTurn(createTurnError('MODEL_ERROR'), at(2));
  turns.handleIdle(false, at(3));
  expect(history).toEqual(['a RUNNING', 'a FAILED']);
});

it('a lost runtime interrupts every open turn', () => {
  const { turns } = track();
  turns.startTurn('a', at(1));
  turns.queueTurn('b', at(1));
  turns.interruptAll(at(2));
  for (const id of ['a', 'b']) {
    expect(turns.find(id)).toMatchObject({
      state: 'FAILED',
      error: { code: 'TURN_INTERRUPTED', retryable: true },
    });
  }
});

it('whoever waits for a turn gets it when it ends, and as it is when the wait is over', async () => {
  const { turns } = track();
  turns.queueTurn('a', at(0));
  const patient = turns.waitForEnd('a', new AbortController().signal);
  const hasty = new AbortController();
  const early = turns.waitForEnd('a', hasty.signal);
  hasty.abort();
  expect((await early)?.state).toBe('QUEUED');
  turns.startTurn('a', at(1));
  turns.handleIdle(false, at(2));
  expect((await patient)?.state).toBe('COMPLETED');
  expect(await turns.waitForEnd('unknown', new AbortController().signal)).toBeUndefined();
});

it('remembers a bounded number of ended turns, and every open one', () => {
  const changed: Turn[] = [];
  const turns = new Turns('s', (turn) => changed.push(turn));
  turns.queueTurn('open', at(0));
  for (let index = 0; index < 500; index++) {
    turns.startTurn(`t${index}`, at(index));
    turns.handleIdle(false, at(index));
  }
  expect(turns.find('open')?.state).toBe('QUEUED');
  expect(turns.find('t0')).toBeUndefined();
  expect(turns.find('t499')?.state).toBe('COMPLETED');
});

it('a turn that was taken for interrupted runs again when the runtime has gone on with it', () => {
  const { turns, history } = track();
  turns.startTurn('a', at(1));
  turns.queueTurn('b', at(1));
  turns.interruptAll(at(2));
  turns.resumeInterruptedTurn();
  expect(turns.runningId).toBe('a');
  expect(turns.find('a')).toMatchObject({ state: 'RUNNING', error: null, finishedAt: null });
  turns.handleIdle(false, at(3));
  expect(history.slice(-2)).toEqual(['a RUNNING', 'a COMPLETED']);
  expect(turns.find('b')?.state).toBe('FAILED');
});

it('also when the loss was told twice, and only once', () => {
  const { turns } = track();
  turns.startTurn('a', at(1));
  turns.interruptAll(at(2));
  turns.interruptAll(at(3));
  turns.resumeInterruptedTurn();
  expect(turns.runningId).toBe('a');
  turns.handleIdle(false, at(4));
  turns.resumeInterruptedTurn();
  expect(turns.find('a')?.state).toBe('COMPLETED');
});

it('not when another turn has begun since, or when it had failed by itself', () => {
  const { turns } = track();
  turns.startTurn('a', at(1));
  turns.interruptAll(at(2));
  turns.startTurn('b', at(3));
  turns.resumeInterruptedTurn();
  expect([turns.find('a')?.state, turns.runningId]).toEqual(['FAILED', 'b']);
  turns.failCurrentTurn(createTurnError('MODEL_ERROR'), at(4));
  turns.interruptAll(at(5));
  turns.resumeInterruptedTurn();
  expect(turns.find('b')).toMatchObject({ state: 'FAILED', error: { code: 'MODEL_ERROR' } });
});
