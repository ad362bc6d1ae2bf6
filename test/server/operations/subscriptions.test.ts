import { buildSchema, type ExecutionArgs, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { expect, it } from 'vitest';

import type { Context } from '../../../src/resolvers/context.ts';
import { Drain } from '../../../src/server/operations/drain.ts';
import { useSubscriptions } from '../../../src/server/operations/use-subscriptions.ts';
import { Collector } from '../../support/clients/collector.ts';

type Subscribe = (args: ExecutionArgs) => Promise<AsyncIterator<unknown>>;

function subscribeBy(plugin: Plugin<Context>): Subscribe {
  let subscribe: unknown;
  const setSubscribeFn = (given: unknown): void => {
    subscribe = given;
  };
  void plugin.onSubscribe?.({ setSubscribeFn } as never);
  return subscribe as Subscribe;
}

it('a value that is being made when the gateway begins to drain comes before SHUTTING_DOWN', async () => {
  const drain = new Drain();
  const ticks = new Collector<{ cursor: () => Promise<string> }>();
  const schema = buildSchema(
    'type Query { a: ID } type Tick { cursor: ID } type Subscription { tick: Tick }',
  );
  const { tick } = schema.getSubscriptionType()!.getFields();
  tick!.subscribe = async function* () {
    for await (const value of ticks) yield { tick: value };
  };
  const gateway = { activeSubscriptions: 0 };
  const values = await subscribeBy(useSubscriptions({ drain, report: () => () => undefined }))({
    schema,
    document: parse('subscription { tick { cursor } }'),
    contextValue: {
      ...{
        correlationId: 'r',
        viewer: {},
        ip: '',
        lastEvent: { cursor: null },
        streamDeadlines: [],
      },
      services: { gateway, admission: { subscriptions: { acquire: () => () => undefined } } },
    },
  });
  let finish = (_cursor: string): void => undefined;
  const made = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    ticks.push({
      cursor: () => {
        resolve();
        return made;
      },
    });
  });
  const next = values.next();
  await begun;
  drain.start();
  finish('c');
  expect(await next).toEqual({ done: false, value: { data: { tick: { cursor: 'c' } } } });
  expect(await values.next()).toMatchObject({
    value: { errors: [{ extensions: { code: 'SHUTTING_DOWN' } }] },
  });
  expect(await values.next()).toMatchObject({ done: true });
  expect(gateway.activeSubscriptions).toBe(0);
});
