import type { Plugin } from 'graphql-yoga';

import type { Admission } from '../../admission/admission.ts';
import { refusal } from '../../resolvers/errors.ts';
import { type RequestContext, requestContextOf } from '../operations/request-context.ts';

type Use = (context: RequestContext) => Promise<unknown>;

/** Before anything is read, and before it is asked who it is: that costs as well. */
export function useRatePerIp({ operations }: Admission): Plugin<RequestContext> {
  return refusing(({ ip }) => operations.ofIp.use(ip));
}

/** As soon as it is known who it is. */
export function useRatePerViewer({ operations }: Admission): Plugin<RequestContext> {
  return refusing(async ({ caller }) => caller && operations.ofViewer.use(caller.viewer.id));
}

function refusing(use: Use): Plugin<RequestContext> {
  return {
    onRequest: async (asked) => {
      const context = requestContextOf(asked);
      try {
        await use(context);
      } catch (error) {
        const { extensions, ...refused } = refusal(error, context.requestId).toJSON();
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
