import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type {
  ExecutionArgs,
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
} from 'graphql';
import type { ServerOptions, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';

import type { Authenticator } from '../../auth/authenticator.ts';
import type { HttpConfig } from '../../config/config.ts';
import type { Context, Services } from '../../resolvers/context.ts';
import {
  createUnauthenticatedError,
  type ReportUnexpectedError,
  toClientError,
  toRejectedOperationError,
} from '../../resolvers/errors.ts';
import type { TrustedDocuments } from '../operations/trusted-documents.ts';
import type { Yoga } from '../yoga.ts';
import { FrameWriter, type FrameWriterOptions } from './frame-writer.ts';
import { createFailingStream, isRejectedByLimit } from './limit-rejection.ts';
import { silenceSocketErrors } from './silence-socket-errors.ts';
import { SocketAuthenticator } from './socket-authenticator.ts';
import { SocketLimits } from './socket-limits.ts';
import { SocketOperations } from './socket-operations.ts';

/** graphql-ws clients connect again by themselves after this code. */
const SERVICE_RESTART = 1012;
const KEEP_ALIVE_MS = 12_000;

type RunOperation = (args: ExecutionArgs) => unknown;

/** What Yoga prepared for one operation travels to the executors beside the standard arguments. */
interface PreparedOperation extends ExecutionArgs {
  readonly executors: { readonly execute: RunOperation; readonly subscribe: RunOperation };
  readonly frameWriterOptions: FrameWriterOptions;
}

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
  /** Closes all sockets with a code that clients retry. */
  close(): void;
  /** Ends those that did not answer the close. */
  terminate(): void;
}

export function serveWebSockets(options: WebSocketOptions): WebSocketTransport {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.config.maxSocketMessageBytes,
  });
  const { services, config } = options;
  const admission = new SocketLimits({
    admission: services.admission,
    trustedProxyCount: config.trustedProxyCount,
  });
  useServer({ ...createServerOptions(options, admission), isProd: true }, server, KEEP_ALIVE_MS);
  return {
    handleUpgrade: (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (client) => {
        if (!admission.admitSocket(client, request)) return;
        silenceSocketErrors(client, () => server.emit('connection', client, request));
      });
    },
    close: () => {
      for (const client of server.clients) client.close(SERVICE_RESTART, 'Service restart');
      server.close();
    },
    terminate: () => {
      for (const client of server.clients) client.terminate();
    },
  };
}

function createServerOptions(
  options: WebSocketOptions,
  admission: SocketLimits,
): ServerOptions<undefined, Extra> {
  const operations = new SocketOperations();
  const callers = new SocketAuthenticator(options.authenticate);
  return {
    connectionInitWaitTimeout: options.config.socketInitTimeoutMs,
    onConnect: ({ extra: { socket }, connectionParams }) =>
      admission.admitViewer(socket, callers.authenticateConnection(socket, connectionParams)),
    onSubscribe: async ({ extra, connectionParams }, id, payload) => {
      const signal = operations.start(extra.socket, id);
      const correlationId = randomUUID();
      const caller = await admission.admitOperation(extra.socket, () =>
        callers.authenticateOperation(extra.socket, connectionParams),
      );
      if (caller instanceof Error) return [toRejectedOperationError(caller, correlationId)];
      if (caller.kind === 'refused')
        return [createUnauthenticatedError(caller.reason, correlationId)];
      const { viewer, ip } = { ...caller, ip: admission.getIp(extra.socket) };
      const resumeAfter = findResumeCursor(connectionParams, id);
      const abort = (): void => {
        operations.abort(extra.socket, id);
      };
      const frameWriterOptions = { socket: extra.socket, operationId: id, abort, formatResult };
      return prepareOperation(options, payload, {
        correlationId,
        viewer,
        ip,
        signal,
        resumeAfter,
        frameWriterOptions,
      });
    },
    execute: async (args) => (await executeOperation(args)) as never,
    subscribe: async (args) => (await subscribeToOperation(args)) as never,
    onComplete: ({ extra }, id) => {
      operations.abort(extra.socket, id);
    },
    onError: (...[{ extra }, id, , errors]) => {
      operations.abort(extra.socket, id);
      return errors.map((error) => formatError(toPublicError(error, options.logger)));
    },
    onNext: (...[, , , , result]) =>
      result.errors ? formatResult(result as ExecutionResult) : undefined,
  };
}

async function executeOperation(args: ExecutionArgs): Promise<unknown> {
  const result = await (args as PreparedOperation).executors.execute(args);
  return isRejectedByLimit(result) ? createFailingStream(result) : result;
}

async function subscribeToOperation(args: ExecutionArgs): Promise<unknown> {
  const { executors, frameWriterOptions } = args as PreparedOperation;
  const result = await executors.subscribe(args);
  if (isRejectedByLimit(result)) return createFailingStream(result);
  return isAsyncIterable<ExecutionResult>(result)
    ? new FrameWriter(result, frameWriterOptions)
    : result;
}

interface OperationContext extends Pick<
  Context,
  'correlationId' | 'viewer' | 'ip' | 'signal' | 'resumeAfter'
> {
  readonly frameWriterOptions: FrameWriterOptions;
}

/** A syntax error must end the operation only: thrown, it would end the socket with all others on it. */
async function prepareOperation(
  { services, yoga, documents, logger }: WebSocketOptions,
  payload: SubscribePayload,
  { frameWriterOptions, ...asked }: OperationContext,
): Promise<PreparedOperation | readonly GraphQLError[]> {
  const lastEvent = { cursor: null };
  // The socket as a whole ends instead, and its clients come back.
  const histories = services.reader.createHistories();
  const context: Context = { ...asked, lastEvent, streamDeadlines: [], histories, services };
  const enveloped = yoga.getEnveloped(context);
  try {
    const text = documents.resolveDocument(payload, asked.correlationId);
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
      frameWriterOptions,
    };
  } catch (error) {
    // One that comes from the cache carries the id of another request.
    return [toClientError(error, asked.correlationId, createFaultReporter(logger))];
  }
}

function createFaultReporter(logger: Logger): ReportUnexpectedError {
  return (error) => {
    if (!isSocketClosedError(error)) logger.error({ err: error }, 'unexpected error');
  };
}

/** The client is gone, which is no fault. */
function isSocketClosedError(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_STREAM_DESTROYED';
}

/** One that a stream has ended with has its public form, and was reported under its id. */
function toPublicError(error: GraphQLError, logger: Logger): GraphQLError {
  const { requestId = randomUUID() } = error.extensions;
  const isReported = error.extensions['requestId'] !== undefined;
  return toClientError(
    error,
    String(requestId),
    isReported ? () => undefined : createFaultReporter(logger),
  );
}

function formatResult(result: ExecutionResult): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return { ...rest, ...(errors && { errors: errors.map(formatError) }) };
}

/** The HTTP status has no meaning here. */
function formatError(error: GraphQLError): ReturnType<GraphQLError['toJSON']> {
  const formatted = error.toJSON();
  const { http: _http, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

/** Of `connectionParams.resume`, which maps the ids of operations to where they stopped. */
function findResumeCursor(params: unknown, operationId: string): string | null {
  const { resume } = (params ?? {}) as { resume?: unknown };
  if (typeof resume !== 'object' || resume === null) return null;
  const cursor: unknown = Object.entries(resume).find(([id]) => id === operationId)?.[1];
  return typeof cursor === 'string' ? cursor : null;
}
