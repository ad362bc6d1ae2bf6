import type { GraphQLParams, Plugin } from 'graphql-yoga';

import { requestContextOf } from './request-context.ts';
import type { AskedDocument, TrustedDocuments } from './trusted-documents.ts';

/** Over HTTP and SSE; sockets ask the same look-up. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams: ({ params, setParams, context }) => {
      const { requestId } = requestContextOf({ serverContext: context });
      const { documentId: _named, ...rest } = params as GraphQLParams & AskedDocument;
      const query = documents.textFor(params, requestId);
      if (query !== params.query) setParams({ ...rest, query } as GraphQLParams);
    },
  };
}
