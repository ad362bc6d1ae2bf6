import type { WebSocket } from 'ws';

type Send = (frame: string, sent?: () => void) => void;

/**
 * A peer that goes away, or sends what is no message, is nothing to tell of: its close tells it. graphql-ws would
 * print each on the console, beside the log and as often as a client likes.
 *
 * @param serve lets graphql-ws take the socket
 */
export function silenceSocketErrors(socket: WebSocket, serve: () => void): void {
  const send = socket.send.bind(socket) as Send;
  const sendQuietly: Send = (frame, sent) => {
    send(frame, () => sent?.());
  };
  socket.send = sendQuietly as WebSocket['send'];
  serve();
  socket.removeAllListeners('error');
  socket.on('error', () => undefined);
}
