import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';

import { runAudited, toAuditableName } from '../resolvers/audit.ts';
import type { Context } from '../resolvers/context.ts';

interface MutationArguments {
  readonly input: { readonly sessionId?: unknown };
}

/** Every mutation there is leaves a record, on each transport; none can be added without. */
export function auditMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name: what, resolve = defaultFieldResolver } = field;
    field.resolve = (
      ...asked: Parameters<GraphQLFieldResolver<unknown, Context, MutationArguments>>
    ) => {
      const [, { input }, context] = asked;
      const session = toAuditableName(input.sessionId);
      const act = (): unknown => resolve(...asked);
      return runAudited({ audit: 'mutation', what, session }, context, act);
    };
  }
  return schema;
}
