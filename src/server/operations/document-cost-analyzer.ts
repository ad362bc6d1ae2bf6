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

/** What an operation asks for, before anything of it is done. */
export interface OperationCost {
  /** Of fields; one without a selection has 1. */
  readonly depth: number;
  /** How many objects it may give when all pages are full. Lists without pages count once. */
  readonly objects: CostExpression;
  /** How long its fields ask to wait, in milliseconds. */
  readonly waitMs: CostExpression;
}

const zeroCost: OperationCost = { depth: 0, objects: 0, waitMs: 0 };
const MAX_PAGE_SIZE = 100;
const metaFields = [SchemaMetaFieldDef, TypeMetaFieldDef];

/**
 * Measures operations of one document. Own code, because the packages for it (graphql-armor, graphql-query-complexity,
 * Pothos' complexity) leave out pages, or go through the document for each operation again. Each fragment is gone
 * through once, wherever it is spread.
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
    const measure = this.#measureSelections(operation.selectionSet, root);
    this.#operationCosts.set(operation, measure);
    return measure;
  }

  /** Those of fragments included. */
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

  /** Of a fragment that was not spread before: the executor takes it once as well. */
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
    // A fragment in itself is for the validation to refuse.
    this.#fragmentCosts.set(name, zeroCost);
    const type = this.#resolveType(fragment.typeCondition, undefined);
    const measure = this.#measureSelections(fragment.selectionSet, type);
    this.#fragmentCosts.set(name, measure);
    return measure;
  }

  #resolveType(condition: { name: { value: string } } | undefined, otherwise: Parent): Parent {
    return condition ? this.#schema.getType(condition.name.value) : otherwise;
  }

  #resolveField(parent: Parent, name: string): Field {
    if (parent === this.#schema.getQueryType()) {
      const meta = metaFields.find((field) => field.name === name);
      if (meta) return meta;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }
}

/** What the variables are when none are given. */
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
  const usual = field?.extensions['pageSize'];
  if (typeof usual !== 'number') return 1;
  const given = findArgument(node, 'first') ?? findArgument(node, 'last');
  return toCostExpression(given, { absent: usual, most: MAX_PAGE_SIZE });
}

function getWaitMs(node: FieldNode, field: Field): CostExpression {
  const name = field?.extensions['waitsFor'];
  if (typeof name !== 'string') return 0;
  const usual = Number(field?.args.find((arg) => arg.name === name)?.defaultValue);
  return toCostExpression(findArgument(node, name), {
    absent: usual,
    most: Number.MAX_SAFE_INTEGER,
  });
}

function findArgument(node: FieldNode, name: string): ASTNode | undefined {
  return node.arguments?.find((arg) => arg.name.value === name)?.value;
}

/** What is no number is refused by others. */
function toCostExpression(
  node: ASTNode | undefined,
  { absent, most }: { readonly absent: number; readonly most: number },
): CostExpression {
  const limitToRange = (value: unknown): number =>
    typeof value === 'number' ? Math.min(Math.max(0, value), most) : absent;
  if (node?.kind === Kind.INT) return limitToRange(Number(node.value));
  if (node?.kind !== Kind.VARIABLE) return absent;
  const name = node.name.value;
  return ({ variables }) => limitToRange(variables[name]);
}
