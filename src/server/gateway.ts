import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Logger } from 'pino';

import type { Authenticator } from '../auth/authenticator.ts';
import type { HttpConfig } from '../config/config.ts';
import { getClientIp } from '../net/client-ip.ts';
import type { Services } from '../resolvers/context.ts';
import { createForbiddenOriginError } from '../resolvers/errors.ts';
import { destroyStalledConnections } from './connections/stalled-connections.ts';
import { UnusedConnections } from './connections/unused-connections.ts';
import { checkHealth,sendJson } from './health.ts';
import { isForbiddenOrigin } from './http/origin.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { Drain } from './operations/drain.ts';
import { TrustedDocuments } from './operations/trusted-documents.ts';
import { serveWebSockets, type WebSocketTransport } from './websocket/websocket.ts';
import { buildYoga, GRAPHQL_PATH, type Yoga } from './yoga.ts';

export interface GatewayOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticator;
  readonly logger: Logger;
  /** How long answers that are under way may take when the gateway ends. */
  readonly graceMs?: number;
}

const GRACE_MS = 5_000;

/** One port for GraphQL over HTTP, SSE and WebSocket, for GraphiQL and for the health checks. */
export class GatewayServer {
  readonly #options: GatewayOptions;
  readonly #drain = new Drain();
  readonly #yoga: Yoga;
  readonly #server: Server;
  readonly #webSockets: WebSocketTransport;
  readonly #unusedConnections: UnusedConnections;
  readonly #stopStallChecks: () => void;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const documents = new TrustedDocuments(options.config.trustedDocuments, options.logger);
    this.#yoga = buildYoga({ ...options, documents, drain: this.#drain });
    this.#webSockets = serveWebSockets({ ...options, documents, yoga: this.#yoga });
    this.#server = createServer((request, response) => {
      this.#handleRequest(request, response);
    });
    this.#unusedConnections = new UnusedConnections(this.#server);
    this.#stopStallChecks = destroyStalledConnections(this.#server, {
      stallTimeoutMs: options.config.stallTimeoutMs,
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
      if (this.#isUpgradeAllowed(request)) this.#webSockets.handleUpgrade(request, socket, head);
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
    this.#options.services.gateway.drainController.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    // What waited for a turn is answered before the socket that it came over is closed.
    await new Promise(setImmediate);
    this.#webSockets.close();
    this.#drain.start();
    this.#server.closeIdleConnections();
    this.#unusedConnections.closeAll();
    const cut = setTimeout(() => {
      this.#webSockets.terminate();
      this.#server.closeAllConnections();
    }, this.#options.graceMs ?? GRACE_MS);
    await closed;
    clearTimeout(cut);
    this.#stopStallChecks();
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const correlationId = resolveCorrelationId(request);
    response.setHeader('x-request-id', correlationId);
    setSecurityHeaders(request, response);
    response.once('close', () => {
      // A stream's connection is kept for the next request: there is none any more.
      if (!this.#server.listening) this.#server.closeIdleConnections();
    });
    const health = checkHealth(getPath(request), this.#options.services);
    if (health) sendJson(response, health.ok ? 200 : 503, { status: health.status });
    else if (isForbiddenOrigin(request, this.#options.config)) {
      sendJson(response, 403, { errors: [createForbiddenOriginError(correlationId)] });
    } else {
      const ip = getClientIp(request, this.#options.config.trustedProxyCount);
      void this.#yoga(request, response, { correlationId, ip, lastEvent: { cursor: null } });
    }
  }

  #isUpgradeAllowed(request: IncomingMessage): boolean {
    return getPath(request) === GRAPHQL_PATH && !isForbiddenOrigin(request, this.#options.config);
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

function getPath({ url }: IncomingMessage): string {
  return url?.split('?', 1)[0] ?? '';
}

const REQUEST_ID_PATTERN = /^[\w.:-]{1,128}$/;

/** What the client or a proxy called it, when that is a plain name. */
function resolveCorrelationId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID_PATTERN.test(given) ? given : randomUUID();
}
