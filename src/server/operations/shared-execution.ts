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

type PendingResult = ExecutionResult | Promise<ExecutionResult>;

/** The argument that says where a reader begins: two that differ in it only ask for the same of each event. */
const CURSOR_ARGUMENT = 'after';

/** What one event gives is computed once for all subscriptions that ask the same of it, for the same viewer. */
export class SharedExecution {
  readonly #results = new WeakMap<object, Map<string, PendingResult>>();
  readonly #cursorVariables = new WeakMap<
    DocumentNode,
    { readonly variable: string | undefined }
  >();
  readonly #documentNumbers = new WeakMap<DocumentNode, number>();
  #documentCount = 0;

  /** Equal for subscriptions that share their results. */
  computeKey(args: ExecutionArgs): string {
    const { document, operationName, variableValues, contextValue } = args;
    const { viewer } = contextValue as Context;
    const position = this.#getCursorVariable(document);
    const variables = Object.entries(variableValues ?? {}).filter(([name]) => name !== position);
    const asked = [this.#getDocumentNumber(document), operationName, variables, viewer];
    return createHash('sha256').update(JSON.stringify(asked)).digest('base64');
  }

  execute(args: ExecutionArgs, event: unknown, key: string): PendingResult {
    if (typeof event !== 'object' || event === null) return executeForEvent(args, event);
    const results = this.#results.get(event) ?? new Map<string, PendingResult>();
    this.#results.set(event, results);
    const known = results.get(key);
    if (known) return known instanceof Promise ? executeIfFailed(known, args, event) : known;
    const result = executeForEvent(args, event);
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

  #getDocumentNumber(document: DocumentNode): number {
    const known = this.#documentNumbers.get(document);
    if (known !== undefined) return known;
    this.#documentNumbers.set(document, ++this.#documentCount);
    return this.#documentCount;
  }

  #getCursorVariable(document: DocumentNode): string | undefined {
    const known = this.#cursorVariables.get(document);
    if (known) return known.variable;
    const variable = findCursorVariable(document);
    this.#cursorVariables.set(document, { variable });
    return variable;
  }
}

/** Undefined when the position is none, is written in the document, or is used for something else as well. */
function findCursorVariable(document: DocumentNode): string | undefined {
  const uses = new Map<string, number>();
  let position: string | undefined;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
    },
    Argument: ({ name, value }) => {
      if (name.value === CURSOR_ARGUMENT && value.kind === Kind.VARIABLE)
        position = value.name.value;
    },
  });
  return position !== undefined && uses.get(position) === 1 ? position : undefined;
}

async function executeIfFailed(
  known: Promise<ExecutionResult>,
  args: ExecutionArgs,
  event: object,
): Promise<ExecutionResult> {
  const result = await known.catch(() => undefined);
  return result && !result.errors ? result : executeForEvent(args, event);
}

function executeForEvent(args: ExecutionArgs, event: unknown): PendingResult {
  return execute({ ...args, rootValue: event });
}
