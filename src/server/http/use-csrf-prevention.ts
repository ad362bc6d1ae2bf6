import type { Plugin } from 'graphql-yoga';

import { createCsrfError } from '../../resolvers/errors.ts';
import { getRequestContext, type RequestContext } from '../operations/request-context.ts';

const FORBIDDEN = 403;

const CSRF_HEADER = 'x-graphql-yoga-csrf';
/** Custom headers that prove a preflight, whatever their value: Yoga's own, and those that Apollo's clients send. */
const preflightHeaders = [CSRF_HEADER, 'apollo-require-preflight', 'graphql-require-preflight'];

/**
 * Rejects requests that a page of another origin can send without a CORS preflight (forms, images, `no-cors` fetches),
 * which would act in the developer's name. A body declared as JSON and a custom header both need a preflight, which
 * `ALLOWED_ORIGINS` decides. The page of GraphiQL is served before this plugin runs.
 */
export function useCsrfPrevention(): Plugin<RequestContext> {
  return {
    onRequest: (payload) => {
      const { headers, method } = payload.request;
      if (method === 'POST' && isJson(headers.get('content-type'))) return;
      if (preflightHeaders.some((name) => headers.has(name))) return;
      const error = createCsrfError(CSRF_HEADER, getRequestContext(payload).correlationId);
      payload.endResponse(
        payload.fetchAPI.Response.json({ errors: [error] }, { status: FORBIDDEN }),
      );
    },
  };
}

/** Reads the header as Yoga does afterwards: the first entry of a list. */
function isJson(contentType: string | null): boolean {
  const [first = ''] = (contentType ?? '').split(/[,;]/, 1);
  return ['application/json', 'application/graphql+json'].includes(first.trim());
}
