import type { IncomingMessage } from 'node:http';

import { expect, it } from 'vitest';

import { getClientIp } from '../../src/net/client-ip.ts';

function asked(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

it.each([
  ['the connection', asked('10.0.0.1'), 0, '10.0.0.1'],
  [
    'the connection, whatever is said, without a proxy',
    asked('10.0.0.1', '1.2.3.4'),
    0,
    '10.0.0.1',
  ],
  ['whom the proxy was called by', asked('10.0.0.1', '9.9.9.9, 1.2.3.4'), 1, '1.2.3.4'],
  [
    'whom the outer of two was called by',
    asked('10.0.0.1', '9.9.9.9, 1.2.3.4, 10.0.0.2'),
    2,
    '1.2.3.4',
  ],
  ['the farthest that there is, with too few', asked('10.0.0.1', '1.2.3.4'), 3, '1.2.3.4'],
  ['the connection, when nothing is said', asked('10.0.0.1'), 1, '10.0.0.1'],
  ['IPv4 as such', asked('::ffff:10.0.0.1'), 0, '10.0.0.1'],
  ['the network of IPv6', asked('2001:db8:1:2:3:4:5:6'), 0, '2001:db8:1:2::/64'],
  ['the same, however it is written', asked('2001:0DB8:1:2::9'), 0, '2001:db8:1:2::/64'],
  ['the same of a short one', asked('::1'), 0, '0:0:0:0::/64'],
] as const)('counts for %s', (_what, request, proxies, ip) => {
  expect(getClientIp(request, proxies)).toBe(ip);
});
