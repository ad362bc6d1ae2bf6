import {
  type ExecutionArgs,
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { expect, it } from 'vitest';

import { SharedExecution } from '../../../src/server/operations/shared-execution.ts';

interface Tick {
  readonly n: number;
}

let executionCount = 0;

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { n: { type: GraphQLInt } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      tick: {
        type: new GraphQLNonNull(GraphQLInt),
        args: { after: { type: GraphQLString }, from: { type: GraphQLInt } },
        resolve: ({ n }: Tick, _args, { fails }: { fails?: boolean }) => {
          executionCount++;
          if (fails) throw new GraphQLError('specific to this operation');
          return n;
        },
      },
    },
  }),
});

const document = parse(
  'subscription ($after: String, $from: Int) { tick(after: $after, from: $from) }',
);
const documentWithTwoUses = parse(
  'subscription ($after: String) { tick(after: $after) @skip(if: false) echo: tick(after: $after) }',
);

function createSubscription(
  variableValues: Record<string, unknown>,
  { viewer = 'one', fails = false, query = document } = {},
): ExecutionArgs {
  return {
    schema,
    document: query,
    variableValues,
    contextValue: { viewer: { id: viewer }, fails },
  };
}

function executeEvent(...subscriptions: readonly ExecutionArgs[]): unknown[] {
  const shared = new SharedExecution();
  const event = { n: 1 };
  executionCount = 0;
  return subscriptions.map((args) => shared.execute(args, event, shared.computeKey(args)));
}

it('subscriptions that differ only in their cursor share the execution of an event', () => {
  const [one, other] = executeEvent(
    createSubscription({ after: 'a', from: 1 }),
    createSubscription({ from: 1 }),
  );
  expect(other).toBe(one);
  expect(one).toEqual({ data: { tick: 1 } });
  expect(executionCount).toBe(1);
});

it.each([
  ['other variables', createSubscription({ from: 2 })],
  ['another viewer', createSubscription({ from: 1 }, { viewer: 'two' })],
  [
    'another document',
    createSubscription({ from: 1 }, { query: parse('subscription { tick(from: 1) }') }),
  ],
])('a subscription with %s has its own execution', (_what, other) => {
  const [one, two] = executeEvent(createSubscription({ from: 1 }), other);
  expect(two).not.toBe(one);
  expect(executionCount).toBe(2);
});

it('operations are not executed together if their cursor variable is also used by another argument', () => {
  executeEvent(
    createSubscription({ after: 'a' }, { query: documentWithTwoUses }),
    createSubscription({ after: 'b' }, { query: documentWithTwoUses }),
  );
  expect(executionCount).toBe(4);
});

it('the error of one subscription is not shared with another', () => {
  const [failed, other] = executeEvent(
    createSubscription({}, { fails: true }),
    createSubscription({}),
  );
  expect(failed).toMatchObject({ errors: [{ message: 'specific to this operation' }] });
  expect(other).toEqual({ data: { tick: 1 } });
});
