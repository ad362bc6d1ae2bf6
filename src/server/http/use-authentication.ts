import type { Plugin } from 'graphql-yoga';

import type { Authenticate } from '../../auth/authenticate.ts';
import { unauthenticated } from '../../resolvers/errors.ts';
import { type RequestContext, requestContextOf } from '../operations/request-context.ts';

const UNAUTHORIZED = 401;

/** Each request says who is asking, before anything of it is read. The query editor's page is for everybody. */
export function useAuthentication(authenticate: Authenticate): Plugin<RequestContext> {
  return {
    onRequest: async (asked) => {
      const { request, fetchAPI } = asked;
      const context = requestContextOf(asked);
      const caller = await authenticate(request.headers.get('authorization'));
      if (caller.kind === 'accepted') {
        context.caller = caller;
        return;
      }
      asked.endResponse(
        fetchAPI.Response.json(
          { errors: [unauthenticated(caller.reason, context.requestId)] },
          { status: UNAUTHORIZED, headers: { 'www-authenticate': 'Bearer' } },
        ),
      );
    },
  };
}
