import { BlockList, isIP } from 'node:net';

const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|home\.arpa|lan)\.?$|^[^.]*\.?$/;

const nonPublicAddresses = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  nonPublicAddresses.addSubnet(address, prefix, 'ipv4');
}

const globalIpv6Addresses = new BlockList();
globalIpv6Addresses.addSubnet('2000::', 3, 'ipv6');
// 6to4 and Teredo addresses contain an IPv4 address, which may be a private one.
nonPublicAddresses.addSubnet('2002::', 16, 'ipv6');
nonPublicAddresses.addSubnet('2001::', 32, 'ipv6');

/**
 * Returns whether a name or address may lie outside of private networks. Names are not resolved.
 *
 * @param hostname as in a URL: lowercase, an IPv6 address in brackets
 */
export function isPublicHost(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  switch (isIP(address)) {
    case 4:
      return !nonPublicAddresses.check(address, 'ipv4');
    case 6:
      return (
        globalIpv6Addresses.check(address, 'ipv6') && !nonPublicAddresses.check(address, 'ipv6')
      );
    default:
      return !PRIVATE_NAME.test(hostname);
  }
}
