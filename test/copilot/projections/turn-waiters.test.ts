import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { createTurn } from '../../../src/copilot/projections/turn-transitions.ts';
import { TurnWaiters } from '../../../src/copilot/projections/turn-waiters.ts';

describe('waiting until the session is idle', () => {
  it('ends at the next idle', async () => {
    const waiters = new TurnWaiters();
    const { signal } = new AbortController();
    const idle = waiters.waitForIdle(signal);
    waiters.handleIdle();
    await expect(idle).resolves.toBeUndefined();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends when its signal is aborted, and leaves no listener', async () => {
    const waiters = new TurnWaiters();
    const controller = new AbortController();
    const idle = waiters.waitForIdle(controller.signal);
    controller.abort();
    await expect(idle).resolves.toBeUndefined();
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('does not begin with a signal that is aborted already', async () => {
    await expect(new TurnWaiters().waitForIdle(AbortSignal.abort())).resolves.toBeUndefined();
  });
});

describe('waiting for the end of a turn', () => {
  const turn = createTurn('session', 'message', new Date(0));

  it('leaves no listener on the signal once the turn has ended', async () => {
    const waiters = new TurnWaiters();
    const { signal } = new AbortController();
    const end = waiters.waitForEnd(() => turn, signal);
    waiters.handleTurnChanged({ ...turn, state: 'COMPLETED' });
    expect((await end)?.state).toBe('COMPLETED');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('does not begin with a signal that is aborted already', async () => {
    const end = new TurnWaiters().waitForEnd(() => turn, AbortSignal.abort());
    await expect(end).resolves.toBe(turn);
  });
});
