import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';

import { auditableName, audited } from '../resolvers/audit.ts';
import type { Context } from '../resolvers/context.ts';

interface Arguments {
  readonly input: { readonly sessionId?: unknown };
}

/** Every mutation there is leaves a record, on each transport; none can be added without. */
export function auditedMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name: what, resolve = defaultFieldResolver } = field;
    field.resolve = (...asked: Parameters<GraphQLFieldResolver<unknown, Context, Arguments>>) => {
      const [, { input }, context] = asked;
      const session = auditableName(input.sessionId);
      const act = (): unknown => resolve(...asked);
      return audited({ audit: 'mutation', what, session }, context, act);
    };
  }
  return schema;
}
