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
import { checkHealth, sendJson } from './health.ts';
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
  /** How long responses in flight may take during a shutdown. */
  readonly graceMs?: number;
}

const GRACE_MS = 5_000;

/**
 * The HTTP server: one port for GraphQL over HTTP, SSE and WebSocket, for GraphiQL and for the health checks.
 *
 *     request ── health? ── allowed origin? ── Yoga (plugins: see buildYoga)
 *     upgrade ── allowed origin? ── WebSocketTransport
 */
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
      else rejectUpgrade(socket);
    });
  }

  /** Returns the URL of the GraphQL endpoint once the port is open. */
  async listen(): Promise<string> {
    const { host, port } = this.#options.config;
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const { port: actualPort } = this.#server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}${GRAPHQL_PATH}`;
  }

  /**
   * Shuts down in this order: `/ready` fails and operations that wait for a turn are answered, WebSockets are closed
   * (clients reconnect), subscriptions over SSE end with SHUTTING_DOWN, connections without a request are closed.
   * Responses in flight are completed or, after the grace period, cut.
   */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#options.services.gateway.drainController.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    // The operations that waited for a turn are answered before their WebSocket is closed.
    await new Promise(setImmediate);
    this.#webSockets.close();
    this.#drain.start();
    this.#server.closeIdleConnections();
    this.#unusedConnections.closeAll();
    const graceTimer = setTimeout(() => {
      this.#webSockets.terminate();
      this.#server.closeAllConnections();
    }, this.#options.graceMs ?? GRACE_MS);
    await closed;
    clearTimeout(graceTimer);
    this.#stopStallChecks();
  }

  #handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const correlationId = resolveCorrelationId(request);
    response.setHeader('x-request-id', correlationId);
    setSecurityHeaders(request, response);
    response.once('close', () => {
      // During a shutdown no further request follows on the connection of a stream that has ended.
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

/**
 * Node hands over an upgraded socket with everything: without an error listener a reset by the peer would end the
 * process, and without the destroy a half-open connection would stay forever.
 */
function rejectUpgrade(socket: Duplex): void {
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

/** Returns the id that the client or a proxy has given to the request, if it is safe to log, or else a new one. */
function resolveCorrelationId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID_PATTERN.test(given) ? given : randomUUID();
}
