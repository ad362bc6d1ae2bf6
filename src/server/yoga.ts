import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';

import type { Authenticate } from '../auth/authenticate.ts';
import type { HttpConfig } from '../config/config.ts';
import type { Context, Services } from '../resolvers/context.ts';
import { schema } from '../schema/index.ts';
import { GraphiqlPage } from './http/graphiql.ts';
import { useAcceptableAnswers } from './http/use-accept-header.ts';
import { useAuthentication } from './http/use-authentication.ts';
import { usePagePolicy } from './http/use-content-security-policy.ts';
import { usePreflightedRequests } from './http/use-csrf-prevention.ts';
import { useRefusalBody } from './http/use-http-error-body.ts';
import { useRatePerIp, useRatePerViewer } from './http/use-rate-limit.ts';
import { useEventIds } from './http/use-sse.ts';
import { documentCache } from './operations/document-cache.ts';
import type { Drain } from './operations/drain.ts';
import { limitingPlugins } from './operations/limit-plugins.ts';
import type { RequestContext } from './operations/request-context.ts';
import { streamEnds } from './operations/stream-deadlines.ts';
import type { TrustedDocuments } from './operations/trusted-documents.ts';
import { useHiddenSchema } from './operations/use-disable-introspection.ts';
import { useClientErrors } from './operations/use-error-format.ts';
import { useLiveSubscriptions } from './operations/use-subscriptions.ts';
import { useTrustedDocuments } from './operations/use-trusted-documents.ts';

export const GRAPHQL_PATH = '/graphql';

const PREFLIGHT_SECONDS = 600;

export type Yoga = YogaServerInstance<RequestContext, Context>;

export interface YogaOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly drain: Drain;
  readonly documents: TrustedDocuments;
  readonly log: Logger;
}

/** Parses, validates and executes for all transports; reads requests and writes answers for HTTP and SSE. */
export function buildYoga(options: YogaOptions): Yoga {
  const { config, services, authenticate, drain, log } = options;
  const report = (requestId: string) => (error: unknown) => {
    log.error({ err: error, requestId }, 'unexpected error');
  };
  const page = new GraphiqlPage(config);
  return createYoga<RequestContext, Context>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    cors: corsOf(config),
    multipart: false,
    batching: false,
    maxRequestBodySize: config.bodyBytes,
    maskedErrors: false,
    parserAndValidationCache: { documentCache: documentCache(), errorCache: documentCache() },
    logging: false,
    graphiql: config.graphiql && page.options,
    renderGraphiQL: () => page.html,
    // An operation over a WebSocket has no request, and comes with its context.
    context: (initial) => (isComplete(initial) ? initial : httpContext(services, initial)),
    plugins: [
      useRatePerIp(services.admission),
      useAuthentication(authenticate),
      useRatePerViewer(services.admission),
      usePreflightedRequests(),
      usePagePolicy(page),
      useTrustedDocuments(options.documents),
      ...(config.introspection ? [] : [useHiddenSchema()]),
      ...limitingPlugins(services.admission.limits),
      deferOnly(),
      useAcceptableAnswers(),
      useLiveSubscriptions({ drain, report }),
      useClientErrors(report),
      useRefusalBody(),
      useEventIds(),
    ],
  });
}

/** A page that may call is told so by the same list that lets it in. It gets no cookies sent along: none count. */
function corsOf({ allowedOrigins }: HttpConfig): CORSOptions {
  if (allowedOrigins.length === 0) return false;
  return {
    origin: [...allowedOrigins],
    methods: ['POST', 'GET'],
    credentials: false,
    exposedHeaders: ['x-request-id'],
    maxAge: PREFLIGHT_SECONDS,
  };
}

function isComplete(initial: object): initial is Context {
  return 'services' in initial;
}

type HttpContext = RequestContext & { readonly request: Request };

function httpContext(
  services: Services,
  { request, requestId, ip, position, caller }: HttpContext,
): Context {
  if (!caller) throw new Error('a request was let through without a caller');
  return {
    requestId,
    ip,
    position,
    viewer: caller.viewer,
    streamEnds: streamEnds(caller, services.admission.limits.streamMs),
    signal: request.signal,
    resumeAfter: request.headers.get('last-event-id'),
    histories: services.reader.histories(),
    services,
  };
}

/** The plugin's rules without its directives: the schema has `@defer` of its own, and no `@stream`. */
function deferOnly(): Plugin {
  const { onValidate } = useDeferStream();
  return onValidate ? { onValidate } : {};
}
