import type { Plugin } from 'graphql-yoga';

import type { Context } from '../../resolvers/context.ts';
import { createBadRequestError } from '../../resolvers/errors.ts';
import { getRequestContext } from '../operations/request-context.ts';

const messages: Readonly<Record<number, string>> = {
  406: 'None of the media types in `accept` is supported; subscriptions need text/event-stream.',
  415: 'The content type must be application/json.',
};

/** Adds an error as the body of the responses that Yoga sends with a bare status. */
export function useHttpErrorBody(): Plugin<Context> {
  return {
    onResponse: (payload) => {
      const { response, fetchAPI } = payload;
      const message = messages[response.status];
      if (message === undefined || response.headers.has('content-type')) return;
      const error = createBadRequestError(message, getRequestContext(payload).correlationId);
      payload.setResponse(fetchAPI.Response.json({ errors: [error] }, { status: response.status }));
    },
  };
}
