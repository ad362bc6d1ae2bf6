import {
  type FieldNode,
  type FragmentSpreadNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type InlineFragmentNode,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Returns the arguments of each selection of the field `name` of the result, one entry per selection. */
export function collectSelectedArguments(
  info: GraphQLResolveInfo,
  name: string,
): Record<string, unknown>[] {
  const type = getNamedType(info.returnType);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  return info.fieldNodes
    .flatMap(({ selectionSet }) => collectFields(selectionSet, info))
    .filter((node) => node.name.value === name)
    .map((node) => (field ? getArgumentValues(field, node, info.variableValues) : {}));
}

function collectFields(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (set?.selections ?? [])
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) =>
      selection.kind === Kind.FIELD
        ? [selection]
        : collectFields(findSelectionSet(selection, info), info),
    );
}

function findSelectionSet(
  fragment: FragmentSpreadNode | InlineFragmentNode,
  { fragments }: GraphQLResolveInfo,
): SelectionSetNode | undefined {
  return fragment.kind === Kind.INLINE_FRAGMENT
    ? fragment.selectionSet
    : fragments[fragment.name.value]?.selectionSet;
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
