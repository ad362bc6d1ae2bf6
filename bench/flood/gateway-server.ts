import { type SessionId, toSessionId } from '../../src/events/ids.ts';
import { appendDelta } from '../fan-out/append-delta.ts';
import { deltaFields, SESSION_ID } from '../fan-out/peer-api.ts';
import { serveFanOut } from '../fan-out/serve-fan-out.ts';
import { startBenchGateway } from '../support/bench-gateway.ts';
import { GraphqlSocket } from '../support/graphql-socket.ts';
import { authorizationOf, settingsForViewers } from './viewers.ts';

const NO_MODEL = 'http://127.0.0.1:9/v1';

/** The whole gateway, that asks who is calling. The deltas come in where those of a runtime do. */
serveFanOut(async ({ dataDir }) => {
  const env = await settingsForViewers(dataDir);
  const { url, services } = await startBenchGateway({ dataDir, modelUrl: NO_MODEL, env });
  const id = toSessionId(SESSION_ID, 'viewer:reader') as SessionId;
  const socket = await GraphqlSocket.connect(url, { authorization: authorizationOf('reader') });
  await socket.run(
    'mutation ($input: CreateSessionInput!) { createSession(input: $input) { created } }',
    { input: { sessionId: SESSION_ID } },
  );
  socket.close();
  return {
    endpoint: {
      url: url.replace('http', 'ws'),
      query: `subscription Deltas($sessionId: ID!) {
        messageDelta(sessionId: $sessionId) { ${deltaFields} }
      }`,
      variables: { sessionId: SESSION_ID },
    },
    publish: (delta) => {
      appendDelta(services.sessions.findOpen(id), delta);
    },
  };
});
