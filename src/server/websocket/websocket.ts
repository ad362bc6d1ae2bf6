import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { handleProtocols, makeServer, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import { isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';

import type { Authentication } from '../../auth/authentication.ts';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { HttpConfig } from '../../config/config.ts';
import { getClientIp } from '../../net/client-ip.ts';
import type { Context, Services } from '../../resolvers/context.ts';
import {
  createUnauthenticatedError,
  type ReportUnexpectedError,
  toClientError,
  toRejectedOperationError,
} from '../../resolvers/errors.ts';
import type { TrustedDocuments } from '../operations/trusted-documents.ts';
import type { Yoga } from '../yoga.ts';
import { formatError, formatResult } from './format-result.ts';
import { FrameWriter } from './frame-writer.ts';
import { SocketAuthentication } from './socket-authentication.ts';
import { SERVICE_RESTART, SocketConnection } from './socket-connection.ts';

export interface WebSocketOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticator;
  readonly yoga: Yoga;
  readonly documents: TrustedDocuments;
  readonly logger: Logger;
}

export interface WebSocketTransport {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets with a code after which clients reconnect. */
  close(): void;
  /** Destroys the sockets whose peer has not completed the close handshake. */
  terminate(): void;
}

/**
 * GraphQL over WebSocket. graphql-ws implements the protocol (message types, close codes, init timeout), Yoga's
 * plugins parse, validate and execute; this module connects the two and keeps one `SocketConnection` for each socket.
 *
 *     subscribe message ── authorize ── prepare (parse, validate, context) ── execute / subscribe ── next, complete
 *                            └► error     └► error                              └► error when a limit rejects it
 */
export function serveWebSockets(options: WebSocketOptions): WebSocketTransport {
  const { config, services, logger } = options;
  const { sockets } = services.admission;
  const graphqlWs = makeServer(createHooks(options));
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: config.maxSocketMessageBytes,
    handleProtocols,
  });
  return {
    handleUpgrade: (request, duplex, head) => {
      server.handleUpgrade(request, duplex, head, (socket) => {
        const ip = getClientIp(request, config.trustedProxyCount);
        const connection = new SocketConnection(socket, { ip, logger });
        if (!connection.acquireSlot(() => sockets.perIp.acquire(ip))) return;
        const handleClosed = graphqlWs.opened(connection, connection);
        socket.once('close', (code, reason) => {
          handleClosed(code, reason.toString()).catch((error: unknown) => {
            logger.error({ err: error }, 'failed to end operations of a WebSocket');
          });
        });
      });
    },
    close: () => {
      for (const socket of server.clients) socket.close(SERVICE_RESTART, 'Service restart');
      server.close();
    },
    terminate: () => {
      for (const socket of server.clients) socket.terminate();
    },
  };
}

function createHooks(options: WebSocketOptions): ServerOptions<undefined, SocketConnection> {
  const { authenticate, services } = options;
  const authentication = new SocketAuthentication({ authenticate, admission: services.admission });
  return {
    connectionInitWaitTimeout: options.config.socketInitTimeoutMs,
    onConnect: ({ extra: connection, connectionParams }) =>
      authentication.acceptInit(connection, connectionParams),
    onSubscribe: async ({ extra: connection, connectionParams }, id, payload) => {
      const signal = connection.startOperation(id);
      const correlationId = randomUUID();
      let caller: Authentication;
      try {
        caller = await authentication.authorizeOperation(connection, connectionParams);
      } catch (error) {
        return [toRejectedOperationError(error, correlationId)];
      }
      if (caller.kind === 'refused')
        return [createUnauthenticatedError(caller.reason, correlationId)];
      const context: Context = {
        correlationId,
        viewer: caller.viewer,
        ip: connection.ip,
        signal,
        resumeAfter: findResumeCursor(connectionParams, id),
        lastEvent: { cursor: null },
        // The socket as a whole has the deadlines, see SocketConnection.
        streamDeadlines: [],
        histories: services.reader.createHistories(),
        services,
      };
      return prepareOperation(options, payload, {
        context,
        createFrameWriter: (results) => new FrameWriter(results, { connection, operationId: id }),
      });
    },
    execute: async (args) => (await executeOperation(args)) as never,
    subscribe: async (args) => (await subscribeToOperation(args)) as never,
    onComplete: ({ extra: connection }, id) => {
      connection.abortOperation(id);
    },
    onError: ({ extra: connection }, id, ...[, errors]) => {
      connection.abortOperation(id);
      return errors.map((error) => formatError(toPublicError(error, options.logger)));
    },
    onNext: (...[, , , , result]) =>
      result.errors ? formatResult(result as ExecutionResult) : undefined,
  };
}

type CreateFrameWriter = (results: AsyncIterable<ExecutionResult>) => FrameWriter;
type RunOperation = (args: ExecutionArgs) => unknown;

/** The arguments that graphql-ws hands to `execute` and `subscribe`, with what these need besides. */
interface PreparedOperation extends ExecutionArgs {
  readonly executors: { readonly execute: RunOperation; readonly subscribe: RunOperation };
  readonly createFrameWriter: CreateFrameWriter;
}

interface OperationOptions {
  readonly context: Context;
  readonly createFrameWriter: CreateFrameWriter;
}

/**
 * Parses and validates an operation, and completes its context. Returns errors instead of throwing them: a thrown
 * error would close the socket, and end all other operations on it.
 */
async function prepareOperation(
  { yoga, documents, logger }: WebSocketOptions,
  payload: SubscribePayload,
  { context, createFrameWriter }: OperationOptions,
): Promise<PreparedOperation | readonly GraphQLError[]> {
  const { correlationId } = context;
  const enveloped = yoga.getEnveloped(context);
  try {
    const text = documents.resolveDocument(payload, correlationId);
    const document = enveloped.parse(text) as ExecutionArgs['document'];
    const errors = enveloped.validate(enveloped.schema, document) as readonly GraphQLError[];
    if (errors.length > 0) return errors;
    return {
      schema: enveloped.schema as ExecutionArgs['schema'],
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue: await enveloped.contextFactory(),
      executors: enveloped,
      createFrameWriter,
    };
  } catch (error) {
    // A syntax error from the cache carries the correlation id of the request that caused it: it is replaced.
    return [toClientError(error, correlationId, createReporter(logger))];
  }
}

async function executeOperation(args: ExecutionArgs): Promise<unknown> {
  const result = await (args as PreparedOperation).executors.execute(args);
  return isRejectedByLimit(result) ? createFailingStream(result) : result;
}

async function subscribeToOperation(args: ExecutionArgs): Promise<unknown> {
  const { executors, createFrameWriter } = args as PreparedOperation;
  const result = await executors.subscribe(args);
  if (isRejectedByLimit(result)) return createFailingStream(result);
  return isAsyncIterable<ExecutionResult>(result) ? createFrameWriter(result) : result;
}

const limitCodes: readonly unknown[] = ['LIMIT_EXCEEDED', 'RATE_LIMITED'];

/** Whether a limit rejected the operation before any of it was executed. */
function isRejectedByLimit(result: unknown): result is { errors: readonly GraphQLError[] } {
  const { data, errors } = (result ?? {}) as ExecutionResult;
  return data === undefined && limitCodes.includes(errors?.[0]?.extensions['code']);
}

/** A stream that fails immediately: graphql-ws sends `error` for it, while it sends `next` for any result. */
function createFailingStream({ errors }: { readonly errors: readonly GraphQLError[] }): {
  [Symbol.asyncIterator](): AsyncIterator<never>;
} {
  const next = (): Promise<never> => Promise.reject(errors[0] ?? new Error('rejected'));
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

function createReporter(logger: Logger): ReportUnexpectedError {
  return (error) => {
    logger.error({ err: error }, 'unexpected error');
  };
}

/** An error that a stream ended with has its public form already, and was reported with its correlation id. */
function toPublicError(error: GraphQLError, logger: Logger): GraphQLError {
  const { requestId = randomUUID() } = error.extensions;
  const isReported = error.extensions['requestId'] !== undefined;
  const report = isReported ? () => undefined : createReporter(logger);
  return toClientError(error, String(requestId), report);
}

/** Returns the cursor at which this operation continues: `connectionParams.resume` has one for each operation id. */
function findResumeCursor(connectionParams: unknown, operationId: string): string | null {
  const { resume } = (connectionParams ?? {}) as { resume?: unknown };
  if (typeof resume !== 'object' || resume === null) return null;
  const cursor: unknown = Object.entries(resume).find(([id]) => id === operationId)?.[1];
  return typeof cursor === 'string' ? cursor : null;
}
