import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';

import { loadConfig } from '../../src/config/config.ts';
import { GitHubTokens } from '../../src/copilot/profiles/github-tokens.ts';
import { createProfiles } from '../../src/copilot/profiles/profiles.ts';
import { ProviderKeys } from '../../src/copilot/profiles/provider-keys.ts';
import { Workspaces } from '../../src/copilot/profiles/workspaces.ts';
import type { OwnedSession } from '../../src/copilot/sessions/open-sessions.ts';
import { SessionReader } from '../../src/copilot/sessions/session-reader.ts';
import { Sessions } from '../../src/copilot/sessions/sessions.ts';
import { GatewayError } from '../../src/errors/gateway-error.ts';
import type { EventByType } from '../../src/events/event.ts';
import type { SessionId } from '../../src/events/ids.ts';
import type { Message } from '../../src/events/message.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { FakeRuntime } from './fake-runtime.ts';

const SESSION = 's' as SessionId;
const PIECES = ['a', 'bc', ' ', 'é', '\ud83d', '\ude00', 'word '];

type Indexed = 'think' | 'repeat' | 'kill' | 'leave' | 'read';
type Bare = 'begin' | 'finish' | 'retry' | 'abort' | 'restart' | 'join';

type Step =
  | { [K in Bare]: { kind: K } }[Bare]
  | { kind: 'write'; piece: number; isLost: boolean }
  | { [K in Indexed]: { kind: K; index: number } }[Indexed];

const index = fc.nat({ max: 40 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      piece: index,
      isLost: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), index }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('begin' as const, 'finish', 'retry', 'abort', 'join'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('think' as const, 'repeat', 'kill', 'leave'),
      index,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/** A stock client that knows the merge rule, and nothing else. */
class Client {
  readonly texts = new Map<string, string>();
  readonly #world: World;
  #cursor: string | undefined;
  #values: AsyncIterator<EventByType<'message.delta'>> | undefined;
  #pending: Promise<IteratorResult<EventByType<'message.delta'>>> | undefined;
  #ended = new AbortController();

  constructor(world: World) {
    this.#world = world;
  }

  async connect(): Promise<void> {
    // Without a position, what happens before the first value would be missed.
    this.#cursor ??= await this.#world.position();
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const values = await this.#world.reader.followEvents(await this.#world.session(), {
      after: this.#cursor,
      types: ['message.delta'],
      signal,
    });
    this.#values = values[Symbol.asyncIterator]();
  }

  disconnect(): void {
    this.#ended.abort();
    this.#values = undefined;
    this.#pending = undefined;
  }

  /** Takes what is there, up to this many values. */
  async read(most: number): Promise<number> {
    let count = 0;
    for (; count < most; count++) {
      const next = await this.#nextNow();
      if (!next) break;
      this.#merge(next);
    }
    return count;
  }

  async #nextNow(): Promise<EventByType<'message.delta'> | undefined> {
    if (!this.#values) await this.connect();
    this.#pending ??= this.#values?.next();
    const nothing = settled().then(() => undefined);
    const result = await Promise.race([this.#pending, nothing]).catch((error: unknown) =>
      this.#startOver(error),
    );
    if (result === undefined) return undefined;
    this.#pending = undefined;
    if (!result.done) return result.value;
    this.disconnect();
    return undefined;
  }

  /** As CURSOR_EXPIRED says: drop the screen, query `cursor` and `messages`, subscribe again. */
  async #startOver(error: unknown): Promise<undefined> {
    if (!(error instanceof GatewayError) || error.code !== 'CURSOR_EXPIRED') throw error;
    this.disconnect();
    this.#cursor = await this.#world.position();
    this.texts.clear();
    for (const message of await this.#world.messages()) {
      if (message.kind === 'assistant') this.texts.set(`CONTENT:${message.id}`, message.content);
    }
    await this.connect();
  }

  #merge({ cursor, messageId, kind, offset, text, state }: EventByType<'message.delta'>): void {
    this.#cursor = cursor;
    const key = `${kind}:${messageId}`;
    const held = this.texts.get(key) ?? '';
    expect(offset).toBeLessThanOrEqual(held.length);
    if (state === 'DISCARDED') this.texts.delete(key);
    else this.texts.set(key, held.slice(0, offset) + text);
  }
}

/** Long enough for everything that is under way in this process, none of which waits for the outside. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    let turns = 0;
    const again = (): void => {
      if (++turns > 30) resolve();
      else setImmediate(again);
    };
    again();
  });
}

class World {
  readonly runtime = new FakeRuntime();
  readonly #store = openSqliteStore(':memory:');
  readonly #clients: Client[] = [];
  #sessions = this.#newGateway();
  reader = this.#newReader();

  static async create(): Promise<World> {
    const world = new World();
    await world.#sessions.start();
    await world.#sessions.create({
      id: SESSION,
      owner: null,
      profile: 'default',
      model: null,
      reasoningEffort: null,
      title: null,
      instructions: null,
      gitHubToken: null,
      provider: null,
      remote: 'off',
      cloud: null,
      labels: [],
      clientTools: [],
    });
    world.runtime.prompt();
    await world.join();
    return world;
  }

  async position(): Promise<string> {
    return (await this.#sessions.requireSnapshot(SESSION)).cursor();
  }

  session(): Promise<OwnedSession> {
    return this.#sessions.requireRecord(SESSION);
  }

  async messages(): Promise<readonly Message[]> {
    const all = { limit: 10_000, fromEnd: false, after: null, before: null };
    const request = { sessionId: SESSION, position: null };
    return (await this.reader.createHistories().read(request, (history) => history.readPage(all)))
      .messages;
  }

  async join(): Promise<void> {
    const client = new Client(this);
    await client.connect();
    this.#clients.push(client);
  }

  async restart(): Promise<void> {
    for (const client of this.#clients) client.disconnect();
    this.#sessions.stop();
    this.runtime.loseClient();
    this.#sessions = this.#newGateway();
    this.reader = this.#newReader();
    await this.#sessions.start();
    await this.#sessions.resume(await this.#sessions.requireRecord(SESSION), {});
  }

  async take(step: Step): Promise<void> {
    const { runtime } = this;
    if (!runtime.isWorking && step.kind !== 'restart' && step.kind !== 'kill') runtime.prompt();
    await this.#steps[step.kind](step as never);
  }

  readonly #steps: {
    readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>) => void | Promise<void>;
  } = {
    begin: () => {
      if (!this.runtime.hasOpenMessage) this.runtime.beginMessage();
    },
    write: ({ piece, isLost }) => {
      this.runtime.write(PIECES[piece % PIECES.length]!, isLost);
    },
    think: () => {
      if (!this.runtime.hasOpenMessage) this.runtime.think('hm ');
    },
    finish: () => {
      this.runtime.finish();
    },
    retry: () => {
      this.runtime.retry();
    },
    abort: () => {
      this.runtime.abort();
    },
    repeat: ({ index: which }) => {
      this.runtime.repeat(which);
    },
    kill: async ({ index: unwritten }) => {
      this.runtime.kill(unwritten % 3);
      await settled();
      this.runtime.reconnect();
      await settled();
    },
    restart: () => this.restart(),
    join: async () => {
      if (this.#clients.length < 4) await this.join();
    },
    leave: ({ index: which }) => {
      this.#pick(which).disconnect();
    },
    read: async ({ index: which }) => {
      await this.#pick(which).read(1 + (which % 5));
    },
  };

  /** When all is quiet, every client holds the finals, and nothing but finals. */
  async check(): Promise<void> {
    if (!this.runtime.isWorking) this.runtime.prompt();
    this.runtime.write('the end', false);
    this.runtime.finish();
    await settled();
    const finals = new Map(
      this.runtime.finals.map(({ id, content }) => [`CONTENT:${id}`, content]),
    );
    for (const client of this.#clients) {
      while ((await client.read(50)) > 0);
      const contents = [...client.texts].filter(
        ([key, text]) => key.startsWith('CONTENT:') && text !== '',
      );
      for (const [key, text] of contents) expect([key, text]).toEqual([key, finals.get(key)]);
      const [newest] = [...finals].slice(-1);
      expect(client.texts.get(newest![0])).toBe(newest![1]);
    }
    // The first client was there from the beginning.
    const [first] = this.#clients;
    const held = [...first!.texts].filter(
      ([key, text]) => key.startsWith('CONTENT:') && text !== '',
    );
    expect(held.map(([key]) => key).sort()).toEqual([...finals.keys()].sort());
  }

  close(): void {
    for (const client of this.#clients) client.disconnect();
    this.#sessions.stop();
    this.#store.close();
  }

  #pick(index: number): Client {
    return this.#clients[index % this.#clients.length]!;
  }

  #newGateway(): Sessions {
    return new Sessions({
      cleanup: null,
      runtime: this.runtime.asRuntime(),
      store: this.#store,
      profiles: createProfiles(loadConfig({ CLI_URL: '127.0.0.1:1' })),
      workspaces: new Workspaces('/nowhere'),
      gitHubTokens: new GitHubTokens(),
      providerKeys: new ProviderKeys({ ownProviderHosts: null, isLocalOnly: true }),
      logger: pino({ level: 'silent' }),
      settings: {
        logBytes: 4_000,
        messageBytes: 1_000,
        idleDisconnectMs: null,
        syncIntervalMs: 60_000,
        logAgeMs: 60_000,
        turnStallMs: 60_000,
        cloudStartMs: 60_000,
        journalLagMs: 0,
        silenceMs: 60_000,
      },
    });
  }

  #newReader(): SessionReader {
    const store = this.#store;
    return new SessionReader({
      sessions: this.#sessions,
      store,
      runtime: this.runtime.asRuntime(),
    });
  }
}

/** What earlier runs found, told by its name. */
const found: [Step[]][] = [
  // The push of a turn's end comes again while its end is being checked.
  [[{ kind: 'finish' }, { kind: 'finish' }, { kind: 'repeat', index: 5 }]],
];

it('the merged text of every client equals the final messages under any schedule of faults', async () => {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 1_000_000);
  const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
  process.stdout.write(`seed ${seed}, ${numRuns} runs\n`);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = await World.create();
      try {
        for (const next of steps) await world.take(next);
        await world.check();
      } finally {
        world.close();
      }
    }),
    { seed, numRuns, examples: found },
  );
}, 900_000);
