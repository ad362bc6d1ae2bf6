import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface LockedMcpServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts an MCP server over HTTP that rejects all requests without an OAuth sign-in. */
export async function startLockedMcpServer(): Promise<LockedMcpServer> {
  const server = createServer((request, response) => {
    const origin = `http://${String(request.headers.host)}`;
    const metadata = `${origin}/.well-known/oauth-protected-resource`;
    if (request.url?.startsWith('/.well-known/oauth-protected-resource')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ resource: `${origin}/mcp`, authorization_servers: [origin] }));
      return;
    }
    response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${metadata}"` }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/mcp`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
