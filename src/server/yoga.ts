import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';

import { authenticate } from '../auth/authenticate.ts';
import type { HttpConfig } from '../config.ts';
import type { Context, Services } from '../resolvers/context.ts';
import { schema } from '../schema/index.ts';
import type { Drain } from './drain.ts';
import { graphiqlOptions, renderPage } from './graphiql.ts';
import { useAcceptableAnswers } from './use-acceptable-answers.ts';
import { useClientErrors } from './use-client-errors.ts';
import { useEventIds } from './use-event-ids.ts';
import { useLiveSubscriptions } from './use-live-subscriptions.ts';
import { useRefusalBody } from './use-refusal-body.ts';

export const GRAPHQL_PATH = '/graphql';

/** Known before the request is read, so that a refusal of any stage carries it. */
export interface RequestContext {
  readonly requestId: string;
  readonly position: Context['position'];
}

export type OperationContext = Pick<Context, 'requestId' | 'signal' | 'resumeAfter' | 'position'>;

export type Yoga = YogaServerInstance<RequestContext, Context>;

export interface YogaOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly drain: Drain;
  readonly log: Logger;
}

/** Parses, validates and executes for all transports; reads requests and writes answers for HTTP and SSE. */
export function buildYoga({ config, services, drain, log }: YogaOptions): Yoga {
  const report = (requestId: string) => (error: unknown) => {
    log.error({ err: error, requestId }, 'unexpected error');
  };
  return createYoga<RequestContext, Context>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    cors: config.allowedOrigins.length > 0 && { origin: [...config.allowedOrigins] },
    multipart: false,
    maxRequestBodySize: config.bodyBytes,
    maskedErrors: false,
    logging: false,
    graphiql: config.graphiql && graphiqlOptions,
    renderGraphiQL: renderPage,
    // An operation over a WebSocket has no request, and comes with its context.
    context: (initial) =>
      'services' in initial ? (initial as unknown as Context) : httpContext(services, initial),
    plugins: [
      deferOnly(),
      useAcceptableAnswers(),
      useLiveSubscriptions({ drain, report }),
      useClientErrors(report),
      useRefusalBody(),
      useEventIds(),
    ],
  });
}

function httpContext(
  services: Services,
  { request, requestId, position }: RequestContext & { readonly request: Request },
): Context {
  const resumeAfter = request.headers.get('last-event-id');
  return createContext(services, { requestId, position, signal: request.signal, resumeAfter });
}

export function createContext(services: Services, operation: OperationContext): Context {
  const histories = services.reader.histories();
  return { ...operation, viewer: authenticate(), histories, services };
}

/** The plugin's rules without its directives: the schema has `@defer` of its own, and no `@stream`. */
function deferOnly(): Plugin {
  const { onValidate } = useDeferStream();
  return onValidate ? { onValidate } : {};
}
