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

import type { Authenticate } from '../auth/authenticate.ts';
import type { HttpConfig } from '../config.ts';
import type { Context, Services } from '../resolvers/context.ts';
import { type ReportFault, toClientError, unauthenticated } from '../resolvers/errors.ts';
import { SocketCallers } from './socket-callers.ts';
import { SocketFrames, type SocketFramesOptions } from './socket-frames.ts';
import { SocketOperations } from './socket-operations.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import type { Yoga } from './yoga.ts';

/** graphql-ws clients connect again by themselves after this code. */
const SERVICE_RESTART = 1012;
const INIT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 12_000;

type Run = (args: ExecutionArgs) => unknown;

/** What Yoga prepared for one operation travels to the executors beside the standard arguments. */
interface Operation extends ExecutionArgs {
  readonly run: { readonly execute: Run; readonly subscribe: Run };
  readonly frames: SocketFramesOptions;
}

export interface WebSocketOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly yoga: Yoga;
  readonly documents: TrustedDocuments;
  readonly log: Logger;
}

export interface WebSocketTransport {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets with a code that clients retry. */
  close(): void;
  /** Ends those that did not answer the close. */
  cut(): void;
}

export function serveWebSockets(options: WebSocketOptions): WebSocketTransport {
  const server = new WebSocketServer({ noServer: true, maxPayload: options.config.bodyBytes });
  useServer({ ...operationHooks(options), isProd: true }, server, KEEP_ALIVE_MS);
  return {
    handleUpgrade: (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (client) => {
        server.emit('connection', client, request);
      });
    },
    close: () => {
      for (const client of server.clients) client.close(SERVICE_RESTART, 'Service restart');
      server.close();
    },
    cut: () => {
      for (const client of server.clients) client.terminate();
    },
  };
}

function operationHooks(options: WebSocketOptions): ServerOptions<undefined, Extra> {
  const operations = new SocketOperations();
  const callers = new SocketCallers(options.authenticate);
  const report = reportTo(options.log);
  return {
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: ({ extra, connectionParams }) => callers.connect(extra.socket, connectionParams),
    onSubscribe: async ({ extra, connectionParams }, id, payload) => {
      const signal = operations.begin(extra.socket, id);
      const requestId = randomUUID();
      const caller = await callers.caller(extra.socket, connectionParams);
      if (caller.kind === 'refused') return [unauthenticated(caller.reason, requestId)];
      const { viewer } = caller;
      const resumeAfter = resumePosition(connectionParams, id);
      const abort = (): void => {
        operations.end(extra.socket, id);
      };
      const frames = { socket: extra.socket, operationId: id, abort, toPublic: withoutStatus };
      return prepare(options, payload, { requestId, viewer, signal, resumeAfter, frames });
    },
    execute: (args) => (args as unknown as Operation).run.execute(args) as never,
    subscribe: async (args) => {
      const { run, frames } = args as unknown as Operation;
      const result = await run.subscribe(args);
      const isLive = isAsyncIterable<ExecutionResult>(result);
      return (isLive ? new SocketFrames(result, frames) : result) as never;
    },
    onComplete: ({ extra }, id) => {
      operations.end(extra.socket, id);
    },
    onError: (...[{ extra }, id, , errors]) => {
      operations.end(extra.socket, id);
      return errors.map((error) => withoutHttp(toClientError(error, requestIdOf(error), report)));
    },
    onNext: (...[, , , , result]) =>
      result.errors ? withoutStatus(result as ExecutionResult) : undefined,
  };
}

interface Surroundings extends Pick<Context, 'requestId' | 'viewer' | 'signal' | 'resumeAfter'> {
  readonly frames: SocketFramesOptions;
}

/** A syntax error must end the operation only: thrown, it would end the socket with all others on it. */
async function prepare(
  { services, yoga, documents, log }: WebSocketOptions,
  payload: SubscribePayload,
  { frames, ...asked }: Surroundings,
): Promise<Operation | readonly GraphQLError[]> {
  const position = { cursor: null };
  // The socket as a whole ends with the credentials.
  const histories = services.reader.histories();
  const context: Context = { ...asked, position, streamsUntil: null, histories, services };
  const enveloped = yoga.getEnveloped(context);
  try {
    const text = documents.textFor(payload, asked.requestId);
    const document = enveloped.parse(text) as ExecutionArgs['document'];
    const errors = enveloped.validate(enveloped.schema, document) as readonly GraphQLError[];
    if (errors.length > 0) return errors;
    return {
      schema: enveloped.schema as ExecutionArgs['schema'],
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue: await enveloped.contextFactory(),
      run: enveloped as unknown as Operation['run'],
      frames,
    };
  } catch (error) {
    // One that comes from the cache carries the id of another request.
    return [toClientError(error, asked.requestId, reportTo(log))];
  }
}

function reportTo(log: Logger): ReportFault {
  return (error) => {
    if (!isOfBrokenSocket(error)) log.error({ err: error }, 'unexpected error');
  };
}

/** The client is gone, which is no fault. */
function isOfBrokenSocket(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_STREAM_DESTROYED';
}

function requestIdOf(error: GraphQLError): string {
  const { requestId } = error.extensions;
  return typeof requestId === 'string' ? requestId : randomUUID();
}

function withoutStatus(result: ExecutionResult): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return { ...rest, ...(errors && { errors: errors.map(withoutHttp) }) };
}

/** The HTTP status has no meaning here. */
function withoutHttp(error: GraphQLError): ReturnType<GraphQLError['toJSON']> {
  const formatted = error.toJSON();
  const { http: _http, ...extensions } = formatted.extensions ?? {};
  return { ...formatted, extensions };
}

/** Of `connectionParams.resume`, which maps the ids of operations to where they stopped. */
function resumePosition(params: unknown, operationId: string): string | null {
  const { resume } = (params ?? {}) as { resume?: unknown };
  if (typeof resume !== 'object' || resume === null) return null;
  const cursor: unknown = Object.entries(resume).find(([id]) => id === operationId)?.[1];
  return typeof cursor === 'string' ? cursor : null;
}
