import type { Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { createBadRequestError } from '../../resolvers/errors.ts';
import { getRequestContext } from '../operations/request-context.ts';

const messages: Readonly<Record<number, string>> = {
  406: 'The answer is not to be had in the media types of `accept`; a subscription needs text/event-stream.',
  415: 'The body must be application/json.',
};

/** The HTTP layer refuses some requests with a bare status; clients get the reason as with any other error. */
export function useHttpErrorBody(): Plugin<Context> {
  return {
    onResponse: (refusal) => {
      const { response, fetchAPI } = refusal;
      const message = messages[response.status];
      if (message === undefined || response.headers.has('content-type')) return;
      const { correlationId } = getRequestContext(refusal);
      refusal.setResponse(
        fetchAPI.Response.json(
          { errors: [createBadRequestError(message, correlationId)] },
          { status: response.status },
        ),
      );
    },
  };
}
