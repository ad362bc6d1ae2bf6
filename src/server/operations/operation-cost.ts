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

import { type Amount, plus, times, type Variables } from './cost-expression.ts';

type Parent = GraphQLNamedType | undefined;
type Field = GraphQLField<unknown, unknown> | undefined;

/** What an operation asks for, before anything of it is done. */
export interface Measure {
  /** Of fields; one without a selection has 1. */
  readonly depth: number;
  /** How many objects it may give when all pages are full. Lists without pages count once. */
  readonly objects: Amount;
  /** How long its fields ask to wait, in milliseconds. */
  readonly waitMs: Amount;
}

const nothing: Measure = { depth: 0, objects: 0, waitMs: 0 };
const LARGEST_PAGE = 100;
const metaFields = [SchemaMetaFieldDef, TypeMetaFieldDef];

/**
 * Measures operations of one document. Own code, because the packages for it (graphql-armor, graphql-query-complexity,
 * Pothos' complexity) leave out pages, or go through the document for each operation again. Each fragment is gone
 * through once, wherever it is spread.
 */
export class DocumentMeasure {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #ofFragments = new Map<string, Measure>();
  readonly #ofOperations = new Map<OperationDefinitionNode, Measure>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#document = document;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
    }
  }

  get aliases(): number {
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

  of(operation: OperationDefinitionNode): Measure {
    const known = this.#ofOperations.get(operation);
    if (known) return known;
    const root = this.#schema.getRootType(operation.operation) ?? undefined;
    const measure = this.#ofSelections(operation.selectionSet, root);
    this.#ofOperations.set(operation, measure);
    return measure;
  }

  /** Those of fragments included. */
  rootFields({ selectionSet }: OperationDefinitionNode): number {
    return this.#rootFields(selectionSet, new Set());
  }

  #rootFields({ selections }: SelectionSetNode, spread: Set<string>): number {
    return selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + 1;
      const set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : this.#next(node, spread);
      return set ? sum + this.#rootFields(set, spread) : sum;
    }, 0);
  }

  /** Of a fragment that was not spread before: the executor takes it once as well. */
  #next({ name }: { name: { value: string } }, spread: Set<string>): SelectionSetNode | undefined {
    if (spread.has(name.value)) return undefined;
    spread.add(name.value);
    return this.#fragments.get(name.value)?.selectionSet;
  }

  #ofSelections({ selections }: SelectionSetNode, parent: Parent): Measure {
    const spread = new Set<string>();
    const isFirst = (node: SelectionNode): boolean => {
      if (node.kind !== Kind.FRAGMENT_SPREAD) return true;
      const isNew = !spread.has(node.name.value);
      spread.add(node.name.value);
      return isNew;
    };
    return selections
      .filter(isFirst)
      .map((node) => this.#ofSelection(node, parent))
      .reduce(together, nothing);
  }

  #ofSelection(node: SelectionNode, parent: Parent): Measure {
    switch (node.kind) {
      case Kind.FIELD:
        return this.#ofField(node, this.#fieldOf(parent, node.name.value));
      case Kind.INLINE_FRAGMENT:
        return this.#ofSelections(node.selectionSet, this.#typeOf(node.typeCondition, parent));
      case Kind.FRAGMENT_SPREAD:
        return this.#ofFragment(node.name.value);
    }
  }

  #ofField(node: FieldNode, field: Field): Measure {
    const { selectionSet } = node;
    const type = field && getNamedType(field.type);
    const within = selectionSet ? this.#ofSelections(selectionSet, type) : nothing;
    return {
      depth: within.depth + 1,
      objects: selectionSet ? plus(1, times(pageSize(node, field), within.objects)) : 0,
      waitMs: plus(within.waitMs, waitMs(node, field)),
    };
  }

  #ofFragment(name: string): Measure {
    const known = this.#ofFragments.get(name);
    const fragment = this.#fragments.get(name);
    if (known || !fragment) return known ?? nothing;
    // A fragment in itself is for the validation to refuse.
    this.#ofFragments.set(name, nothing);
    const type = this.#typeOf(fragment.typeCondition, undefined);
    const measure = this.#ofSelections(fragment.selectionSet, type);
    this.#ofFragments.set(name, measure);
    return measure;
  }

  #typeOf(condition: { name: { value: string } } | undefined, otherwise: Parent): Parent {
    return condition ? this.#schema.getType(condition.name.value) : otherwise;
  }

  #fieldOf(parent: Parent, name: string): Field {
    if (parent === this.#schema.getQueryType()) {
      const meta = metaFields.find((field) => field.name === name);
      if (meta) return meta;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }
}

/** What the variables are when none are given. */
export function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function together(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    objects: plus(a.objects, b.objects),
    waitMs: plus(a.waitMs, b.waitMs),
  };
}

function pageSize(node: FieldNode, field: Field): Amount {
  const usual = field?.extensions['pageSize'];
  if (typeof usual !== 'number') return 1;
  const given = argument(node, 'first') ?? argument(node, 'last');
  return numberOf(given, { absent: usual, most: LARGEST_PAGE });
}

function waitMs(node: FieldNode, field: Field): Amount {
  const name = field?.extensions['waitsFor'];
  if (typeof name !== 'string') return 0;
  const usual = Number(field?.args.find((arg) => arg.name === name)?.defaultValue);
  return numberOf(argument(node, name), { absent: usual, most: Number.MAX_SAFE_INTEGER });
}

function argument(node: FieldNode, name: string): ASTNode | undefined {
  return node.arguments?.find((arg) => arg.name.value === name)?.value;
}

/** What is no number is refused by others. */
function numberOf(
  node: ASTNode | undefined,
  { absent, most }: { readonly absent: number; readonly most: number },
): Amount {
  const within = (value: unknown): number =>
    typeof value === 'number' ? Math.min(Math.max(0, value), most) : absent;
  if (node?.kind === Kind.INT) return within(Number(node.value));
  if (node?.kind !== Kind.VARIABLE) return absent;
  const name = node.name.value;
  return ({ variables }) => within(variables[name]);
}
