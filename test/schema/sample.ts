import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

const scalars = new Map<string, unknown>([
  ['Int', 1],
  ['Float', 1],
  ['Boolean', true],
]);

/** A value of the type with all its fields, made only as far as somebody selects them. */
export function sampleOf(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) return sampleOf(schema, type.ofType);
  if (isListType(type)) return [sampleOf(schema, type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isAbstractType(type)) return sampleOf(schema, schema.getPossibleTypes(type)[0]!);
  if (!isObjectType(type)) return scalars.get(type.name) ?? 'sample';
  const fields = Object.values(type.getFields()).map(
    (field) => [field.name, () => sampleOf(schema, field.type)] as const,
  );
  return { __typename: type.name, ...Object.fromEntries(fields) };
}
