import { EventEmitter, once } from 'node:events';
import { addAbortSignal, PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { GraphQLObjectType } from 'graphql';
import { afterAll, describe, expect, it, vi } from 'vitest';

import type { Context } from '../../../src/resolvers/context.ts';
import { schema } from '../../../src/schema/index.ts';
import { type Transport, transports } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { askAndWait } from '../../support/operations/turns.ts';

const gateway = await startTestGateway();
afterAll(() => gateway[Symbol.asyncDispose]());

/** Returns the context that an operation's resolvers receive. */
async function contextOver(transport: Transport, from: TestGateway): Promise<Context> {
  const type = schema.getQueryType();
  if (!(type instanceof GraphQLObjectType)) throw new Error('the schema has no query type');
  using resolve = vi.spyOn(type.getFields()['viewer']!, 'resolve');
  await from.connect(transport).run('{ viewer { id } }');
  return resolve.mock.calls[0]![2] as Context;
}

/** Functions of Node that take a signal. */
const takers: Readonly<Record<string, (signal: AbortSignal) => unknown>> = {
  'AbortSignal.any': (signal) => AbortSignal.any([signal, new AbortController().signal]),
  'new Request': (signal) => new Request('http://127.0.0.1/', { signal }),
  'events.once': (signal) => once(new EventEmitter(), 'never', { signal }).catch(() => undefined),
  'stream.addAbortSignal': (signal) =>
    addAbortSignal(
      signal,
      new PassThrough().on('error', () => undefined),
    ),
  'timers/promises': (signal) => wait(1, undefined, { signal }).catch(() => undefined),
  // A class that only looks like AbortSignal fails here on every version of Node.
  'the getter of AbortSignal itself': (signal) =>
    Reflect.get<AbortSignal, 'aborted'>(AbortSignal.prototype, 'aborted', signal),
};

describe.each(transports)("an operation's signal over %s", (transport) => {
  it.each(Object.keys(takers))('is accepted by %s', async (name) => {
    const { signal } = await contextOver(transport, gateway);
    expect(() => takers[name]!(signal)).not.toThrow();
  });

  it('ends the wait of finishedTurn when the client disconnects', async () => {
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    const any = vi.spyOn(AbortSignal, 'any');
    const held = gateway.model.hold();
    const answer = client.payloads(askAndWait, { input: { sessionId, prompt: held.prompt } });
    await held.nextCall();
    await vi.waitUntil(() => any.mock.results.length > 0);
    const patience = any.mock.results[0]!.value as AbortSignal;
    any.mockRestore();
    expect(patience.aborted).toBe(false);
    answer.return();
    await vi.waitUntil(() => patience.aborted);
  });
});
