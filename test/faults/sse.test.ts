import { it } from 'vitest';

import { overGraphqlSse } from '../support/clients/stock-sse-client.ts';
import { seed, surviveFaults } from './fault-run.ts';

it(`over SSE, with the stock client graphql-sse, no text is torn or lost, whatever fails (FAULTS_SEED=${seed})`, async () => {
  await surviveFaults('graphql-sse', overGraphqlSse);
}, 600_000);
