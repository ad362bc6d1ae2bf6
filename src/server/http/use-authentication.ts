import type { Plugin } from 'graphql-yoga';

import type { Authenticator } from '../../auth/authenticator.ts';
import { createUnauthenticatedError } from '../../resolvers/errors.ts';
import { getRequestContext, type RequestContext } from '../operations/request-context.ts';

const UNAUTHORIZED = 401;

/** Authenticates each request before its body is read. The page of GraphiQL is served before this plugin runs. */
export function useAuthentication(authenticate: Authenticator): Plugin<RequestContext> {
  return {
    onRequest: async (payload) => {
      const context = getRequestContext(payload);
      const caller = await authenticate(payload.request.headers.get('authorization'));
      if (caller.kind === 'accepted') {
        context.caller = caller;
        return;
      }
      const error = createUnauthenticatedError(caller.reason, context.correlationId);
      payload.endResponse(
        payload.fetchAPI.Response.json(
          { errors: [error] },
          { status: UNAUTHORIZED, headers: { 'www-authenticate': 'Bearer' } },
        ),
      );
    },
  };
}
