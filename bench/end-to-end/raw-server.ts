import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';

import { CopilotClient, type CopilotSession, RuntimeConnection } from '@github/copilot-sdk';
import { type WebSocket, WebSocketServer } from 'ws';

import { listen } from '../fan-out/peer-api.ts';
import { answerCalls } from '../support/child.ts';
import type { ChatServerOffer, ChatServerOptions } from './chat-server.ts';
import type { RawCall, RawMessage } from './raw-protocol.ts';

const ASK_TIMEOUT_MS = 60_000;

/** The SDK on a runtime of the same kind, and sockets: no GraphQL, no log, no cursors. */
class RawServer {
  readonly #client: CopilotClient;
  readonly #provider: { type: 'openai'; baseUrl: string; apiKey: string };
  readonly #sessions = new Map<string, CopilotSession>();
  readonly #followers = new Map<string, Set<WebSocket>>();

  constructor({ dataDir, modelUrl }: ChatServerOptions) {
    const { PATH, HOME } = process.env;
    mkdirSync(`${dataDir}/workspace`);
    this.#provider = { type: 'openai', baseUrl: modelUrl, apiKey: 'none' };
    this.#client = new CopilotClient({
      connection: RuntimeConnection.forStdio(),
      baseDirectory: `${dataDir}/runtime`,
      workingDirectory: `${dataDir}/workspace`,
      env: { PATH, HOME },
      useLoggedInUser: false,
      logLevel: 'error',
    });
  }

  async listen(): Promise<string> {
    await this.#client.start();
    const http = createServer();
    new WebSocketServer({ server: http }).on('connection', (socket) => {
      socket.on('message', (text: Buffer) => void this.#answer(socket, text));
    });
    return `ws://127.0.0.1:${await listen(http)}`;
  }

  async #answer(socket: WebSocket, text: Buffer): Promise<void> {
    const call = JSON.parse(text.toString()) as RawCall;
    try {
      await this.#do(call, socket);
      tell(socket, { id: call.id, problem: null });
    } catch (error) {
      tell(socket, { id: call.id, problem: String(error) });
    }
  }

  async #do({ method, sessionId, prompt }: RawCall, socket: WebSocket): Promise<void> {
    if (method === 'create') await this.#create(sessionId);
    else if (method === 'follow') this.#follow(sessionId, socket);
    else if (method === 'send') await (await this.#session(sessionId)).send({ prompt });
    else if (method === 'ask') {
      await (await this.#session(sessionId)).sendAndWait({ prompt }, ASK_TIMEOUT_MS);
    } else if (method === 'list') await this.#client.listSessions();
    else await this.#release(sessionId);
  }

  async #create(sessionId: string): Promise<void> {
    const session = await this.#client.createSession({ ...this.#config(sessionId), sessionId });
    this.#sessions.set(sessionId, session);
  }

  async #session(sessionId: string): Promise<CopilotSession> {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const session = await this.#client.resumeSession(sessionId, this.#config(sessionId));
    this.#sessions.set(sessionId, session);
    return session;
  }

  async #release(sessionId: string): Promise<void> {
    await this.#sessions.get(sessionId)?.disconnect();
    this.#sessions.delete(sessionId);
  }

  #follow(sessionId: string, socket: WebSocket): void {
    const followers = this.#followers.get(sessionId) ?? new Set();
    this.#followers.set(sessionId, followers.add(socket));
  }

  #config(sessionId: string) {
    return {
      model: 'scripted',
      streaming: true,
      provider: this.#provider,
      onEvent: (event: { type: string; data: unknown }) => {
        if (event.type !== 'assistant.message_delta') return;
        const { messageId, deltaContent } = event.data as Record<string, string>;
        const message = { messageId: messageId ?? '', text: deltaContent ?? '' };
        for (const socket of this.#followers.get(sessionId) ?? []) tell(socket, message);
      },
    };
  }
}

answerCalls({
  open: (options) => new RawServer(options).listen(),
} satisfies ChatServerOffer);

function tell(socket: WebSocket, message: RawMessage): void {
  socket.send(JSON.stringify(message));
}
