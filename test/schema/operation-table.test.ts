import { isObjectType } from 'graphql';
import { expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { operations } from '../support/operations/operation-table.ts';

test('test/support/operations/operation-table.ts lists every root field, with who may use it', () => {
  const rootFields = ['Query', 'Mutation', 'Subscription'].flatMap((name) => {
    const type = schema.getType(name);
    return isObjectType(type)
      ? Object.keys(type.getFields()).map((field) => `${name}.${field}`)
      : [];
  });
  expect(Object.keys(operations).sort()).toEqual(rootFields.sort());
});
