import { buildSchema, type ExecutionArgs, type GraphQLSchema, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { expect, it } from 'vitest';

import type { Context, StreamDeadline } from '../../../src/resolvers/context.ts';
import { credentialsExpiredError, streamLifetimeError } from '../../../src/resolvers/errors.ts';
import { Drain } from '../../../src/server/operations/drain.ts';
import { useSubscriptions } from '../../../src/server/operations/use-subscriptions.ts';
import { Collector } from '../../support/clients/collector.ts';

type Subscribe = (args: ExecutionArgs) => Promise<AsyncIterator<unknown>>;

interface Tick {
  readonly cursor: string | (() => Promise<string>);
}

/** Runs `subscription { tick { cursor } }` as the plugin lets Yoga run it. */
class TickSubscription {
  readonly ticks = new Collector<Tick>();
  readonly drain = new Drain();
  readonly gateway = { activeSubscriptions: 0 };
  heldSlots = 0;

  async open(streamDeadlines: readonly StreamDeadline[] = []): Promise<AsyncIterator<unknown>> {
    const subscribe = captureSubscribe(
      useSubscriptions({ drain: this.drain, report: () => () => undefined }),
    );
    const context = {
      correlationId: 'r',
      viewer: {},
      ip: '',
      lastEvent: { cursor: null },
      streamDeadlines,
      services: {
        gateway: this.gateway,
        admission: { subscriptions: { acquire: () => this.#acquireSlot() } },
      },
    };
    return subscribe({
      schema: createTickSchema(this.ticks),
      document: parse('subscription { tick { cursor } }'),
      contextValue: context,
    });
  }

  #acquireSlot(): () => void {
    this.heldSlots++;
    return () => {
      this.heldSlots--;
    };
  }
}

function captureSubscribe(plugin: Plugin<Context>): Subscribe {
  let subscribe: unknown;
  const setSubscribeFn = (given: unknown): void => {
    subscribe = given;
  };
  void plugin.onSubscribe?.({ setSubscribeFn } as never);
  return subscribe as Subscribe;
}

function createTickSchema(ticks: Collector<Tick>): GraphQLSchema {
  const schema = buildSchema(
    'type Query { a: ID } type Tick { cursor: ID } type Subscription { tick: Tick }',
  );
  const { tick } = schema.getSubscriptionType()!.getFields();
  tick!.subscribe = () => ({ [Symbol.asyncIterator]: () => iterateTicks(ticks) });
  return schema;
}

/** Not a generator: as in the product, `return()` ends a pending `next()`. */
function iterateTicks(ticks: Collector<Tick>): AsyncIterator<{ tick: Tick }> {
  const values = ticks[Symbol.asyncIterator]();
  const done = { done: true, value: undefined } as const;
  return {
    next: async () => {
      const next = await values.next().catch(() => done);
      return next.done === true ? done : { done: false, value: { tick: next.value } };
    },
    return: async () => {
      ticks.end();
      return done;
    },
  };
}

function lastResult(code: string): object {
  return { value: { errors: [{ extensions: { code } }] } };
}

it('a subscription delivers the event that is being executed before it ends with SHUTTING_DOWN', async () => {
  const subscription = new TickSubscription();
  const results = await subscription.open();
  let finish = (_cursor: string): void => undefined;
  const cursor = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const hasBegun = new Promise<void>((resolve) => {
    subscription.ticks.push({
      cursor: () => {
        resolve();
        return cursor;
      },
    });
  });
  const next = results.next();
  await hasBegun;
  subscription.drain.start();
  finish('c');
  expect(await next).toEqual({ done: false, value: { data: { tick: { cursor: 'c' } } } });
  expect(await results.next()).toMatchObject(lastResult('SHUTTING_DOWN'));
  expect(await results.next()).toMatchObject({ done: true });
  expect(subscription.gateway.activeSubscriptions).toBe(0);
});

it('a subscription that opens during the shutdown ends with SHUTTING_DOWN', async () => {
  const subscription = new TickSubscription();
  subscription.drain.start();
  const results = await subscription.open();
  expect(await results.next()).toMatchObject(lastResult('SHUTTING_DOWN'));
  expect(await results.next()).toMatchObject({ done: true });
  expect(subscription).toMatchObject({ gateway: { activeSubscriptions: 0 }, heldSlots: 0 });
});

it('a subscription ends with its error at the deadline, also when it waits for an event', async () => {
  const subscription = new TickSubscription();
  const results = await subscription.open([
    { at: Date.now() + 20, error: credentialsExpiredError },
    { at: Date.now() + 40, error: streamLifetimeError },
  ]);
  expect(await results.next()).toMatchObject(lastResult('UNAUTHENTICATED'));
  expect(await results.next()).toMatchObject({ done: true });
  expect(subscription).toMatchObject({ gateway: { activeSubscriptions: 0 }, heldSlots: 0 });
});
