import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Returns `Type.field` for each field that is selected, for every object type that the selection can reach. */
export function listSelectedFields(
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
      for (const type of listConcreteTypes(schema, parent))
        selected.add(`${type.name}.${field.name}`);
    };
    visit(document, visitWithTypeInfo(typeInfo, { Field: { enter } }));
  }
  return selected;
}

function listConcreteTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}
