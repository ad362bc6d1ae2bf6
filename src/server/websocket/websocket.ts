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

import type { Authenticate } from '../../auth/authenticate.ts';
import type { HttpConfig } from '../../config/config.ts';
import type { Context, Services } from '../../resolvers/context.ts';
import {
  refusal,
  type ReportFault,
  toClientError,
  unauthenticated,
} from '../../resolvers/errors.ts';
import type { TrustedDocuments } from '../operations/trusted-documents.ts';
import type { Yoga } from '../yoga.ts';
import { SocketFrames, type SocketFramesOptions } from './frame-writer.ts';
import { failing, isRefused } from './refused-operation.ts';
import { serveQuietly } from './silence-socket-errors.ts';
import { SocketCallers } from './socket-auth.ts';
import { SocketAdmission } from './socket-limits.ts';
import { SocketOperations } from './socket-operations.ts';

/** graphql-ws clients connect again by themselves after this code. */
const SERVICE_RESTART = 1012;
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
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.config.socketMessageBytes,
  });
  const { services, config } = options;
  const admission = new SocketAdmission({
    admission: services.admission,
    trustedProxies: config.trustedProxies,
  });
  useServer({ ...operationHooks(options, admission), isProd: true }, server, KEEP_ALIVE_MS);
  return {
    handleUpgrade: (request, socket, head) => {
      server.handleUpgrade(request, socket, head, (client) => {
        if (!admission.open(client, request)) return;
        serveQuietly(client, () => server.emit('connection', client, request));
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

function operationHooks(
  options: WebSocketOptions,
  admission: SocketAdmission,
): ServerOptions<undefined, Extra> {
  const operations = new SocketOperations();
  const callers = new SocketCallers(options.authenticate);
  return {
    connectionInitWaitTimeout: options.config.socketInitMs,
    onConnect: ({ extra: { socket }, connectionParams }) =>
      admission.connect(socket, callers.connect(socket, connectionParams)),
    onSubscribe: async ({ extra, connectionParams }, id, payload) => {
      const signal = operations.begin(extra.socket, id);
      const requestId = randomUUID();
      const caller = await admission.operation(extra.socket, () =>
        callers.caller(extra.socket, connectionParams),
      );
      if (caller instanceof Error) return [refusal(caller, requestId)];
      if (caller.kind === 'refused') return [unauthenticated(caller.reason, requestId)];
      const { viewer, ip } = { ...caller, ip: admission.ipOf(extra.socket) };
      const resumeAfter = resumePosition(connectionParams, id);
      const abort = (): void => {
        operations.end(extra.socket, id);
      };
      const frames = { socket: extra.socket, operationId: id, abort, toPublic: withoutStatus };
      return prepare(options, payload, { requestId, viewer, ip, signal, resumeAfter, frames });
    },
    execute: async (args) => (await executed(args)) as never,
    subscribe: async (args) => (await subscribed(args)) as never,
    onComplete: ({ extra }, id) => {
      operations.end(extra.socket, id);
    },
    onError: (...[{ extra }, id, , errors]) => {
      operations.end(extra.socket, id);
      return errors.map((error) => withoutHttp(publicForm(error, options.log)));
    },
    onNext: (...[, , , , result]) =>
      result.errors ? withoutStatus(result as ExecutionResult) : undefined,
  };
}

async function executed(args: ExecutionArgs): Promise<unknown> {
  const result = await (args as Operation).run.execute(args);
  return isRefused(result) ? failing(result) : result;
}

async function subscribed(args: ExecutionArgs): Promise<unknown> {
  const { run, frames } = args as Operation;
  const result = await run.subscribe(args);
  if (isRefused(result)) return failing(result);
  return isAsyncIterable<ExecutionResult>(result) ? new SocketFrames(result, frames) : result;
}

interface Surroundings extends Pick<
  Context,
  'requestId' | 'viewer' | 'ip' | 'signal' | 'resumeAfter'
> {
  readonly frames: SocketFramesOptions;
}

/** A syntax error must end the operation only: thrown, it would end the socket with all others on it. */
async function prepare(
  { services, yoga, documents, log }: WebSocketOptions,
  payload: SubscribePayload,
  { frames, ...asked }: Surroundings,
): Promise<Operation | readonly GraphQLError[]> {
  const position = { cursor: null };
  // The socket as a whole ends instead, and its clients come back.
  const histories = services.reader.histories();
  const context: Context = { ...asked, position, streamEnds: [], histories, services };
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
      run: enveloped,
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

/** One that a stream has ended with has its public form, and was reported under its id. */
function publicForm(error: GraphQLError, log: Logger): GraphQLError {
  const { requestId = randomUUID() } = error.extensions;
  const isReported = error.extensions['requestId'] !== undefined;
  return toClientError(error, String(requestId), isReported ? () => undefined : reportTo(log));
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
