import { createClient as createSseClient } from 'graphql-sse';
import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { Collector } from '../../support/clients/collector.ts';
import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { type Client, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
} from '../../support/operations/sessions.ts';
import { statusChanged } from '../../support/operations/status.ts';
import { ask, askAndWait, send } from '../../support/operations/turns.ts';

const SERVICE_RESTART = 1012;

describe.each(transports)('LIMIT_OPERATION_TIME, over %s', (transport) => {
  const env = { LIMIT_OPERATION_TIME: '1ms' };

  async function exists(client: Client, id: string): Promise<boolean> {
    const { errors } = await client.execute('query ($id: ID!) { session(id: $id) { id } }', { id });
    return !errors;
  }

  it('an operation that takes longer fails, and its remaining fields are not executed', async () => {
    await using gateway = await startTestGateway({ env });
    await using patient = gateway.connect('HTTP');
    const client = gateway.connect(transport);
    const [begun, next] = [gateway.createSessionId(), gateway.createSessionId()];
    const { data, errors } = await client.execute(
      `mutation ($begun: ID!, $next: ID!) {
        begun: createSession(input: { sessionId: $begun }) { created }
        next: createSession(input: { sessionId: $next }) { created }
      }`,
      { begun, next },
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'RUNTIME_TIMEOUT', retryable: true } }]);
    await waitUntil(() => gateway.services.sessions.attachedCount === 1, {
      what: () => 'the first',
    });
    expect(await gateway.store.find(next)).toBeUndefined();
    expect(await gateway.store.find(begun)).toBeDefined();
    expect(await exists(patient, next)).toBe(false);
  });

  it('time that an operation asks to wait is added to the limit', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect(transport);
    const sessionId = gateway.createSessionId();
    await client.execute(createSession, { input: { sessionId } });
    await waitUntil(() => gateway.services.sessions.attachedCount === 1, {
      what: () => 'a session',
    });
    const input = { sessionId, prompt: prompts.short };
    const { sendMessage: sent } = await client.run(askAndWait, { input });
    expect(sent.finishedTurn.reply?.content).toBe(answers.short);
  });
});

describe('LIMIT_STREAM_TIME', () => {
  const env = { LIMIT_STREAM_TIME: '400ms' };

  it('a socket is closed with 1012, and its subscriptions are not completed', async () => {
    await using gateway = await startTestGateway({ env });
    await using socket = await RawSocket.open(gateway.url);
    socket.send({ type: 'connection_init' });
    await socket.frames.next();
    socket.subscribe('1', statusChanged);
    expect(await socket.closed).toBe(SERVICE_RESTART);
    const types = socket.frames.collected.map(({ type }) => type);
    expect(types).toEqual(['connection_ack', 'next']);
    await waitUntil(() => gateway.services.gateway.activeSubscriptions === 0, {
      what: () => 'its end',
    });
  });

  it('a stream over SSE ends with RATE_LIMITED and can be reopened immediately', async () => {
    await using gateway = await startTestGateway({ env });
    const changes = await gateway.connect('SSE').subscribe(statusChanged);
    await changes.next();
    expect(await changes.waitForFailure()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 0 } }],
    });
    expect(gateway.services.gateway.activeSubscriptions).toBe(0);
  });

  it('the stock client over WebSocket resumes automatically, and its text is complete', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    const { url } = gateway;
    const held = gateway.model.hold();
    await using deltas = subscribeResuming('WebSocket', {
      url,
      operation: messageDelta,
      variables: { sessionId, after },
      retryWaitMs: 10,
    });
    await send(client, sessionId, held.prompt);
    const call = await held.nextCall();
    const pieces = Array.from({ length: 100 }, (_, index) => `${index} `);
    await call.writeSlowly(pieces, 10);
    call.finish();
    await mergeUntil(deltas, holdsComplete(pieces.join('')));
    expect(deltas.ends.collected).toContain(SERVICE_RESTART);
  });

  it('the stock client over SSE gets the error and resumes after its last cursor', async () => {
    await using gateway = await startTestGateway({ env });
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const ends = new Collector<unknown>();
    let connects = 0;
    const stock = createSseClient({
      url: gateway.url,
      retryAttempts: 5,
      on: { connecting: () => connects++ },
    });
    const { cursor: after } = await fetchSession(client, sessionId);
    stock.subscribe(
      { query: String(messageDelta), variables: { sessionId, after } },
      {
        next: ({ errors }) => errors && ends.push(errors[0]?.extensions['code']),
        error: (error) => ends.push(error),
        complete: () => ends.push('complete'),
      },
    );
    expect([await ends.next(), await ends.next()]).toEqual(['RATE_LIMITED', 'complete']);
    // It does not come back by itself: the client's author has to subscribe again.
    await ask(client, sessionId, prompts.short);
    expect(connects).toBe(1);
    const again = await gateway.connect('SSE').subscribe(messageDelta, { sessionId, after });
    await mergeUntil(again, holdsComplete(answers.short));
    stock.dispose();
  });
});
