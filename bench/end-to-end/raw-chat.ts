import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { Chat } from './chat.ts';
import type { RawCall, RawMessage } from './raw-protocol.ts';

/** Of the raw relay, with as many sockets as the other. */
export async function rawChat(url: string): Promise<Chat> {
  const control = await RawSocket.connect(url);
  const run = (method: RawCall['method'], sessionId = '', prompt = ''): Promise<void> =>
    control.run({ method, sessionId, prompt });
  return {
    create: (sessionId) => run('create', sessionId),
    send: (sessionId, prompt) => run('send', sessionId, prompt),
    ask: (sessionId, prompt) => run('ask', sessionId, prompt),
    list: () => run('list'),
    release: (sessionId) => run('release', sessionId),
    follow: async (sessionId, onText) => {
      const socket = await RawSocket.connect(url, onText);
      await socket.run({ method: 'follow', sessionId, prompt: '' });
    },
  };
}

class RawSocket {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: RawMessage) => void>();
  #calls = 0;

  static async connect(url: string, onText?: (text: string) => void): Promise<RawSocket> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new RawSocket(socket, onText);
  }

  private constructor(socket: WebSocket, onText: ((text: string) => void) | undefined) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as RawMessage;
      if ('text' in message) onText?.(message.text);
      else this.#waiting.get(message.id)?.(message);
    });
  }

  run(call: Omit<RawCall, 'id'>): Promise<void> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (message) => {
        this.#waiting.delete(id);
        if ('problem' in message && message.problem !== null) reject(new Error(message.problem));
        else resolve();
      });
      this.#socket.send(JSON.stringify({ id, ...call }));
    });
  }
}
