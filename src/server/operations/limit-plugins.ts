import type { Plugin } from 'graphql-yoga';

import type { LimitsConfig } from '../../admission/limits.ts';
import type { Context } from '../../resolvers/context.ts';
import { DocumentMeasures } from './operation-costs.ts';
import { useDocumentLimits } from './use-document-limits.ts';
import { useOperationTime } from './use-execution-timeout.ts';

/** What an operation may ask for, and how long it may take. */
export function limitingPlugins({ document, operationMs }: LimitsConfig): Plugin<Context>[] {
  const measures = new DocumentMeasures();
  return [
    useDocumentLimits(document, measures),
    useOperationTime({ limitMs: operationMs, waitMs: (args) => measures.waitMs(args) }),
  ];
}
