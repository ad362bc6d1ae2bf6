import type { IncomingMessage } from 'node:http';
import { isIPv6, SocketAddress } from 'node:net';

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Groups of the /64 prefix: a subscriber usually has a whole /64 network, and can use any address in it. */
const NETWORK_GROUPS = 4;

/**
 * Returns the IP address that limits are counted for: the address of the connection or, behind proxies, the address
 * that the outermost trusted proxy appended to `X-Forwarded-For`. Entries before that one come from the client and are
 * not trusted. An IPv6 address is returned as its /64 network.
 */
export function getClientIp(
  { headers, socket }: IncomingMessage,
  trustedProxyCount: number,
): string {
  const forwardedFor = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  const chain = [socket.remoteAddress ?? '', ...forwardedFor.reverse()];
  return toNetwork(chain[Math.min(trustedProxyCount, chain.length - 1)] ?? '');
}

function toNetwork(address: string): string {
  const [, inIpv6] = IPV4_IN_IPV6.exec(address) ?? [];
  if (inIpv6 !== undefined || !isIPv6(address)) return inIpv6 ?? address.slice(0, 64);
  const groups = expandIpv6(new SocketAddress({ address, family: 'ipv6' }).address);
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/** Returns all eight groups of the address, with `::` replaced by zeros. */
function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after];
}
