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

interface Ticked {
  readonly n: number;
}

let executed = 0;

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { n: { type: GraphQLInt } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      tick: {
        type: new GraphQLNonNull(GraphQLInt),
        args: { after: { type: GraphQLString }, from: { type: GraphQLInt } },
        resolve: ({ n }: Ticked, _args, { fails }: { fails?: boolean }) => {
          executed++;
          if (fails) throw new GraphQLError('of this request only');
          return n;
        },
      },
    },
  }),
});

const document = parse(
  'subscription ($after: String, $from: Int) { tick(after: $after, from: $from) }',
);
const twice = parse(
  'subscription ($after: String) { tick(after: $after) @skip(if: false) echo: tick(after: $after) }',
);

function subscription(
  variableValues: Record<string, unknown>,
  { viewer = 'one', fails = false, of = document } = {},
): ExecutionArgs {
  return { schema, document: of, variableValues, contextValue: { viewer: { id: viewer }, fails } };
}

function resultsOf(...subscriptions: readonly ExecutionArgs[]): unknown[] {
  const shared = new SharedExecution();
  const event = { n: 1 };
  executed = 0;
  return subscriptions.map((args) => shared.execute(args, event, shared.computeKey(args)));
}

it('an event is executed once for subscriptions that differ in their position only', () => {
  const [one, other] = resultsOf(subscription({ after: 'a', from: 1 }), subscription({ from: 1 }));
  expect(other).toBe(one);
  expect(one).toEqual({ data: { tick: 1 } });
  expect(executed).toBe(1);
});

it.each([
  ['other variables', subscription({ from: 2 })],
  ['another viewer', subscription({ from: 1 }, { viewer: 'two' })],
  ['another document', subscription({ from: 1 }, { of: parse('subscription { tick(from: 1) }') })],
])('one with %s is executed by itself', (_what, other) => {
  const [one, two] = resultsOf(subscription({ from: 1 }), other);
  expect(two).not.toBe(one);
  expect(executed).toBe(2);
});

it('a position that is used for something else as well counts as a variable', () => {
  resultsOf(
    subscription({ after: 'a' }, { of: twice }),
    subscription({ after: 'b' }, { of: twice }),
  );
  expect(executed).toBe(4);
});

it('the error of one is not given to another', () => {
  const [failed, other] = resultsOf(subscription({}, { fails: true }), subscription({}));
  expect(failed).toMatchObject({ errors: [{ message: 'of this request only' }] });
  expect(other).toEqual({ data: { tick: 1 } });
});
