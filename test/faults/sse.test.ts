import { it } from 'vitest';

import { subscribeWithGraphqlSse } from '../support/clients/stock-sse-client.ts';
import { seed, surviveFaults } from './fault-run.ts';

it(`no text is torn or lost over SSE with the stock client graphql-sse under random faults (FAULTS_SEED=${seed})`, async () => {
  await surviveFaults('graphql-sse', subscribeWithGraphqlSse);
}, 600_000);
