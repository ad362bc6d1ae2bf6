import { describe, expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { readStatus } from '../../support/operations/status.ts';

const DEPTH = 50_000;

/** Every one of them is below the limit of a body. */
const tooDeep = {
  'selections of fields': `${'{node'.repeat(DEPTH)}${'}'.repeat(DEPTH)}`,
  fragments: `${'{...'.repeat(DEPTH)}{status{healthy}}${'}'.repeat(DEPTH)}`,
  lists: `{node(id:${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}){id}}`,
  objects: `{node(id:${'{a:'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}){id}}`,
  types: `query($a:${'['.repeat(DEPTH)}Int${']'.repeat(DEPTH)}){status{healthy}}`,
};

describe.each(transports)('a query that is nested too deeply, over %s', (transport) => {
  it.each(Object.entries(tooDeep))(
    'is rejected with LIMIT_EXCEEDED: %s; other operations continue',
    async (_what, query) => {
      await using gateway = await startTestGateway();
      const client = gateway.connect(transport);
      const { errors } = await client.execute(query);
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(/too many tokens|nested too deeply/) as string,
          extensions: { code: 'LIMIT_EXCEEDED', retryable: false },
        },
      ]);
      expect((await client.run(readStatus)).status.healthy).toBe(true);
    },
  );
});
