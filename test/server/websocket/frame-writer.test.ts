import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { FrameWriter } from '../../../src/server/websocket/frame-writer.ts';

it('a value for a socket that is closing ends what it came from', async () => {
  const ended: string[] = [];
  const results: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => results,
    next: async () => ({ done: false, value: { data: {} } }),
    return: async () => {
      ended.push('results');
      return { done: true, value: undefined };
    },
  };
  const frames = new FrameWriter(results, {
    socket: Object.create(WebSocket.prototype, {
      readyState: { value: WebSocket.CLOSING },
    }) as WebSocket,
    operationId: '1',
    abort: () => ended.push('source'),
    formatResult: (result) => result as never,
  });
  expect(await frames.next()).toEqual({ done: true, value: undefined });
  expect(ended).toEqual(['source', 'results']);
});
