import {
  type GraphQLArgument,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
} from 'graphql';

type Described = readonly [path: string, description: string | null | undefined];

/** Returns the description of every own element of the schema that can have one, by its path. */
export function listDescriptions(schema: GraphQLSchema): ReadonlyMap<string, Described[1]> {
  const directives = schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .flatMap(({ name, description, args }): Described[] => [
      [`@${name}`, description],
      ...listArguments(`@${name}`, args),
    ]);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type): Described[] => [[type.name, type.description], ...listMembers(type)]);
  return new Map([...directives, ...types]);
}

function listMembers(type: ReturnType<GraphQLSchema['getType']>): Described[] {
  if (isEnumType(type)) {
    return type.getValues().map((value) => [`${type.name}.${value.name}`, value.description]);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [
      `${type.name}.${field.name}`,
      field.description,
    ]);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field): Described[] => [
    [`${type.name}.${field.name}`, field.description],
    ...listArguments(`${type.name}.${field.name}`, field.args),
  ]);
}

function listArguments(path: string, args: readonly GraphQLArgument[]): Described[] {
  return args.map((each) => [`${path}(${each.name})`, each.description]);
}
