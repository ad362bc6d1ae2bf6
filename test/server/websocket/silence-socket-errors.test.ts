import { EventEmitter } from 'node:events';

import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';

import { silenceSocketErrors } from '../../../src/server/websocket/silence-socket-errors.ts';

it('a frame that could not be written to a peer that went away is no failure of who sent it', () => {
  const send = (_frame: string, sent: (error: Error) => void): void => {
    sent(new Error('write EPIPE'));
  };
  const socket = Object.assign(new EventEmitter(), { send }) as unknown as WebSocket;
  const outcomes: unknown[] = [];
  silenceSocketErrors(socket, () => {
    socket.send('frame', (error) => outcomes.push(error));
  });
  expect(outcomes).toEqual([undefined]);
});
