import { createHash } from 'node:crypto';

import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  Kind,
  visit,
} from 'graphql';

import type { Context } from '../../resolvers/context.ts';

type Pending = ExecutionResult | Promise<ExecutionResult>;

/** The argument that says where a reader begins: two that differ in it only ask for the same of each event. */
const POSITION_ARGUMENT = 'after';

/** What one event gives is computed once for all subscriptions that ask the same of it, for the same viewer. */
export class SharedResults {
  readonly #results = new WeakMap<object, Map<string, Pending>>();
  readonly #positions = new WeakMap<DocumentNode, { readonly variable: string | undefined }>();
  readonly #documents = new WeakMap<DocumentNode, number>();
  #documentCount = 0;

  /** Equal for subscriptions that share their results. */
  keyOf(args: ExecutionArgs): string {
    const { document, operationName, variableValues, contextValue } = args;
    const { viewer } = contextValue as Context;
    const position = this.#positionVariable(document);
    const variables = Object.entries(variableValues ?? {}).filter(([name]) => name !== position);
    const asked = [this.#numberOf(document), operationName, variables, viewer];
    return createHash('sha256').update(JSON.stringify(asked)).digest('base64');
  }

  execute(args: ExecutionArgs, event: unknown, key: string): Pending {
    if (typeof event !== 'object' || event === null) return executeOn(args, event);
    const results = this.#results.get(event) ?? new Map<string, Pending>();
    this.#results.set(event, results);
    const known = results.get(key);
    if (known) return known instanceof Promise ? unlessFailed(known, args, event) : known;
    const result = executeOn(args, event);
    results.set(key, result);
    if (result instanceof Promise) void result.then(keep, keep);
    else keep(result);
    return result;

    /** An error is of one request: it carries its id, and may come of its client's leaving. */
    function keep(settled: unknown): void {
      const { errors } = (settled ?? {}) as ExecutionResult;
      if (settled instanceof Error || errors) results.delete(key);
      else results.set(key, settled as ExecutionResult);
    }
  }

  #numberOf(document: DocumentNode): number {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    this.#documents.set(document, ++this.#documentCount);
    return this.#documentCount;
  }

  #positionVariable(document: DocumentNode): string | undefined {
    const known = this.#positions.get(document);
    if (known) return known.variable;
    const variable = findPositionVariable(document);
    this.#positions.set(document, { variable });
    return variable;
  }
}

/** Undefined when the position is none, is written in the document, or is used for something else as well. */
function findPositionVariable(document: DocumentNode): string | undefined {
  const uses = new Map<string, number>();
  let position: string | undefined;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
    },
    Argument: ({ name, value }) => {
      if (name.value === POSITION_ARGUMENT && value.kind === Kind.VARIABLE)
        position = value.name.value;
    },
  });
  return position !== undefined && uses.get(position) === 1 ? position : undefined;
}

async function unlessFailed(
  known: Promise<ExecutionResult>,
  args: ExecutionArgs,
  event: object,
): Promise<ExecutionResult> {
  const result = await known.catch(() => undefined);
  return result && !result.errors ? result : executeOn(args, event);
}

function executeOn(args: ExecutionArgs, event: unknown): Pending {
  return execute({ ...args, rootValue: event });
}
