import { describe, expect, it } from 'vitest';

import { until } from '../../support/assertions/until.ts';
import { holds, holdsComplete, mergedUntil } from '../../support/clients/merged-until.ts';
import { subscribeResuming } from '../../support/clients/resuming-client.ts';
import { streamingTransports } from '../../support/clients/transports.ts';
import { startTestGateway } from '../../support/gateway/gateway.ts';
import { KillableGateway } from '../../support/gateway/killable-gateway.ts';
import { answers, prompts } from '../../support/models/scripted-model.ts';
import { messageDelta } from '../../support/operations/events.ts';
import { newSession, read, readSession, repliesOf } from '../../support/operations/sessions.ts';
import { readStatus } from '../../support/operations/status.ts';
import { ask, send, turnOf } from '../../support/operations/turns.ts';
import { ExternalRuntime } from '../../support/runtimes/external-runtime.ts';

const interrupted = { state: 'FAILED', error: { code: 'TURN_INTERRUPTED', retryable: true } };

describe.each(streamingTransports)(
  'a runtime that is killed during an answer, over %s',
  (transport) => {
    it('leaves no torn text when it is bundled', async () => {
      await using gateway = await KillableGateway.start({ runtime: 'own' });
      const { client } = gateway;
      const sessionId = await newSession(gateway, client);
      const { cursor: after } = await read(client, sessionId);
      await using deltas = subscribeResuming(transport, {
        url: gateway.url,
        operation: messageDelta,
        variables: { sessionId, after },
      });
      await ask(client, sessionId, prompts.story);
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.call()).write('Never fini');
      await mergedUntil(deltas, holds(answers.story, 'Never fini'));

      await gateway.killRuntime();
      await mergedUntil(deltas, holds(answers.story));
      expect(await turnOf(client, sessionId, turn.id)).toMatchObject(interrupted);
      await until(async () => (await client.run(readStatus)).status.healthy, {
        what: () => `the next runtime: ${gateway.current.output()}`,
      });
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
      await mergedUntil(deltas, holdsComplete(answers.story, answers.short));
      expect(await repliesOf(client, sessionId)).toEqual([answers.story, answers.short]);
      expect(deltas.ends.collected).toEqual([]);
    });

    it('leaves no torn text when it is external', async () => {
      await using runtime = await ExternalRuntime.start();
      await using gateway = await startTestGateway({ env: runtime.env });
      const client = gateway.connect(transport);
      const sessionId = await newSession(gateway, client);
      await using deltas = await client.subscribe(messageDelta, { sessionId });
      await ask(client, sessionId, prompts.story);
      const held = gateway.model.hold();
      const { turn } = await send(client, sessionId, held.prompt);
      (await held.call()).write('Never fini');
      await mergedUntil(deltas, holds(answers.story, 'Never fini'));

      await runtime.kill();
      await mergedUntil(deltas, holds(answers.story));
      expect(await turnOf(client, sessionId, turn.id)).toMatchObject(interrupted);
      await runtime.start();
      await until(async () => (await client.run(readStatus)).status.healthy, {
        what: () => 'the runtime to be found again',
      });
      expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
      await mergedUntil(deltas, holdsComplete(answers.story, answers.short));
      expect(await repliesOf(client, sessionId)).toEqual([answers.story, answers.short]);
    });
  },
);

it('a runtime that dies during a call does not end the gateway', async () => {
  await using gateway = await KillableGateway.start({ runtime: 'own' });
  const { client } = gateway;
  const sessionId = await newSession(gateway, client);
  await ask(client, sessionId, prompts.short);
  for (let round = 0; round < 5; round++) {
    const asking = new AbortController();
    const questions = Array.from({ length: 8 }, async () => {
      while (!asking.signal.aborted) await client.execute(readSession, { id: sessionId });
    });
    await gateway.killRuntime();
    await until(async () => !(await client.run(readStatus)).status.healthy, {
      what: () => `the loss to be seen: ${gateway.current.output()}`,
    });
    asking.abort();
    await Promise.all(questions);
    await until(async () => (await client.run(readStatus)).status.healthy, {
      what: () => `the next runtime: ${gateway.current.output()}`,
    });
  }
  expect(gateway.current.process.exitCode).toBeNull();
  expect(await ask(client, sessionId, prompts.short)).toMatchObject({ state: 'COMPLETED' });
}, 40_000);
