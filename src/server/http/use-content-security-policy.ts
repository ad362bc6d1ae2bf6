import type { Plugin } from 'graphql-yoga';

import type { GraphiqlPage } from './graphiql.ts';

/** The query editor is the one page; for the rest, what the gateway says of every answer holds. */
export function useContentSecurityPolicy(page: GraphiqlPage): Plugin {
  return {
    onResponse: ({ response: { headers } }) => {
      // Streams come with a weaker one.
      headers.delete('cache-control');
      if (headers.get('content-type') === 'text/html') {
        headers.set('content-security-policy', page.contentSecurityPolicy);
      }
    },
  };
}
