import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';

import type { Authenticator } from '../auth/authenticator.ts';
import type { HttpConfig } from '../config/config.ts';
import type { Context, Services } from '../resolvers/context.ts';
import { credentialsExpiredError, streamLifetimeError } from '../resolvers/errors.ts';
import { schema } from '../schema/index.ts';
import { GraphiqlPage } from './http/graphiql.ts';
import { useAcceptHeader } from './http/use-accept-header.ts';
import { useAuthentication } from './http/use-authentication.ts';
import { useContentSecurityPolicy } from './http/use-content-security-policy.ts';
import { useCsrfPrevention } from './http/use-csrf-prevention.ts';
import { useHttpErrorBody } from './http/use-http-error-body.ts';
import { useNativeSignal } from './http/use-native-signal.ts';
import { useRateLimitPerIp, useRateLimitPerViewer } from './http/use-rate-limit.ts';
import { useSse } from './http/use-sse.ts';
import { createDocumentCache } from './operations/document-cache.ts';
import type { Drain } from './operations/drain.ts';
import { OperationCosts } from './operations/operation-costs.ts';
import type { RequestContext } from './operations/request-context.ts';
import { type TrustedDocuments, useTrustedDocuments } from './operations/trusted-documents.ts';
import { useDisableIntrospection } from './operations/use-disable-introspection.ts';
import { useDocumentLimits } from './operations/use-document-limits.ts';
import { useErrorFormat } from './operations/use-error-format.ts';
import { useExecutionTimeout } from './operations/use-execution-timeout.ts';
import { useSubscriptions } from './operations/use-subscriptions.ts';

export const GRAPHQL_PATH = '/graphql';

const PREFLIGHT_SECONDS = 600;

export type Yoga = YogaServerInstance<RequestContext, Context>;

export interface YogaOptions {
  readonly config: HttpConfig;
  readonly services: Services;
  readonly authenticate: Authenticator;
  readonly drain: Drain;
  readonly documents: TrustedDocuments;
  readonly logger: Logger;
}

/**
 * Builds the GraphQL server. Over HTTP and SSE it serves the requests; over a WebSocket its plugins parse, validate and
 * execute, and `serveWebSockets` does the rest.
 *
 * The order of the plugins is the order of their hooks. `onRequest` (HTTP only): limit per IP, authentication, limit
 * per viewer, CSRF prevention. Then for every transport: trusted document, limits of the document, validation,
 * execution. `useErrorFormat` stands behind the plugins whose errors it formats.
 */
export function buildYoga(options: YogaOptions): Yoga {
  const { config, services, authenticate, drain, logger } = options;
  const report = (correlationId: string) => (error: unknown) => {
    logger.error({ err: error, requestId: correlationId }, 'unexpected error');
  };
  const page = new GraphiqlPage(config);
  const { limits } = services.admission;
  const costs = new OperationCosts();
  return createYoga<RequestContext, Context>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    cors: toCorsOptions(config),
    multipart: false,
    batching: false,
    maxRequestBodySize: config.maxBodyBytes,
    maskedErrors: false,
    parserAndValidationCache: {
      documentCache: createDocumentCache(),
      errorCache: createDocumentCache(),
    },
    logging: false,
    graphiql: config.graphiql && page.options,
    renderGraphiQL: () => page.html,
    // An operation over a WebSocket has no request, and brings its context.
    context: (initial) =>
      isCompleteContext(initial) ? initial : createHttpContext(services, initial),
    plugins: [
      useNativeSignal(),
      useRateLimitPerIp(services.admission),
      useAuthentication(authenticate),
      useRateLimitPerViewer(services.admission),
      useCsrfPrevention(),
      useContentSecurityPolicy(page),
      useTrustedDocuments(options.documents),
      ...(config.introspection ? [] : [useDisableIntrospection()]),
      useDocumentLimits(limits.document, costs),
      useExecutionTimeout({
        timeoutMs: limits.operationTimeoutMs,
        computeWaitMs: (args) => costs.computeWaitMs(args),
      }),
      useDeferOnly(),
      useAcceptHeader(),
      useSubscriptions({ drain, report }),
      useErrorFormat(report),
      useHttpErrorBody(),
      useSse(),
    ],
  });
}

/** Uses the list that `isForbiddenOrigin` uses. Credentials are off: cookies are never read. */
function toCorsOptions({ allowedOrigins }: HttpConfig): CORSOptions {
  if (allowedOrigins.length === 0) return false;
  return {
    origin: [...allowedOrigins],
    methods: ['POST', 'GET'],
    credentials: false,
    exposedHeaders: ['x-request-id'],
    maxAge: PREFLIGHT_SECONDS,
  };
}

function isCompleteContext(initial: object): initial is Context {
  return 'services' in initial;
}

type HttpContext = RequestContext & { readonly request: Request };

function createHttpContext(
  services: Services,
  { request, correlationId, ip, lastEvent, caller }: HttpContext,
): Context {
  if (!caller) throw new Error('useAuthentication must set the caller of every request');
  const { maxStreamMs } = services.admission.limits;
  return {
    correlationId,
    ip,
    lastEvent,
    viewer: caller.viewer,
    streamDeadlines: [
      { at: caller.expiresAt, error: credentialsExpiredError },
      { at: maxStreamMs === null ? null : Date.now() + maxStreamMs, error: streamLifetimeError },
    ],
    signal: request.signal,
    resumeAfter: request.headers.get('last-event-id'),
    histories: services.reader.createHistories(),
    services,
  };
}

/** The plugin's validation rules without its directives: the schema declares `@defer`, and not `@stream`. */
function useDeferOnly(): Plugin {
  const { onValidate } = useDeferStream();
  return onValidate ? { onValidate } : {};
}
