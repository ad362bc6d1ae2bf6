import { buildSchema, execute, type GraphQLInterfaceType, printSchema } from 'graphql';
import { expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import type { DocumentType } from '../generated/gql.ts';
import { SessionEventsAllFieldsSubscriptionDocument as document } from '../generated/graphql.ts';
import { getStoreKey } from './exhaustive.ts';
import { createSample } from './sample.ts';

// The schema is built from its printed form, without resolvers, so that it returns the samples unchanged.
const contract = buildSchema(printSchema(schema));
const SessionEvent = contract.getType('SessionEvent') as GraphQLInterfaceType;
const eventTypes = contract.getPossibleTypes(SessionEvent);

test.each(eventTypes.map((type) => [type.name, type] as const))(
  'a typed client can store an event of the type %s',
  async (name, type) => {
    const result = await execute({
      schema: contract,
      document,
      rootValue: { sessionEvents: createSample(contract, type) },
      variableValues: { sessionId: 'sample' },
    });
    const { sessionEvents } = result.data as DocumentType<typeof document>;

    expect(result.errors).toBeUndefined();
    expect(sessionEvents.__typename).toBe(name);
    expect(getStoreKey(sessionEvents)).toContain('sample');
  },
);
