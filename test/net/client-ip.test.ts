import type { IncomingMessage } from 'node:http';

import { expect, it } from 'vitest';

import { getClientIp } from '../../src/net/client-ip.ts';

function createRequest(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

it.each([
  ['the peer of the connection', createRequest('10.0.0.1'), 0, '10.0.0.1'],
  [
    'the peer, whatever X-Forwarded-For says, without a proxy',
    createRequest('10.0.0.1', '1.2.3.4'),
    0,
    '10.0.0.1',
  ],
  [
    'the address that the proxy appended',
    createRequest('10.0.0.1', '9.9.9.9, 1.2.3.4'),
    1,
    '1.2.3.4',
  ],
  [
    'the address that the outer of two proxies appended',
    createRequest('10.0.0.1', '9.9.9.9, 1.2.3.4, 10.0.0.2'),
    2,
    '1.2.3.4',
  ],
  [
    'the first address, with fewer entries than proxies',
    createRequest('10.0.0.1', '1.2.3.4'),
    3,
    '1.2.3.4',
  ],
  ['the peer, without X-Forwarded-For', createRequest('10.0.0.1'), 1, '10.0.0.1'],
  ['an IPv4 address that is mapped to IPv6', createRequest('::ffff:10.0.0.1'), 0, '10.0.0.1'],
  [
    'the /64 network of an IPv6 address',
    createRequest('2001:db8:1:2:3:4:5:6'),
    0,
    '2001:db8:1:2::/64',
  ],
  [
    'the same network in another spelling',
    createRequest('2001:0DB8:1:2::9'),
    0,
    '2001:db8:1:2::/64',
  ],
  ['the network of a compressed address', createRequest('::1'), 0, '0:0:0:0::/64'],
] as const)('the client IP is %s', (_what, request, proxies, ip) => {
  expect(getClientIp(request, proxies)).toBe(ip);
});
