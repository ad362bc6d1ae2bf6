import SchemaBuilder from '@pothos/core';

import type { Context } from '../resolvers/context.ts';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
    ID: { Input: string; Output: string };
  };
}>({ defaultFieldNullability: false });

builder.queryType({ description: 'What can be read at once.' });
builder.mutationType({
  description: 'What changes sessions. Each field takes one input and fails on its own.',
});
builder.subscriptionType({ description: 'What happens, as it happens.' });
