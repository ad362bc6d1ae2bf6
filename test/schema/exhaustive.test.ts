import { buildSchema, execute, type GraphQLInterfaceType, printSchema } from 'graphql';
import { expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import type { DocumentType } from '../generated/gql.ts';
import { SessionEventsAllFieldsSubscriptionDocument as document } from '../generated/graphql.ts';
import { storeKey } from './exhaustive.ts';
import { sampleOf } from './sample.ts';

// The printed contract has no resolvers of ours: samples pass through it as they are.
const contract = buildSchema(printSchema(schema));
const SessionEvent = contract.getType('SessionEvent') as GraphQLInterfaceType;
const eventTypes = contract.getPossibleTypes(SessionEvent);

test.each(eventTypes.map((type) => [type.name, type] as const))(
  'a typed client knows what to do with %s',
  async (name, type) => {
    const result = await execute({
      schema: contract,
      document,
      rootValue: { sessionEvents: sampleOf(contract, type) },
      variableValues: { sessionId: 'sample' },
    });
    const { sessionEvents } = result.data as DocumentType<typeof document>;

    expect(result.errors).toBeUndefined();
    expect(sessionEvents.__typename).toBe(name);
    expect(storeKey(sessionEvents)).toContain('sample');
  },
);
