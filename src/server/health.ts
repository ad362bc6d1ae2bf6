import type { ServerResponse } from 'node:http';

import type { Services } from '../resolvers/context.ts';

/** Returns the state for `/health` (liveness) and `/ready` (readiness to serve sessions), and undefined for other paths. */
export function checkHealth(
  path: string,
  { gateway, runtime }: Services,
): { ok: boolean; status: string } | undefined {
  if (path === '/health') return { ok: true, status: 'ok' };
  if (path !== '/ready') return undefined;
  if (gateway.drainController.signal.aborted) return { ok: false, status: 'draining' };
  return runtime.isConnected
    ? { ok: true, status: 'ready' }
    : { ok: false, status: 'runtime unavailable' };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
