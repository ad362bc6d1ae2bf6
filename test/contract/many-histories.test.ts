import { expect, it } from 'vitest';

import { ask, newSession } from '../support/chat.ts';
import { startTestGateway } from '../support/gateway.ts';
import { prompts } from '../support/scripted-model.ts';
import type { Operation } from '../support/transports.ts';

const histories =
  `query { sessions(first: 100) { nodes { id messages { nodes { id } } } } }` as Operation<{
    sessions: { nodes: { id: string; messages: { nodes: unknown[] } }[] };
  }>;

it('many histories can be read at once', async () => {
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const ids = await Promise.all(Array.from({ length: 10 }, () => newSession(gateway, client)));
  await Promise.all(ids.map((id) => ask(client, id, prompts.short)));
  const lists = await Promise.all(Array.from({ length: 8 }, () => client.run(histories)));
  for (const { sessions } of lists) {
    const mine = sessions.nodes.filter(({ id }) => ids.includes(id));
    expect(mine.map(({ messages }) => messages.nodes.length)).toEqual(ids.map(() => 2));
  }
});
