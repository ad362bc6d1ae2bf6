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

/** The argument with a reader's start. Subscriptions that differ only in it select the same of each event. */
const CURSOR_ARGUMENT = 'after';

/**
 * Executes an event once for all subscriptions of the same viewer, document, operation and variables (except the
 * cursor). Readers at the same place of a log get the same event object (see S10 in docs/streaming.md), which is the
 * key of the cache; a result lives as long as its event.
 *
 * Only results without errors are shared: an error has the correlation id of one operation, and may be due to the
 * disconnect of one client.
 */
export class SharedExecution {
  readonly #results = new WeakMap<object, Map<string, PendingResult>>();
  readonly #cursorVariables = new WeakMap<
    DocumentNode,
    { readonly variable: string | undefined }
  >();
  readonly #documentNumbers = new WeakMap<DocumentNode, number>();
  #documentCount = 0;

  /** Returns a key that is equal for subscriptions that share their results. */
  computeKey(args: ExecutionArgs): string {
    const { document, operationName, variableValues, contextValue } = args;
    const { viewer } = contextValue as Context;
    const cursorVariable = this.#getCursorVariable(document);
    const variables = Object.entries(variableValues ?? {}).filter(
      ([name]) => name !== cursorVariable,
    );
    const parts = [this.#getDocumentNumber(document), operationName, variables, viewer];
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
  }

  execute(args: ExecutionArgs, event: unknown, key: string): PendingResult {
    if (typeof event !== 'object' || event === null) return executeForEvent(args, event);
    const results = this.#results.get(event) ?? new Map<string, PendingResult>();
    this.#results.set(event, results);
    const known = results.get(key);
    if (known) return known instanceof Promise ? executeIfFailed(known, args, event) : known;
    const result = executeForEvent(args, event);
    results.set(key, result);
    const forget = (): void => {
      results.delete(key);
    };
    const keepUnlessFailed = (settled: ExecutionResult): void => {
      if (settled.errors) forget();
      else results.set(key, settled);
    };
    if (result instanceof Promise) void result.then(keepUnlessFailed, forget);
    else keepUnlessFailed(result);
    return result;
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

/** Returns undefined if the cursor is not given by a variable, or if the variable is used for another argument too. */
function findCursorVariable(document: DocumentNode): string | undefined {
  const uses = new Map<string, number>();
  let cursorVariable: string | undefined;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
    },
    Argument: ({ name, value }) => {
      if (name.value === CURSOR_ARGUMENT && value.kind === Kind.VARIABLE)
        cursorVariable = value.name.value;
    },
  });
  return cursorVariable !== undefined && uses.get(cursorVariable) === 1
    ? cursorVariable
    : undefined;
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
