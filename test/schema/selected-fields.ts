import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** `Type.field` for each object type that a selection reaches, by itself or through an interface. */
export function selectedFields(
  schema: GraphQLSchema,
  documents: readonly DocumentNode[],
): ReadonlySet<string> {
  const selected = new Set<string>();
  for (const document of documents) {
    const typeInfo = new TypeInfo(schema);
    const enter = (): void => {
      const parent = typeInfo.getParentType();
      const field = typeInfo.getFieldDef();
      if (!parent || !field) return;
      for (const type of concreteTypes(schema, parent)) selected.add(`${type.name}.${field.name}`);
    };
    visit(document, visitWithTypeInfo(typeInfo, { Field: { enter } }));
  }
  return selected;
}

function concreteTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}
