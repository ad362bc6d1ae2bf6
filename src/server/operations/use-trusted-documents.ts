import type { GraphQLParams, Plugin } from 'graphql-yoga';

import { getRequestContext } from './request-context.ts';
import type { DocumentRequest, TrustedDocuments } from './trusted-documents.ts';

/** Over HTTP and SSE; sockets ask the same look-up. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams: ({ params, setParams, context }) => {
      const { correlationId } = getRequestContext({ serverContext: context });
      const { documentId: _named, ...rest } = params as GraphQLParams & DocumentRequest;
      const query = documents.resolveDocument(params, correlationId);
      if (query !== params.query) setParams({ ...rest, query } as GraphQLParams);
    },
  };
}
