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
import { useLiveSubscriptions } from './use-live-subscriptions.ts';
import { useRefusalBody } from './use-refusal-body.ts';

export const GRAPHQL_PATH = '/graphql';

/** Known before the request is read, so that a refusal of any stage carries it. */
export interface RequestContext {
  readonly requestId: string;
  /** Of an operation over a WebSocket, which has no request of its own. */
  readonly signal?: AbortSignal;
}

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
    context: ({ request, requestId, signal }) =>
      createContext(services, signal ?? request.signal, requestId),
    plugins: [
      deferOnly(),
      useAcceptableAnswers(),
      useLiveSubscriptions(drain),
      useClientErrors(report),
      useRefusalBody(),
    ],
  });
}

export function createContext(services: Services, signal: AbortSignal, requestId: string): Context {
  return { requestId, viewer: authenticate(), signal, services };
}

/** The plugin's rules without its directives: the schema has `@defer` of its own, and no `@stream`. */
function deferOnly(): Plugin {
  const { onValidate } = useDeferStream();
  return onValidate ? { onValidate } : {};
}
