import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports, transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { collectText, messageDelta } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';

describe.each(transports)('a model that fails, over %s', (transport) => {
  it.each([
    { prompt: prompts.refused, code: 'MODEL_ERROR', retryable: false, statusCode: 400 },
    {
      prompt: prompts.unauthorized,
      code: 'MODEL_AUTHENTICATION',
      retryable: false,
      statusCode: 403,
    },
  ])('fails the turn with $code for HTTP $statusCode', async ({ prompt, ...error }) => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const turn = await ask(client, sessionId, prompt);

    expect(turn).toMatchObject({ state: 'FAILED', reply: null, error });
    expect(await fetchTurn(client, sessionId, turn.id)).toEqual(turn);
    const said = JSON.stringify(turn);
    for (const secret of [
      gateway.model.baseUrl,
      '127.0.0.1',
      'PROVIDER',
      'COPILOT',
      'provider must',
    ]) {
      expect(said).not.toContain(secret);
    }
  });

  it('fails that turn only, and the next message is answered', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await ask(client, sessionId, prompts.refused);

    const next = await ask(client, sessionId, prompts.short);
    expect(next).toMatchObject({ state: 'COMPLETED', reply: { content: answers.short } });
    expect((await fetchSession(client, sessionId)).state).toBe('IDLE');
  });
});

describe.each(streamingTransports)('a model that fails temporarily, over %s', (transport) => {
  it('is retried, and the turn completes', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const turn = await ask(client, sessionId, prompts.retried);

    expect(turn).toMatchObject({
      state: 'COMPLETED',
      reply: { content: answers.afterRetry },
      error: null,
    });
    expect(gateway.model.requests).toHaveLength(2);
  });

  it('discards the partial text of an interrupted answer', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const held = gateway.model.hold();
    await send(client, sessionId, held.prompt);
    const broken = await held.nextCall();
    broken.write('This will bre');
    const { messageDelta: first } = await deltas.next();
    broken.disconnect();

    const whole = await held.nextCall();
    whole.write('This is whole.');
    whole.finish();
    const rest = await collectText(deltas);
    expect(rest).toContainEqual(
      expect.objectContaining({ messageId: first.messageId, state: 'DISCARDED' }),
    );
    expect(new MergedTexts([first, ...rest]).getOnly()).toBe('This is whole.');
  });
});
