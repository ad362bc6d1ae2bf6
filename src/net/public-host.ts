import { BlockList, isIP } from 'node:net';

const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|home\.arpa|lan)\.?$|^[^.]*\.?$/;

const nonPublicAddresses = new BlockList();
for (const [address, prefix] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const],
  ...[['127.0.0.0', 8] as const, ['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const],
  ...[['192.0.0.0', 24] as const, ['192.168.0.0', 16] as const, ['198.18.0.0', 15] as const],
  ...[['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
] as const) {
  nonPublicAddresses.addSubnet(address, prefix, 'ipv4');
}

const globalIpv6Addresses = new BlockList();
globalIpv6Addresses.addSubnet('2000::', 3, 'ipv6');
/** Of these, what is reached is an IPv4 address, which may be any. */
nonPublicAddresses.addSubnet('2002::', 16, 'ipv6');
nonPublicAddresses.addSubnet('2001::', 32, 'ipv6');

/**
 * Whether a name or address may lie outside of private networks. No name is looked up.
 * @param hostname as in a URL: in small letters, an IPv6 address in brackets
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
