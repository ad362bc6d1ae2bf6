import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';

import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'A point in time, as an RFC 3339 string in UTC.',
});
builder.addScalarType('JSON', JSONResolver, { description: 'Any JSON value.' });
builder.addScalarType(
  'Cursor',
  new GraphQLScalarType<string, string>({ name: 'Cursor', ...createCursorCoercion() }),
  { description: "Opaque position in one session's event log. Compare only by handing it back." },
);

function createCursorCoercion(): {
  parseValue: (value: unknown) => string;
  serialize: (value: unknown) => string;
} {
  return { parseValue: assertString, serialize: assertString };
}

function assertString(value: unknown): string {
  return typeof value === 'string' ? value : rejectCursor();
}

function rejectCursor(): never {
  // Any other error would count as one of ours.
  throw new GraphQLError('Cursor must be a string.');
}
