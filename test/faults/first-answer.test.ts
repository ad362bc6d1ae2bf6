import { expect, it } from 'vitest';

import { waitUntil } from '../support/assertions/until.ts';
import { subscribeResuming } from '../support/clients/resuming-client.ts';
import type { Client } from '../support/clients/transports.ts';
import { KillableGateway } from '../support/gateway/killable-gateway.ts';
import { prompts } from '../support/models/scripted-model.ts';
import { messageDelta } from '../support/operations/events.ts';
import { createTestSession, fetchSession, readSession } from '../support/operations/sessions.ts';
import { ask, send } from '../support/operations/turns.ts';
import { Screen } from './screen.ts';

/** Each looks at another moment of the time in which the runtime writes a new session down. */
const ROUNDS = 8;
const STEP_MS = 3;

const kills = {
  runtime: async (gateway: KillableGateway) => {
    expect(await gateway.killRuntime()).toBeGreaterThan(0);
  },
  gateway: async (gateway: KillableGateway) => {
    await gateway.kill();
    await gateway.startAgain();
  },
};

it.each(Object.entries(kills))(
  'a session survives a kill of the %s while its first answer is written to the journal',
  async (_what, kill) => {
    await using gateway = await KillableGateway.start({ runtime: 'own' });
    const { client } = gateway;
    const other = await createTestSession(gateway, client);
    await ask(client, other, prompts.short);
    for (let round = 0; round < ROUNDS; round++) {
      const { sessionId, screen } = await begin(gateway);
      const held = gateway.model.hold();
      await send(client, sessionId, held.prompt);
      const call = await held.nextCall();
      call.write('The end.');
      call.finish();
      await new Promise((resolve) => setTimeout(resolve, round * STEP_MS));
      await kill(gateway);
      await answered(client, sessionId);
      await screen.isRight();
      expect(screen.problems).toEqual([]);
      screen.leave();
    }
    expect(await client.run(readSession, { id: other })).toMatchObject({ session: { id: other } });
  },
  120_000,
);

async function begin(gateway: KillableGateway): Promise<{ sessionId: string; screen: Screen }> {
  const { client, url } = gateway;
  const sessionId = await createTestSession(gateway, client);
  const { cursor } = await fetchSession(client, sessionId);
  const screen = new Screen({
    ...{ client, sessionId, cursor },
    subscribe: (after) =>
      subscribeResuming('WebSocket', {
        ...{ url, operation: messageDelta, variables: { sessionId, after } },
        retryWaitMs: 50,
      }),
  });
  return { sessionId, screen };
}

/** What can't be tried again fails at once. */
async function answered(client: Client, sessionId: string): Promise<void> {
  await waitUntil(
    async () => {
      const outcome = await client.execute(readSession, { id: sessionId });
      expect(JSON.stringify(outcome)).not.toContain('SESSION_NOT_FOUND');
      const turn = await ask(client, sessionId, prompts.short).catch((error: unknown) => {
        expect(String(error)).not.toContain('SESSION_NOT_FOUND');
        return undefined;
      });
      return turn?.state === 'COMPLETED';
    },
    { what: () => 'an answer', timeoutMs: 30_000 },
  );
}
