import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

import { answer, type Question } from './chat.ts';

// POST /api/chat with {"sessionId": "...", "message": "..."}: the answer is {"sessionId", "content"}.
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
    port: { type: 'string', default: '3000' },
  },
});

const server = createServer((request, response) => {
  void respond(request).then(({ status, body }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
});
server.listen(Number(values.port), '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.stdout.write(`listening on http://127.0.0.1:${port}/api/chat\n`);

async function respond(request: IncomingMessage): Promise<{ status: number; body: object }> {
  if (request.method !== 'POST' || request.url !== '/api/chat') return { status: 404, body: {} };
  const question = parse(await text(request));
  if (!question) return { status: 400, body: { error: { code: 'BAD_USER_INPUT' } } };
  const { authorization } = request.headers;
  return answer({ url: values.url, authorization }, question);
}

function parse(body: string): Question | undefined {
  try {
    const { sessionId, message, messageId } = JSON.parse(body) as Record<string, unknown>;
    if (typeof sessionId !== 'string' || typeof message !== 'string') return undefined;
    return { sessionId, message, ...(typeof messageId === 'string' && { messageId }) };
  } catch {
    return undefined;
  }
}
