import type { IncomingMessage, ServerResponse } from 'node:http';

import { isLoopback } from '../../net/loopback.ts';
import { stripPort } from './origin.ts';

const defaultHeaders = {
  'cache-control': 'no-store',
  // Responses are not pages. The page of GraphiQL has its own policy, see useContentSecurityPolicy.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const ONE_YEAR = 'max-age=31536000';

/** Sets the headers that keep browsers from caching, embedding or interpreting a response. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(defaultHeaders)) response.setHeader(name, value);
  if (isTlsRequest(request)) response.setHeader('strict-transport-security', ONE_YEAR);
}

/** True if a proxy terminated TLS. Never for a loopback host: HSTS would break other servers that a developer runs there. */
function isTlsRequest({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-proto'] === 'https' && !isLoopback(stripPort(headers.host ?? ''));
}
