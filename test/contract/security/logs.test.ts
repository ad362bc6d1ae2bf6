import { expect, it } from 'vitest';

import { transports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { askAndReject } from '../../support/operations/requests.ts';
import {
  createSession,
  createTestSession,
  fetchSession,
} from '../../support/operations/sessions.ts';
import { ask, send } from '../../support/operations/turns.ts';

it('the log contains no key, prompt, answer or path at any level', async () => {
  const key = 'sk-planted-key-of-the-provider';
  const planted = 'a planted word of the user';
  await using gateway = await startTestGateway({ env: { PROVIDER_API_KEY: key } });
  const { dataDir } = gateway;
  for (const transport of transports) {
    const client = gateway.connect(transport);
    const sessionId = await createTestSession(gateway, client, {
      title: planted,
      instructions: planted,
      labels: [{ key: 'planted', value: planted }],
    });
    for (const prompt of [prompts.story, prompts.refused, prompts.retried]) {
      await ask(client, sessionId, `${prompt} ${planted}`);
    }
    await askAndReject(client, sessionId, `${prompts.shell} ${planted}`);
    await client.execute(createSession, { input: { sessionId, title: planted } });
    await client.execute(`{ session(id: "${planted}") { id } }`);
    await client.execute(messageDelta, { sessionId, after: planted }).catch(() => undefined);
    await fetchSession(client, sessionId);
    const held = gateway.model.hold();
    await send(client, sessionId, `${held.prompt} ${planted}`);
    (await held.nextCall()).write(planted);
  }
  await gateway.restart();

  const log = JSON.stringify(gateway.logs);
  expect(gateway.logs.length).toBeGreaterThan(0);
  const secrets = [key, planted, dataDir, process.cwd(), gateway.model.baseUrl, answers.story];
  for (const secret of secrets) expect(log).not.toContain(secret);
  expect(log).not.toContain(answers.afterTool);
});
