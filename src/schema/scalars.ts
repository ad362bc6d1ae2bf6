import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';

import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'A point in time, as an RFC 3339 string in UTC.',
});
builder.addScalarType('JSON', JSONResolver, { description: 'Any JSON value.' });
builder.addScalarType(
  'Cursor',
  new GraphQLScalarType<string, string>({ name: 'Cursor', ...cursorCoercion() }),
  { description: "Opaque position in one session's event log. Compare only by handing it back." },
);

function cursorCoercion(): {
  parseValue: (value: unknown) => string;
  serialize: (value: unknown) => string;
} {
  return { parseValue: text, serialize: text };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : fail();
}

function fail(): never {
  // Any other error would count as one of ours.
  throw new GraphQLError('Cursor must be a string.');
}
