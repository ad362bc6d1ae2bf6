import type { IncomingMessage } from 'node:http';
import { isIPv6, SocketAddress } from 'node:net';

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Groups of an IPv6 address that name a network: whoever has one can use all addresses in it. */
const NETWORK_GROUPS = 4;

/**
 * Whom a request counts for: the address of the connection or, behind proxies, the one that the first trusted
 * proxy was called by. What a client itself put into `X-Forwarded-For` stands before that.
 */
export function getClientIp({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const forwardedAddresses = forwarded.map((address) => address.trim()).filter(Boolean);
  const chain = [socket.remoteAddress ?? '', ...forwardedAddresses.reverse()];
  return toNetwork(chain[Math.min(trustedProxies, chain.length - 1)] ?? '');
}

function toNetwork(address: string): string {
  const [, inIpv6] = IPV4_IN_IPV6.exec(address) ?? [];
  if (inIpv6 !== undefined || !isIPv6(address)) return inIpv6 ?? address.slice(0, 64);
  const groups = expandIpv6(new SocketAddress({ address, family: 'ipv6' }).address);
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/** All eight groups. */
function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after];
}
