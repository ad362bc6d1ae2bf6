import { describe, expect, it } from 'vitest';

import { waitUntil } from '../../support/assertions/until.ts';
import { holds, holdsComplete, mergeUntil } from '../../support/clients/merged-until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import {
  createTestSession,
  fetchSession,
  listReplies,
  readSession,
} from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { ask, fetchTurn, send } from '../../support/operations/turns.ts';
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';

const interrupted = { state: 'FAILED', error: { code: 'TURN_INTERRUPTED', retryable: true } };

describe.each(streamingTransports)(
  'a runtime that is killed during an answer, over %s',
  (transport) => {
    it('leaves no torn text when it is bundled', async () => {
      await using gateway = await KillableGateway.start({ runtime: 'own' });
      const { client } = gateway;
      const sessionId = await createTestSession(gateway, client);
      const { cursor: after } = await fetchSession(client, sessionId);
      await using deltas = subscribeResuming(transport, {
        url: gateway.url,
        operation: messageDelta,
        variables: { sessionId, after },
      });
      await ask(client, sessionId, prompts.story);
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.nextCall()).write('Never fini');
      await mergeUntil(deltas, holds(answers.story, 'Never fini'));

      await gateway.killRuntime();
      await mergeUntil(deltas, holds(answers.story));
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject(interrupted);
      await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
        what: () => `the next runtime: ${gateway.current.output()}`,
      });
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
      await mergeUntil(deltas, holdsComplete(answers.story, answers.short));
      expect(await listReplies(client, sessionId)).toEqual([answers.story, answers.short]);
      expect(deltas.ends.collected).toEqual([]);
    });

    it('leaves no torn text when it is external', async () => {
      await using runtime = await ExternalRuntime.start();
      await using gateway = await startTestGateway({ env: runtime.env });
      const client = gateway.connect(transport);
      const sessionId = await createTestSession(gateway, client);
      await using deltas = await client.subscribe(messageDelta, { sessionId });
      await ask(client, sessionId, prompts.story);
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.nextCall()).write('Never fini');
      await mergeUntil(deltas, holds(answers.story, 'Never fini'));

      await runtime.kill();
      await mergeUntil(deltas, holds(answers.story));
      expect(await fetchTurn(client, sessionId, turn.id)).toMatchObject(interrupted);
      await runtime.start();
      await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
        what: () => 'the runtime to be found again',
      });
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
      await mergeUntil(deltas, holdsComplete(answers.story, answers.short));
      expect(await listReplies(client, sessionId)).toEqual([answers.story, answers.short]);
    });
  },
);

it('a runtime that dies during a call does not end the gateway', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await createTestSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  for (let round = 0; round < 5; round++) {
    const asking = new AbortController();
    const questions = Array.from({ length: 8 }, async () => {
      while (!asking.signal.aborted) await client.execute(readSession, { id: sessionId });
    });
    await gateway.killRuntime();
    await waitUntil(async () => !(await client.run(readStatus)).status.healthy, {
      what: () => `the loss to be seen: ${gateway.current.output()}`,
    });
    asking.abort();
    await Promise.all(questions);
    await waitUntil(async () => (await client.run(readStatus)).status.healthy, {
      what: () => `the next runtime: ${gateway.current.output()}`,
    });
  }
  expect(gateway.current.process.exitCode).toBeNull();
  expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
}, 40_000);
