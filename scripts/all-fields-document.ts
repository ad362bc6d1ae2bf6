import {
  astFromValue,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  type OperationTypeNode,
  parse,
  print,
} from 'graphql';

type ObjectLike = GraphQLObjectType | GraphQLInterfaceType;
type Field = GraphQLField<unknown, unknown>;

interface Path {
  readonly schema: GraphQLSchema;
  readonly variables: Map<string, GraphQLArgument>;
  /** Names of the types around this place: none of them is opened a second time. */
  readonly open: readonly string[];
}

/** An operation that selects every field below a root field, without any alias. */
export function allFieldsDocument(
  schema: GraphQLSchema,
  operation: OperationTypeNode,
  field: Field,
): string {
  const variables = new Map(field.args.map((argument) => [argument.name, argument]));
  const selection = selectField(field, field.args, { schema, variables, open: [] });
  const name = `${field.name}AllFields${capitalized(operation)}`;
  return print(parse(`${operation} ${name}${declared(variables)} { ${selection} }`));
}

function selectField(field: Field, args: readonly GraphQLArgument[], path: Path): string {
  const passed = args.map((argument) => `${argument.name}: $${variableFor(field, argument, path)}`);
  const call = passed.length === 0 ? field.name : `${field.name}(${passed.join(', ')})`;
  return `${call} ${selectionOf(field, path)}`;
}

function selectionOf(field: Field, path: Path): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return '';
  if (path.open.includes(type.name)) return '{ __typename }';
  const inside = { ...path, open: [...path.open, type.name] };
  const own = isUnionType(type) ? [] : Object.values(type.getFields());
  const selections = ['__typename', ...own.map((each) => selectNested(each, inside))];
  if (isAbstractType(type)) {
    const known = new Set(own.map((each) => each.name));
    for (const concrete of path.schema.getPossibleTypes(type)) {
      selections.push(selectConcrete(concrete, known, inside));
    }
  }
  return `{ ${selections.join(' ')} }`;
}

function selectConcrete(type: ObjectLike, known: ReadonlySet<string>, path: Path): string {
  const isOpen = path.open.includes(type.name);
  const inside = { ...path, open: [...path.open, type.name] };
  const fields = Object.values(type.getFields())
    .filter((field) => !known.has(field.name))
    .map((field) => selectNested(field, inside));
  return `... on ${type.name} { ${isOpen || fields.length === 0 ? '__typename' : fields.join(' ')} }`;
}

function selectNested(field: Field, path: Path): string {
  return selectField(field, field.args.filter(isRequiredArgument), path);
}

/** The root field's arguments keep their names; a nested one gets its field's name in front. */
function variableFor(field: Field, argument: GraphQLArgument, { variables, open }: Path): string {
  if (open.length === 0) return argument.name;
  const name = `${field.name}${capitalized(argument.name)}`;
  const declaredBefore = variables.get(name);
  if (declaredBefore !== undefined && declaredBefore !== argument) {
    throw new Error(`two arguments would be the variable $${name}`);
  }
  variables.set(name, argument);
  return name;
}

function declared(variables: ReadonlyMap<string, GraphQLArgument>): string {
  if (variables.size === 0) return '';
  const each = [...variables].map(([name, argument]) => `$${name}: ${variableType(argument)}`);
  return `(${each.join(', ')})`;
}

/** Relay does not let a variable be both non-null and have a default. */
function variableType({ defaultValue, type }: GraphQLArgument): string {
  const value = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return value == null ? String(type) : `${String(getNullableType(type))} = ${print(value)}`;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
