import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startGateway } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/lifecycle/logger.ts';
import type { SessionStore } from '../../src/store/session-store.ts';
import { benchSettings } from '../support/bench-gateway.ts';
import { atMost, type Benchmark, figure } from '../support/section.ts';
import { median, percentile } from '../support/statistics.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOOKUPS = 2_000;
const WARM_UP = 200;
const LIMIT_PERCENT = 20;

const people = ['alice', 'bob'] as const;
const query = 'query ($id: ID!) { session(id: $id) { id } }';

/** Whether the time of an answer tells that there is a session of somebody else. */
export const timing: Benchmark = {
  name: 'timing',
  title: 'Timing of lookups',
  run: async (_options, say) => {
    await using folder = await temporaryFolder();
    const tokens = await tokensIn(folder.path);
    const settings = benchSettings({ dataDir: folder.path, modelUrl: 'http://127.0.0.1:9/v1' });
    const config = loadConfig({ ...settings, ...tokens.settings, ...withoutRates });
    const log = createLogger('error', { write: (line) => process.stderr.write(line) });
    const gateway = await startGateway(config, log);
    const { url, store } = gateway;
    try {
      const names = await namesIn(url, tokens.of.alice, store);
      say(`${LOOKUPS} lookups of each of ${names.length} names`);
      return sectionOf(await measure(url, tokens.of.bob, names));
    } finally {
      await gateway.close();
    }
  },
};

const withoutRates = { LIMIT_OPERATION_RATE: 'off', LIMIT_OPERATION_RATE_PER_IP: 'off' };

interface Name {
  readonly what: string;
  readonly id: string;
}

interface Timed extends Name {
  readonly times: readonly number[];
}

async function tokensIn(folder: string) {
  const of = { alice: randomUUID(), bob: randomUUID() };
  const entries = people.map((viewer) => ({
    sha256: createHash('sha256').update(of[viewer]).digest('hex'),
    viewer,
    roles: ['user'],
  }));
  const file = join(folder, 'tokens.json');
  await writeFile(file, JSON.stringify(entries));
  return { of, settings: { AUTH: 'tokens', AUTH_TOKENS_FILE: file } };
}

/** Alice's session, another of hers under an id without her in it, as a fork's is, and one that there is not. */
async function namesIn(url: string, token: string, directory: SessionStore): Promise<Name[]> {
  const name = randomUUID();
  const create = 'mutation ($id: ID!) { createSession(input: { sessionId: $id }) { created } }';
  await ask(url, token, { query: create, variables: { id: name } });
  const [made] = await directory.listSessionIds();
  const record = made === undefined ? undefined : await directory.find(made);
  if (!record) throw new Error('the session is not in the directory');
  const fork = randomUUID();
  await directory.insert({ ...record, id: fork });
  return [
    { what: 'session of another viewer, by its name', id: name },
    { what: 'session of another viewer, by the id of a fork', id: fork },
    { what: 'a session that does not exist', id: randomUUID() },
  ];
}

/** In turn, so that what disturbs the machine disturbs all of them. */
async function measure(url: string, token: string, names: readonly Name[]): Promise<Timed[]> {
  const timed = names.map((name) => ({ ...name, times: [] as number[] }));
  for (let round = -WARM_UP; round < LOOKUPS; round++) {
    for (const { id, times } of timed) {
      const begun = performance.now();
      const answer = await ask(url, token, { query, variables: { id } });
      const took = performance.now() - begun;
      if (!answer.includes('SESSION_NOT_FOUND')) throw new Error(`not refused: ${answer}`);
      if (round >= 0) times.push(took);
    }
  }
  return timed;
}

async function ask(url: string, token: string, body: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return response.text();
}

function sectionOf(timed: readonly Timed[]) {
  const medians = timed.map(({ times }) => median(times));
  const apart = (Math.max(...medians) / Math.min(...medians) - 1) * 100;
  const table = {
    caption: 'Response time for a session of another viewer',
    columns: ['requested session', 'p50 ms', 'p99 ms'],
    rows: timed.map(({ what, times }, index) => [
      what,
      figure(medians[index], 3),
      figure(percentile(times, 0.99), 3),
    ]),
  };
  const aim = { aim: 'medians differ by less than 20 %', limit: LIMIT_PERCENT, unit: '%' };
  return { method, tables: [table], verdicts: [atMost(aim, apart)] };
}

const method = `Bob requests over HTTP: a session of Alice by its name; another session of Alice by an id that does not contain its
owner, as forks have; and a session that does not exist. ${LOOKUPS} interleaved lookups of each, sequentially, after
${WARM_UP} of warm-up. The responses are equal; the response times must not differ either.`;
