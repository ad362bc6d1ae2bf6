import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';

import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description:
    'A point in time, as a string in RFC 3339 format in UTC, for example `2026-01-31T12:00:00.000Z`.',
});
builder.addScalarType('JSON', JSONResolver, {
  description: 'Any JSON value: object, list, string, number, boolean or null.',
});
builder.addScalarType(
  'Cursor',
  new GraphQLScalarType<string, string>({ name: 'Cursor', ...createCursorCoercion() }),
  {
    description:
      'An opaque position in the events of one session. Do not parse or compare it; pass it as `after` to `sessionEvents` or `messageDelta` of the same session. It stays valid over restarts of the gateway and the runtime. A cursor of another session fails with BAD_USER_INPUT, and one whose position was lost fails with CURSOR_EXPIRED.',
  },
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
  // Errors of other classes are reported as INTERNAL_SERVER_ERROR.
  throw new GraphQLError('Cursor must be a string.');
}
