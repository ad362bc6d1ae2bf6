import { createServer } from 'node:http';

import { type WebSocket, WebSocketServer } from 'ws';

import { listen, peerEndpoint } from './peer-api.ts';
import { serveFanOut } from './serve-fan-out.ts';

/** The floor: each delta is serialised once and sent to everybody, without GraphQL. */
serveFanOut(async () => {
  const http = createServer();
  const subscribers = new Set<WebSocket>();
  new WebSocketServer({ server: http }).on('connection', (socket) => {
    socket.on('message', (message: Buffer) => {
      const { type } = JSON.parse(message.toString()) as { type: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'subscribe') subscribers.add(socket);
    });
    socket.on('close', () => subscribers.delete(socket));
  });
  return {
    endpoint: peerEndpoint(await listen(http)),
    publish: (messageDelta) => {
      const frame = JSON.stringify({ id: '1', type: 'next', payload: { data: { messageDelta } } });
      for (const socket of subscribers) socket.send(frame);
    },
  };
});
