import type { SessionId } from '../../src/events/ids.ts';
import type { SessionLog } from '../../src/events/session-log.ts';
import { startBenchGateway } from '../support/bench-gateway.ts';
import { request } from '../support/request.ts';
import type { Delta } from './delta-source.ts';
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
      const log = services.sessions.inUse(SESSION_ID as SessionId)?.log;
      if (!log) throw new Error('the session is not in use');
      append(log, delta);
    },
  };
});

function append(log: SessionLog, { messageId: id, kind, text: piece, state }: Delta): void {
  const at = new Date();
  const text =
    log.text(kind, id) ?? log.openText({ kind, id, turnMessageId: null, agentId: null }, at);
  log.changeText(text, at, () => {
    if (state === 'COMPLETE') text.complete(text.text);
    else text.append(piece);
  });
}
