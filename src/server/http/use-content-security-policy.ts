import type { Plugin } from 'graphql-yoga';

import type { GraphiqlPage } from './graphiql.ts';

/** Sets the content security policy of GraphiQL, the only page. `setSecurityHeaders` sets that of all responses. */
export function useContentSecurityPolicy(page: GraphiqlPage): Plugin {
  return {
    onResponse: ({ response: { headers } }) => {
      // Yoga sets a weaker `cache-control` on event streams, which would replace the default of all responses.
      headers.delete('cache-control');
      if (headers.get('content-type') === 'text/html') {
        headers.set('content-security-policy', page.contentSecurityPolicy);
      }
    },
  };
}
