import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  visit,
} from 'graphql';

import {
  addExpressions,
  type CostExpression,
  multiplyExpressions,
  type Variables,
} from './cost-expression.ts';

type Parent = GraphQLNamedType | undefined;
type Field = GraphQLField<unknown, unknown> | undefined;

/** Measures of an operation, taken before it is executed. */
export interface OperationCost {
  /** Nesting of fields; a field without a selection has depth 1. */
  readonly depth: number;
  /** Objects that the operation may return if all pages are full. A list without pages counts as one object. */
  readonly objects: CostExpression;
  /** Milliseconds that its fields ask to wait, such as `timeoutMs` of `finishedTurn`. */
  readonly waitMs: CostExpression;
}

const zeroCost: OperationCost = { depth: 0, objects: 0, waitMs: 0 };
const MAX_PAGE_SIZE = 100;
const metaFields = [SchemaMetaFieldDef, TypeMetaFieldDef];

/**
 * Measures the operations of one document: depth, aliases, root fields, and the cost of a query.
 *
 * The cost is the number of objects that the operation may return. A field with a page (`pageSize` in the field's
 * extensions) multiplies the objects below it by `first` or `last`; their values may be variables, so the cost is an
 * expression. Each fragment is visited once, however often it is spread: measuring takes linear time.
 *
 * Packages for query complexity (graphql-armor, graphql-query-complexity, Pothos' plugin) either ignore pages or
 * visit the document again for each operation.
 */
export class DocumentCostAnalyzer {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #fragmentCosts = new Map<string, OperationCost>();
  readonly #operationCosts = new Map<OperationDefinitionNode, OperationCost>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#document = document;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  get aliasCount(): number {
    let count = 0;
    visit(this.#document, {
      Field: ({ alias }) => {
        if (alias) count++;
      },
    });
    return count;
  }

  get operations(): readonly OperationDefinitionNode[] {
    return this.#document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  }

  measureOperation(operation: OperationDefinitionNode): OperationCost {
    const known = this.#operationCosts.get(operation);
    if (known) return known;
    const root = this.#schema.getRootType(operation.operation) ?? undefined;
    const cost = this.#measureSelections(operation.selectionSet, root);
    this.#operationCosts.set(operation, cost);
    return cost;
  }

  /** Counts the root fields of an operation, including those of its fragments. */
  countRootFields({ selectionSet }: OperationDefinitionNode): number {
    return this.#countRootFields(selectionSet, new Set());
  }

  #countRootFields({ selections }: SelectionSetNode, spread: Set<string>): number {
    return selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + 1;
      const set =
        node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : this.#enterFragment(node, spread);
      return set ? sum + this.#countRootFields(set, spread) : sum;
    }, 0);
  }

  /** Returns the selections of a fragment the first time that it is spread: the executor, too, collects it once. */
  #enterFragment(
    { name }: { name: { value: string } },
    spread: Set<string>,
  ): SelectionSetNode | undefined {
    if (spread.has(name.value)) return undefined;
    spread.add(name.value);
    return this.#fragments.get(name.value)?.selectionSet;
  }

  #measureSelections({ selections }: SelectionSetNode, parent: Parent): OperationCost {
    const spread = new Set<string>();
    const isFirst = (node: SelectionNode): boolean => {
      if (node.kind !== Kind.FRAGMENT_SPREAD) return true;
      const isNew = !spread.has(node.name.value);
      spread.add(node.name.value);
      return isNew;
    };
    return selections
      .filter(isFirst)
      .map((node) => this.#measureSelection(node, parent))
      .reduce(combineCosts, zeroCost);
  }

  #measureSelection(node: SelectionNode, parent: Parent): OperationCost {
    switch (node.kind) {
      case Kind.FIELD:
        return this.#measureField(node, this.#resolveField(parent, node.name.value));
      case Kind.INLINE_FRAGMENT:
        return this.#measureSelections(
          node.selectionSet,
          this.#resolveType(node.typeCondition, parent),
        );
      case Kind.FRAGMENT_SPREAD:
        return this.#measureFragment(node.name.value);
    }
  }

  #measureField(node: FieldNode, field: Field): OperationCost {
    const { selectionSet } = node;
    const type = field && getNamedType(field.type);
    const within = selectionSet ? this.#measureSelections(selectionSet, type) : zeroCost;
    return {
      depth: within.depth + 1,
      objects: selectionSet
        ? addExpressions(1, multiplyExpressions(getPageSize(node, field), within.objects))
        : 0,
      waitMs: addExpressions(within.waitMs, getWaitMs(node, field)),
    };
  }

  #measureFragment(name: string): OperationCost {
    const known = this.#fragmentCosts.get(name);
    const fragment = this.#fragments.get(name);
    if (known || !fragment) return known ?? zeroCost;
    // Ends the recursion of a fragment that spreads itself, which the validation rejects afterwards.
    this.#fragmentCosts.set(name, zeroCost);
    const type = this.#resolveType(fragment.typeCondition, undefined);
    const cost = this.#measureSelections(fragment.selectionSet, type);
    this.#fragmentCosts.set(name, cost);
    return cost;
  }

  #resolveType(condition: { name: { value: string } } | undefined, parent: Parent): Parent {
    return condition ? this.#schema.getType(condition.name.value) : parent;
  }

  #resolveField(parent: Parent, name: string): Field {
    if (parent === this.#schema.getQueryType()) {
      const meta = metaFields.find((field) => field.name === name);
      if (meta) return meta;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }
}

/** Returns the default values of the variables. */
export function getVariableDefaults({ variableDefinitions }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function combineCosts(a: OperationCost, b: OperationCost): OperationCost {
  return {
    depth: Math.max(a.depth, b.depth),
    objects: addExpressions(a.objects, b.objects),
    waitMs: addExpressions(a.waitMs, b.waitMs),
  };
}

function getPageSize(node: FieldNode, field: Field): CostExpression {
  const defaultSize = field?.extensions['pageSize'];
  if (typeof defaultSize !== 'number') return 1;
  const given = findArgument(node, 'first') ?? findArgument(node, 'last');
  return toCostExpression(given, { fallback: defaultSize, max: MAX_PAGE_SIZE });
}

function getWaitMs(node: FieldNode, field: Field): CostExpression {
  const name = field?.extensions['waitsFor'];
  if (typeof name !== 'string') return 0;
  const defaultMs = Number(field?.args.find((arg) => arg.name === name)?.defaultValue);
  return toCostExpression(findArgument(node, name), {
    fallback: defaultMs,
    max: Number.MAX_SAFE_INTEGER,
  });
}

function findArgument(node: FieldNode, name: string): ASTNode | undefined {
  return node.arguments?.find((arg) => arg.name.value === name)?.value;
}

/** Uses the fallback for a value that is not a number, which the validation or the execution rejects. */
function toCostExpression(
  node: ASTNode | undefined,
  { fallback, max }: { readonly fallback: number; readonly max: number },
): CostExpression {
  const limitToRange = (value: unknown): number =>
    typeof value === 'number' ? Math.min(Math.max(0, value), max) : fallback;
  if (node?.kind === Kind.INT) return limitToRange(Number(node.value));
  if (node?.kind !== Kind.VARIABLE) return fallback;
  const name = node.name.value;
  return ({ variables }) => limitToRange(variables[name]);
}
