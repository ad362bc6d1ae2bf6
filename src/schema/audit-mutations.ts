import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';

import { runAudited, toAuditableName } from '../resolvers/audit.ts';
import type { Context } from '../resolvers/context.ts';

interface MutationArguments {
  readonly input: { readonly sessionId?: unknown };
}

/** Wraps every mutation of the schema, so that each call writes an audit record on every transport. */
export function auditMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve = defaultFieldResolver } = field;
    field.resolve = (
      ...parameters: Parameters<GraphQLFieldResolver<unknown, Context, MutationArguments>>
    ) => {
      const [, { input }, context] = parameters;
      const session = toAuditableName(input.sessionId);
      return runAudited({ audit: 'mutation', what: name, session }, context, () =>
        resolve(...parameters),
      );
    };
  }
  return schema;
}
