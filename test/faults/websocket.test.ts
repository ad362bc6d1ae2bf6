import { it } from 'vitest';

import { subscribeResuming } from '../support/clients/resuming-client.ts';
import { seed, surviveFaults } from './fault-run.ts';

it(`no text is torn or lost over WebSocket with the stock client graphql-ws under random faults (FAULTS_SEED=${seed})`, async () => {
  await surviveFaults('graphql-ws', (operation) => subscribeResuming('WebSocket', operation));
}, 600_000);
