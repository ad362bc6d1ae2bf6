import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Returns whether only this machine can reach a server that listens on this host or address. Names other than `localhost` are not resolved and do not count as loopback. */
export function isLoopback(hostOrAddress: string): boolean {
  const family = isIP(hostOrAddress);
  if (family === 0) return hostOrAddress.toLowerCase() === 'localhost';
  return loopback.check(hostOrAddress, family === 6 ? 'ipv6' : 'ipv4');
}
