import { describe, expect, it } from 'vitest';

import { mergeUntil } from '../../support/clients/merged-until.ts';
import { findCursor, subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta, sessionEvents } from '../../support/operations/events.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';

interface Located {
  readonly id: string | undefined;
  readonly cursor: string | undefined;
}

/** The raw `next` events of a stream, up to the one that fits. */
async function rawEvents(
  url: string,
  body: object,
  isLast: (event: string) => boolean,
): Promise<Located[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
  });
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.endsWith('\n\n') && isLast(text)) break;
  }
  const events = text.split('\n\n').filter((event) => event.startsWith('event: next\n'));
  return events.map((event) => {
    const { data } = JSON.parse(/^data: (.*)$/m.exec(event)![1]!) as { data: unknown };
    return { id: /^id: (.*)$/m.exec(event)?.[1], cursor: findCursor(data) };
  });
}

const subscriptions = [
  ['messageDelta', messageDelta, '"state":"COMPLETE"'],
  ['sessionEvents', sessionEvents, '"state":"COMPLETED"'],
] as const;

it.each(subscriptions)('each event of %s over SSE carries its cursor as id', async (...row) => {
  const [, query, end] = row;
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const sessionId = await createTestSession(gateway, client);
  const { cursor: after } = await fetchSession(client, sessionId);
  await ask(client, sessionId, prompts.story);

  const body = { query, variables: { sessionId, after } };
  const events = await rawEvents(gateway.url, body, (text) => text.includes(end));
  expect(events.length).toBeGreaterThan(0);
  for (const { id, cursor } of events) expect(id).toBe(cursor);
  expect(events[0]!.id).toMatch(/^[\w-]{40,}$/);
});

describe.each(streamingTransports)('the resume position of the transport, over %s', (transport) => {
  it('takes precedence over the argument `after`', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const { cursor: after } = await fetchSession(client, sessionId);
    await ask(client, sessionId, prompts.story);
    const { cursor } = await fetchSession(client, sessionId);
    await send(client, sessionId, prompts.short);

    await using deltas = subscribeResuming(transport, {
      url: gateway.url,
      operation: messageDelta,
      variables: { sessionId, after },
      cursor,
    });
    const texts = await mergeUntil(deltas, (_texts, { state }) => state === 'COMPLETE');
    expect(texts.contents).toEqual([answers.short]);
  });

  it.each(['', 'nonsense', 'x'.repeat(5_000)])('is rejected when it is "%.8s"', async (cursor) => {
    await using gateway = await startTestGateway();
    const sessionId = await createTestSession(gateway, gateway.connect('HTTP'));
    await using deltas = subscribeResuming(transport, {
      url: gateway.url,
      operation: messageDelta,
      variables: { sessionId },
      cursor,
    });
    expect(await deltas.waitForFailure()).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('is rejected when it belongs to another session', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect('HTTP');
    const [sessionId, other] = [
      await createTestSession(gateway, client),
      await createTestSession(gateway, client),
    ];
    const { cursor } = await fetchSession(client, other);
    await using deltas = subscribeResuming(transport, {
      url: gateway.url,
      operation: sessionEvents,
      variables: { sessionId },
      cursor,
    });
    expect(await deltas.waitForFailure()).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
