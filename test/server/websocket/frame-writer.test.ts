import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';

import { FrameWriter } from '../../../src/server/websocket/frame-writer.ts';

it('a result for a socket that is closing ends the operation and its source', async () => {
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
    connection: {
      isOpen: false,
      bufferedBytes: 0,
      send: async () => undefined,
      abortOperation: (id) => ended.push(`operation ${id}`),
    },
    operationId: '1',
  });
  expect(await frames.next()).toEqual({ done: true, value: undefined });
  expect(ended).toEqual(['operation 1', 'results']);
});
