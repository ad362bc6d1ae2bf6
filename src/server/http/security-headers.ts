import type { IncomingMessage, ServerResponse } from 'node:http';

import { isLoopback } from '../../net/loopback.ts';
import { stripPort } from './origin.ts';

const defaultHeaders = {
  'cache-control': 'no-store',
  // Answers are not pages; that of the query editor brings a policy of its own.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const ONE_YEAR = 'max-age=31536000';

/** What tells browsers to do no more with an answer than to hand it to who asked for it. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(defaultHeaders)) response.setHeader(name, value);
  if (isTlsRequest(request)) response.setHeader('strict-transport-security', ONE_YEAR);
}

/** A proxy ended it. On this machine's own name it would take http from whatever else is developed there. */
function isTlsRequest({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-proto'] === 'https' && !isLoopback(stripPort(headers.host ?? ''));
}
