import type { Plugin } from 'graphql-yoga';

import { createCsrfError } from '../../resolvers/errors.ts';
import { getRequestContext,type RequestContext } from '../operations/request-context.ts';

const FORBIDDEN = 403;

const CSRF_HEADER = 'x-graphql-yoga-csrf';
/** Any of them will do, whatever its value: Yoga's own, and what Apollo's clients know. */
const preflightHeaders = [CSRF_HEADER, 'apollo-require-preflight', 'graphql-require-preflight'];

/**
 * A form, an image or a `no-cors` fetch of any page can send requests here, in the developer's name; what it cannot
 * send without asking first, by a preflight that `ALLOWED_ORIGINS` decides, is a body declared as JSON or a header
 * of its own. The query editor's page is for everybody.
 */
export function useCsrfPrevention(): Plugin<RequestContext> {
  return {
    onRequest: (asked) => {
      const { headers, method } = asked.request;
      if (method === 'POST' && isJson(headers.get('content-type'))) return;
      if (preflightHeaders.some((name) => headers.has(name))) return;
      const error = createCsrfError(CSRF_HEADER, getRequestContext(asked).correlationId);
      asked.endResponse(asked.fetchAPI.Response.json({ errors: [error] }, { status: FORBIDDEN }));
    },
  };
}

/** As it is read afterwards: of a list, the first. */
function isJson(contentType: string | null): boolean {
  const [first = ''] = (contentType ?? '').split(/[,;]/, 1);
  return ['application/json', 'application/graphql+json'].includes(first.trim());
}
