import type { IncomingMessage } from 'node:http';

import type { HttpConfig } from '../../config/config.ts';
import { isLoopback } from '../../net/loopback.ts';

/**
 * Any page in the developer's browser can reach a loopback port. A page of another origin is refused by its
 * `Origin`; one that made its own name resolve to this machine, by the `Host` that it then has to send.
 */
export function isForbiddenOrigin({ headers }: IncomingMessage, config: HttpConfig): boolean {
  const authority = headers.host ?? '';
  if (config.isLoopback && !isLoopback(stripPort(authority))) return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  return (
    origin !== `http://${authority}` &&
    origin !== `https://${authority}` &&
    !config.allowedOrigins.includes(origin)
  );
}

/** Without the port. */
export function stripPort(authority: string): string {
  return authority.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
