import type { Plugin } from 'graphql-yoga';

import type { Authenticator } from '../../auth/authenticator.ts';
import { createUnauthenticatedError } from '../../resolvers/errors.ts';
import { getRequestContext,type RequestContext } from '../operations/request-context.ts';

const UNAUTHORIZED = 401;

/** Each request says who is asking, before anything of it is read. The query editor's page is for everybody. */
export function useAuthentication(authenticate: Authenticator): Plugin<RequestContext> {
  return {
    onRequest: async (asked) => {
      const { request, fetchAPI } = asked;
      const context = getRequestContext(asked);
      const caller = await authenticate(request.headers.get('authorization'));
      if (caller.kind === 'accepted') {
        context.caller = caller;
        return;
      }
      asked.endResponse(
        fetchAPI.Response.json(
          { errors: [createUnauthenticatedError(caller.reason, context.correlationId)] },
          { status: UNAUTHORIZED, headers: { 'www-authenticate': 'Bearer' } },
        ),
      );
    },
  };
}
