import type { Plugin } from 'graphql-yoga';

import type { LimitsConfig } from '../../admission/limits.ts';
import type { Context } from '../../resolvers/context.ts';
import { OperationCosts } from './operation-costs.ts';
import { useDocumentLimits } from './use-document-limits.ts';
import { useExecutionTimeout } from './use-execution-timeout.ts';

/** What an operation may ask for, and how long it may take. */
export function createLimitPlugins({
  document,
  operationTimeoutMs,
}: LimitsConfig): Plugin<Context>[] {
  const costs = new OperationCosts();
  return [
    useDocumentLimits(document, costs),
    useExecutionTimeout({
      timeoutMs: operationTimeoutMs,
      computeWaitMs: (args) => costs.computeWaitMs(args),
    }),
  ];
}
