import type { IncomingMessage } from 'node:http';

import type { HttpConfig } from '../../config/config.ts';
import { isLoopback } from '../../net/loopback.ts';

/**
 * Any page in the developer's browser can reach a loopback port. A page of another origin is recognized by its
 * `Origin` header, and a page whose own host name resolves to this machine (DNS rebinding) by its `Host` header.
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

/** Returns the host of `host:port`, and an IPv6 address without its brackets. */
export function stripPort(authority: string): string {
  return authority.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
