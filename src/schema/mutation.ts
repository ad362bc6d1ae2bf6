import type {
  InputFieldBuilder,
  InputFieldMap,
  InputShapeFromFields,
  ObjectRef,
} from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';

import type { Context } from '../resolvers/context.ts';
import type { SessionResult } from '../resolvers/session-mutations.ts';
import { builder } from './builder.ts';
import { SessionRef } from './session.ts';

type SchemaTypes = typeof builder.$inferSchemaTypes;

export const sessionIdDescription = 'The ID of the session.';

interface MutationOptions<Fields extends InputFieldMap, Payload> {
  readonly description: string;
  readonly fields: (t: InputFieldBuilder<SchemaTypes, 'InputObject'>) => Fields;
  readonly payload: ObjectRef<SchemaTypes, Payload>;
  readonly resolve: (
    input: InputShapeFromFields<Fields>,
    context: Context,
    info: GraphQLResolveInfo,
  ) => Promise<Payload>;
}

type ResolverParameters<Fields extends InputFieldMap> = [
  root: unknown,
  args: { readonly input: InputShapeFromFields<Fields> },
  context: Context,
  info: GraphQLResolveInfo,
];

/** Declares the mutation `name` with its input type `<Name>Input`, which is its only argument. */
export function addMutation<Fields extends InputFieldMap, Payload>(
  name: string,
  { description, fields, payload, resolve }: MutationOptions<Fields, Payload>,
): void {
  const inputRef = builder.inputType(toTypeName(name, 'Input'), {
    description: `Input of the mutation \`${name}\`.`,
    fields,
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      description,
      args: {
        input: t.arg({
          type: inputRef,
          required: true,
          description: `The parameters of \`${name}\`.`,
        }),
      },
      // TypeScript cannot derive the type of `args` from generic fields.
      resolve: ((...[, args, context, info]: ResolverParameters<Fields>) =>
        resolve(args.input, context, info)) as never,
    }),
  );
}

interface SessionMutationOptions<Fields extends InputFieldMap> extends Omit<
  MutationOptions<Fields, SessionResult>,
  'payload'
> {
  /** The description of the field `session`. */
  readonly session: string;
}

/** Declares a mutation whose payload `<Name>Payload` has the one field `session`. */
export function addSessionMutation<Fields extends InputFieldMap>(
  name: string,
  { session, ...options }: SessionMutationOptions<Fields>,
): void {
  const payload = builder.objectRef<SessionResult>(toTypeName(name, 'Payload')).implement({
    description: `Result of the mutation \`${name}\`.`,
    fields: (t) => ({ session: t.expose('session', { type: SessionRef, description: session }) }),
  });
  addMutation(name, { ...options, payload });
}

function toTypeName(mutation: string, suffix: 'Input' | 'Payload'): string {
  return mutation.charAt(0).toUpperCase() + mutation.slice(1) + suffix;
}
