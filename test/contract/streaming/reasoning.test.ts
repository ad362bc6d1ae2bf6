import { describe, expect, it } from 'vitest';

import { MergedTexts } from '../../support/clients/merge.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { collectText, type LiveDelta, messageDelta } from '../../support/operations/events.ts';
import { createTestSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

describe.each(streamingTransports)('reasoning over %s', (transport) => {
  it('streams before the content and is kept with the message', async () => {
    await using gateway = await startTestGateway();
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client);
    await using deltas = await client.subscribe(messageDelta, { sessionId });
    const turn = await ask(client, sessionId, prompts.reasoning);

    expect(turn.reply).toMatchObject({
      reasoning: answers.thought,
      content: answers.afterThought,
    });
    const all: LiveDelta[] = [...(await collectText(deltas)), ...(await collectText(deltas))];
    const merged = new MergedTexts(all);
    expect(merged.getOnly('REASONING')).toBe(answers.thought);
    expect(merged.getOnly('CONTENT')).toBe(answers.afterThought);
    expect(all[0]?.kind).toBe('REASONING');
    expect(merged.get(turn.reply!.id)).toBe(answers.afterThought);
  });
});
