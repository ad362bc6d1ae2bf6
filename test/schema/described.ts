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

/** Everything of ours that can have a description, with the one that it has. */
export function described(schema: GraphQLSchema): ReadonlyMap<string, Described[1]> {
  const directives = schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .flatMap(({ name, description, args }): Described[] => [
      [`@${name}`, description],
      ...ofArguments(`@${name}`, args),
    ]);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type): Described[] => [[type.name, type.description], ...ofMembers(type)]);
  return new Map([...directives, ...types]);
}

function ofMembers(type: ReturnType<GraphQLSchema['getType']>): Described[] {
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
    ...ofArguments(`${type.name}.${field.name}`, field.args),
  ]);
}

function ofArguments(path: string, args: readonly GraphQLArgument[]): Described[] {
  return args.map((each) => [`${path}(${each.name})`, each.description]);
}
