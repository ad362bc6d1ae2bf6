import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Logger } from 'pino';

import type { Authenticate } from '../auth/authenticate.ts';
import type { HttpConfig } from '../config/config.ts';
import { ipOf } from '../net/client-ip.ts';
import type { Services } from '../resolvers/context.ts';
import { forbiddenOrigin } from '../resolvers/errors.ts';
import { endStalledSockets } from './connections/stalled-connections.ts';
import { UnusedConnections } from './connections/unused-connections.ts';
import { answerJson, healthOf } from './health.ts';
import { isRefusedOrigin } from './http/check-origin.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { Drain } from './operations/drain.ts';
import { TrustedDocuments } from './operations/trusted-documents.ts';
import { serveWebSockets, type WebSocketTransport } from './websocket/websocket.ts';
import { buildYoga, GRAPHQL_PATH, type Yoga } from './yoga.ts';

export interface GatewayOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly log: Logger;
  /** How long answers that are under way may take when the gateway ends. */
  readonly graceMs?: number;
}

const GRACE_MS = 5_000;

/** One port for GraphQL over HTTP, SSE and WebSocket, for GraphiQL and for the health checks. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #drain = new Drain();
  readonly #yoga: Yoga;
  readonly #server: Server;
  readonly #sockets: WebSocketTransport;
  readonly #unused: UnusedConnections;
  readonly #endWatch: () => void;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const documents = new TrustedDocuments(options.config.trustedDocuments, options.log);
    this.#yoga = buildYoga({ ...options, documents, drain: this.#drain });
    this.#sockets = serveWebSockets({ ...options, documents, yoga: this.#yoga });
    this.#server = createServer((request, response) => {
      this.#handle(request, response);
    });
    this.#unused = new UnusedConnections(this.#server);
    this.#endWatch = endStalledSockets(this.#server, { limitMs: options.config.stalledMs });
    this.#server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
      if (this.#accepts(request)) this.#sockets.handleUpgrade(request, socket, head);
      else refuseUpgrade(socket);
    });
  }

  /** @returns the address of the GraphQL endpoint */
  async listen(): Promise<string> {
    const { host, port } = this.#options.config;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { port: actual } = this.#server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actual}${GRAPHQL_PATH}`;
  }

  /** Readiness off, subscriptions ended, sockets closed, answers under way finished or, after the grace, cut. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#options.services.gateway.ending.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    // What waited for a turn is answered before the socket that it came over is closed.
    await new Promise(setImmediate);
    this.#sockets.close();
    this.#drain.begin();
    this.#server.closeIdleConnections();
    this.#unused.close();
    const cut = setTimeout(() => {
      this.#sockets.cut();
      this.#server.closeAllConnections();
    }, this.#options.graceMs ?? GRACE_MS);
    await closed;
    clearTimeout(cut);
    this.#endWatch();
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    setSecurityHeaders(request, response);
    response.once('close', () => {
      // A stream's connection is kept for the next request: there is none any more.
      if (!this.#server.listening) this.#server.closeIdleConnections();
    });
    const health = healthOf(pathOf(request), this.#options.services);
    if (health) answerJson(response, health.ok ? 200 : 503, { status: health.status });
    else if (isRefusedOrigin(request, this.#options.config)) {
      answerJson(response, 403, { errors: [forbiddenOrigin(requestId)] });
    } else {
      const ip = ipOf(request, this.#options.config.trustedProxies);
      void this.#yoga(request, response, { requestId, ip, position: { cursor: null } });
    }
  }

  #accepts(request: IncomingMessage): boolean {
    return pathOf(request) === GRAPHQL_PATH && !isRefusedOrigin(request, this.#options.config);
  }
}

/** Node has given the socket up: a reset by the peer would end the whole process, and a half-open one stay. */
function refuseUpgrade(socket: Duplex): void {
  const destroy = (): void => {
    socket.destroy();
  };
  socket.on('error', destroy);
  socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n', destroy);
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split('?', 1)[0] ?? '';
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** What the client or a proxy called it, when that is a plain name. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
