import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Client } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';
import { createTestSession, deleteSession } from '../../support/operations/sessions.ts';
import { ask } from '../../support/operations/turns.ts';

const shell = { tools: ['builtin:bash'], permissions: { mode: 'reject', allow: ['SHELL'] } };

/** Where the shell of the session works, as it says itself. */
async function shellDirectory(
  gateway: TestGateway,
  client: Client,
  sessionId: string,
): Promise<string> {
  const held = gateway.model.hold();
  const turn = ask(client, sessionId, held.prompt);
  (await held.nextCall()).callTool('bash', { command: 'pwd', description: 'Where am I' });
  const next = await held.nextCall();
  next.write('There.');
  next.finish();
  await turn;
  const result = String(gateway.model.requests.at(-1)?.messages.at(-1)?.content);
  return result.split('\n')[0] ?? '';
}

describe('the working directory of a session', () => {
  it('is a private directory that survives a restart and is deleted with the session', async () => {
    await using gateway = await startTestGateway({ profiles: { default: shell } });
    const root = join(gateway.dataDir, 'workspaces');
    const client = gateway.connect('HTTP');
    const one = await createTestSession(gateway, client);
    const two = await createTestSession(gateway, client);
    const folder = await shellDirectory(gateway, client, one);
    const other = await shellDirectory(gateway, client, two);
    expect(folder).toMatch(new RegExp(`^${root}/[0-9a-f]{32}$`));
    expect(other).not.toBe(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await writeFile(join(folder, 'notes.txt'), 'Kept.');

    await gateway.restart();
    const again = gateway.connect('HTTP');
    expect(await shellDirectory(gateway, again, one)).toBe(folder);
    expect(await readdir(folder)).toEqual(['notes.txt']);
    await again.run(deleteSession, { input: { sessionId: one } });
    expect(await readdir(root)).toEqual([other.slice(root.length + 1)]);
  });

  it('is the shared directory of its profile, which is kept', async () => {
    const profiles: Record<string, object> = { default: {} };
    await using gateway = await startTestGateway({ profiles });
    const shared = join(gateway.dataDir, 'shared');
    await mkdir(shared);
    profiles['shared'] = { ...shell, workingDirectory: { shared } };
    await gateway.restart();
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client, { profile: 'shared' });
    expect(await shellDirectory(gateway, client, sessionId)).toBe(shared);
    await client.run(deleteSession, { input: { sessionId } });
    expect((await stat(shared)).isDirectory()).toBe(true);
  });

  it('does not change when the profile changes', async () => {
    const profiles: Record<string, object> = { default: { ...shell, workingDirectory: 'runtime' } };
    await using gateway = await startTestGateway({ profiles });
    const client = gateway.connect('HTTP');
    const sessionId = await createTestSession(gateway, client);
    const before = await shellDirectory(gateway, client, sessionId);
    profiles['default'] = shell;
    await gateway.restart();
    expect(await shellDirectory(gateway, gateway.connect('HTTP'), sessionId)).toBe(before);
  });
});
