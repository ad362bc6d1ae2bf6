import type { SessionId } from '../../src/events/ids.ts';
import { startBenchGateway } from '../support/bench-gateway.ts';
import { request } from '../support/request.ts';
import { appendDelta } from './append-delta.ts';
import { deltaFields, SESSION_ID } from './peer-api.ts';
import { serveFanOut } from './serve-fan-out.ts';

const NO_MODEL = 'http://127.0.0.1:9/v1';

/**
 * The whole gateway. The session is real, its runtime at rest: the deltas come in where those of a runtime do, at
 * the session's log.
 */
serveFanOut(async ({ dataDir }) => {
  const { url, services } = await startBenchGateway({ dataDir, modelUrl: NO_MODEL });
  const input = { sessionId: SESSION_ID };
  await request(
    url,
    'mutation ($input: CreateSessionInput!) { createSession(input: $input) { created } }',
    { input },
  );
  return {
    endpoint: {
      url: url.replace('http', 'ws'),
      query: `subscription Deltas($sessionId: ID!, $maxLatencyMs: Int!) {
        messageDelta(sessionId: $sessionId, maxLatencyMs: $maxLatencyMs) { ${deltaFields} }
      }`,
      variables: { sessionId: SESSION_ID, maxLatencyMs: 0 },
    },
    publish: (delta) => {
      appendDelta(services.sessions.findOpen(SESSION_ID as SessionId), delta);
    },
  };
});
