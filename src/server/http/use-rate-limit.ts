import type { Plugin } from 'graphql-yoga';

import type { Admission } from '../../admission/admission.ts';
import { toRejectedOperationError } from '../../resolvers/errors.ts';
import { getRequestContext, type RequestContext } from '../operations/request-context.ts';

/** Runs before authentication, which costs time as well. */
export function useRateLimitPerIp({ operations }: Admission): Plugin<RequestContext> {
  return createRateLimitPlugin(({ ip }) => operations.perIp.consume(ip));
}

/** Runs after authentication, before the body is read. */
export function useRateLimitPerViewer({ operations }: Admission): Plugin<RequestContext> {
  return createRateLimitPlugin(
    async ({ caller }) => caller && operations.perViewer.consume(caller.viewer.id),
  );
}

function createRateLimitPlugin(
  consume: (context: RequestContext) => Promise<unknown>,
): Plugin<RequestContext> {
  return {
    onRequest: async (payload) => {
      const context = getRequestContext(payload);
      try {
        await consume(context);
      } catch (error) {
        const rejection = toRejectedOperationError(error, context.correlationId).toJSON();
        const { http, ...extensions } = rejection.extensions ?? {};
        payload.endResponse(
          payload.fetchAPI.Response.json(
            { errors: [{ ...rejection, extensions }] },
            http as ResponseInit,
          ),
        );
      }
    },
  };
}
