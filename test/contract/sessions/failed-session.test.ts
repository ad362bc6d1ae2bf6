import { describe, expect, it } from 'vitest';

import { GatewayError } from '../../../src/errors/gateway-error.ts';
import { holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('over %s', (transport) => {
  it('subscribers of a session that cannot be resumed get the error and can resume later', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    gateway
      .findOpenSession(sessionId)
      ?.handleAttachFailure(
        new GatewayError('SESSION_CORRUPT', 'The history of this session cannot be read.'),
      );
    await deltas.closed;
    expect(JSON.stringify(deltas.error)).toContain('"code":"SESSION_CORRUPT"');

    await using again = await client.subscribe(messageDelta, { sessionId });
    await ask(client, sessionId, prompts.short);
    await mergeUntil(again, holdsComplete(answers.short));
  });
});
