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

/** Creates a value of the type. Its fields are functions, so that only selected fields are evaluated. */
export function createSample(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) return createSample(schema, type.ofType);
  if (isListType(type)) return [createSample(schema, type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isAbstractType(type)) return createSample(schema, schema.getPossibleTypes(type)[0]!);
  if (!isObjectType(type)) return scalars.get(type.name) ?? 'sample';
  const fields = Object.values(type.getFields()).map(
    (field) => [field.name, () => createSample(schema, field.type)] as const,
  );
  return { __typename: type.name, ...Object.fromEntries(fields) };
}
