import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from 'vitest';

import { startTestGateway } from '../../support/gateway/gateway.ts';

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'graphql-transport-ws',
};

/** `fetch` does not let its caller choose the name that it sends. */
async function statusFor(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const asked = request(new URL('?query={viewer{id}}', url), {
    headers: { ...headers, 'x-graphql-yoga-csrf': '1' },
    agent: false,
  });
  asked.end();
  const answered = Promise.race([once(asked, 'response'), once(asked, 'upgrade')]);
  const [response] = (await answered) as [IncomingMessage];
  if (response.statusCode === 101) response.socket.destroy();
  else await text(response);
  return response.statusCode ?? 0;
}

describe.each(['127.0.0.1', '127.0.0.2', 'localhost', 'LOCALHOST', '::1', '0:0:0:0:0:0:0:1'])(
  'a gateway on %s',
  (host) => {
    it('serves callers that use a loopback name and rejects DNS rebinding', async () => {
      await using gateway = await startTestGateway({ env: { HOST: host } });
      const { port } = new URL(gateway.url);
      for (const kind of [{}, upgrade]) {
        const done = 'upgrade' in kind ? 101 : 200;
        for (const name of [host, 'localhost', 'LocalHost', '127.0.0.1', '[::1]']) {
          const authority = `${name === host && host.includes(':') ? `[${host}]` : name}:${port}`;
          expect([name, await statusFor(gateway.url, { ...kind, host: authority })]).toEqual([
            name,
            done,
          ]);
        }
        for (const name of ['rebound.example', '127.0.0.1.example', 'localhost.example']) {
          expect(await statusFor(gateway.url, { ...kind, host: `${name}:${port}` })).toBe(403);
        }
      }
    });
  },
);
