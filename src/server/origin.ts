import type { IncomingMessage } from 'node:http';

import type { HttpConfig } from '../config.ts';

/**
 * Any page in the developer's browser can reach a loopback port. A page of another origin is refused by its
 * `Origin`; one that made its own name resolve to this machine, by the `Host` that it then has to send.
 */
export function isRefusedOrigin(
  { headers }: IncomingMessage,
  { allowedOrigins, host }: HttpConfig,
): boolean {
  const authority = headers.host ?? '';
  if (isLoopbackName(host) && !isLoopbackName(withoutPort(authority))) return true;
  const { origin } = headers;
  if (origin === undefined) return false;
  return (
    origin !== `http://${authority}` &&
    origin !== `https://${authority}` &&
    !allowedOrigins.includes(origin)
  );
}

function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, '');
}
