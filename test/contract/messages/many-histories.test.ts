import { expect, it, onTestFinished } from 'vitest';

import { startTestGateway } from '../../support/gateway/gateway.ts';
import { prompts } from '../../support/models/scripted-model.ts';
import { createTestSession, fetchSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

it('many histories are read concurrently', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): number => warnings.push(warning);
  process.on('warning', warn);
  onTestFinished(() => {
    process.off('warning', warn);
  });
  await using gateway = await startTestGateway();
  const client = gateway.connect('HTTP');
  const ids = await Promise.all(
    Array.from({ length: 10 }, () => createTestSession(gateway, client)),
  );
  await Promise.all(ids.map((id) => ask(client, id, prompts.short)));
  const readers = Array.from({ length: 40 }, () => ids).flat();
  const histories = await Promise.all(readers.map((id) => fetchSession(client, id)));
  expect(histories.map(({ messages }) => messages.nodes.length)).toEqual(readers.map(() => 2));
  expect(warnings).toEqual([]);
});
