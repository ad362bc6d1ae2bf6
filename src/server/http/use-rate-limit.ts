import type { Plugin } from 'graphql-yoga';

import type { Admission } from '../../admission/admission.ts';
import { toRejectedOperationError } from '../../resolvers/errors.ts';
import { getRequestContext,type RequestContext } from '../operations/request-context.ts';

type ConsumeRate = (context: RequestContext) => Promise<unknown>;

/** Before anything is read, and before it is asked who it is: that costs as well. */
export function useRateLimitPerIp({ operations }: Admission): Plugin<RequestContext> {
  return createRateLimitPlugin(({ ip }) => operations.perIp.consume(ip));
}

/** As soon as it is known who it is. */
export function useRateLimitPerViewer({ operations }: Admission): Plugin<RequestContext> {
  return createRateLimitPlugin(
    async ({ caller }) => caller && operations.perViewer.consume(caller.viewer.id),
  );
}

function createRateLimitPlugin(use: ConsumeRate): Plugin<RequestContext> {
  return {
    onRequest: async (asked) => {
      const context = getRequestContext(asked);
      try {
        await use(context);
      } catch (error) {
        const { extensions, ...refused } = toRejectedOperationError(
          error,
          context.correlationId,
        ).toJSON();
        const { http, ...others } = extensions ?? {};
        asked.endResponse(
          asked.fetchAPI.Response.json(
            { errors: [{ ...refused, extensions: others }] },
            http as object,
          ),
        );
      }
    },
  };
}
