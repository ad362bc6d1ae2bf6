import { pino } from 'pino';
import { expect, it } from 'vitest';

import { loadConfig } from '../../src/config/config.ts';
import { GitHubTokens } from '../../src/copilot/profiles/github-tokens.ts';
import { createProfiles } from '../../src/copilot/profiles/profiles.ts';
import { ProviderKeys } from '../../src/copilot/profiles/provider-keys.ts';
import { Workspaces } from '../../src/copilot/profiles/workspaces.ts';
import { SessionReader } from '../../src/copilot/sessions/session-reader.ts';
import { Sessions } from '../../src/copilot/sessions/sessions.ts';
import type { SessionId } from '../../src/events/ids.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { MergedTexts } from '../support/clients/merge.ts';
import { FakeRuntime } from './fake-runtime.ts';

const id = 's' as SessionId;

/** A gateway that looks after a short silence, and one client of it. */
async function follow(silenceMs = 20) {
  const fake = new FakeRuntime();
  const runtime = fake.asRuntime();
  const store = openSqliteStore(':memory:');
  const sessions = new Sessions({
    cleanup: null,
    runtime,
    store,
    logger: pino({ level: 'silent' }),
    profiles: createProfiles(loadConfig({ CLI_URL: '127.0.0.1:1' })),
    workspaces: new Workspaces('/nowhere'),
    gitHubTokens: new GitHubTokens(),
    providerKeys: new ProviderKeys({ ownProviderHosts: null, isLocalOnly: true }),
    settings: {
      ...{ logBytes: 100_000, messageBytes: 10_000, idleDisconnectMs: null },
      ...{ syncIntervalMs: 60_000, logAgeMs: 60_000 },
      ...{ turnStallMs: 60_000, cloudStartMs: 60_000, journalLagMs: 0, silenceMs },
    },
  });
  await sessions.start();
  const chosen = { profile: 'default', model: null, reasoningEffort: null, title: null };
  await sessions.create({
    id,
    owner: null,
    ...chosen,
    instructions: null,
    gitHubToken: null,
    provider: null,
    remote: 'off',
    cloud: null,
    labels: [],
    clientTools: [],
  });
  const reader = new SessionReader({ sessions, store, runtime });
  const left = new AbortController();
  const deltas = await reader.followEvents<'message.delta'>(await sessions.requireRecord(id), {
    types: ['message.delta'],
    signal: left.signal,
  });
  const texts = new MergedTexts();
  const iterator = deltas[Symbol.asyncIterator]();
  return {
    fake,
    repairs: sessions.repairs,
    /** Reads on until the one text is this. */
    until: async (content: string, state: string): Promise<void> => {
      for (;;) {
        const next = await iterator.next();
        if (next.done) throw new Error('the subscription has ended');
        const { value } = next;
        texts.apply(value);
        if (value.state === state && texts.contents.includes(content)) return;
      }
    },
    [Symbol.asyncDispose]: () => {
      left.abort();
      sessions.stop();
      store.close();
      return Promise.resolve();
    },
  };
}

it('a lost delta is restored while the text is still streaming', async () => {
  await using client = await follow();
  const { fake } = client;
  fake.prompt();
  fake.beginMessage();
  fake.write('one ', false);
  fake.write('two ', true);
  fake.write('three', false);
  await client.until('one three', 'STREAMING');
  await client.until('one two three', 'STREAMING');
  expect(client.repairs.totals).toEqual({ events: 1, texts: 1 });
  fake.write(' four', false);
  await client.until('one two three four', 'STREAMING');
});

it('a lost delta is restored in a text that was checked before', async () => {
  await using client = await follow();
  const { fake } = client;
  fake.prompt();
  fake.beginMessage();
  fake.write('one ', false);
  fake.write('two ', true);
  await client.until('one two ', 'STREAMING');
  fake.write('three ', true);
  fake.write('four', false);
  await client.until('one two three four', 'STREAMING');
});

it('a lost end of a turn is detected after a silence', async () => {
  await using client = await follow();
  const { fake } = client;
  fake.prompt();
  fake.beginMessage();
  fake.write('all of it', false);
  await client.until('all of it', 'STREAMING');
  fake.isMute = true;
  fake.finish();
  await client.until('all of it', 'COMPLETE');
  expect(client.repairs.totals.events).toBeGreaterThan(0);
});

it('events that are missing at the end of a turn are read then', async () => {
  await using client = await follow(60_000);
  const { fake } = client;
  fake.prompt();
  fake.beginMessage();
  fake.isMute = true;
  fake.write('the whole answer', true);
  fake.finish();
  fake.repeatNewest();
  await client.until('the whole answer', 'COMPLETE');
});
