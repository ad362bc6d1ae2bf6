import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Client, connect } from '../support/clients/transports.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { prompts, ScriptedModel } from '../support/models/scripted-model.ts';
import { createSession, fetchSession } from '../support/operations/sessions.ts';
import { ask } from '../support/operations/turns.ts';
import type { Words } from './documents.ts';
import { mutated, type Random } from './random.ts';

/** Only Carol's messages have it, and nobody else sends it. */
export const SECRET = 'cd5a8c1e-only-for-carol';
const people = ['ann', 'ben', 'carol'] as const;
type Person = (typeof people)[number];
/** They send what is random; Carol only has what they must not see. */
export const callers = ['ann', 'ben'] as const;

const settings = {
  AUTH: 'tokens',
  LIMIT_SESSIONS: '30',
  LIMIT_SESSION_RATE: 'off',
  LIMIT_SESSION_RATE_PER_IP: 'off',
  LIMIT_TURNS: '4',
  LIMIT_OPERATION_RATE: 'off',
  LIMIT_OPERATION_RATE_PER_IP: 'off',
  LIMIT_SUBSCRIPTIONS: 'off',
  LIMIT_SUBSCRIPTIONS_PER_IP: 'off',
  LIMIT_SOCKETS: 'off',
  LIMIT_SOCKETS_PER_IP: 'off',
  LIMIT_PROMPT_RATE: 'off',
  LIMIT_PROMPT_RATE_PER_IP: 'off',
};

/** A gateway as a process of its own, three people who use it, and what can be named in it. */
export class World implements AsyncDisposable, Words {
  readonly gateway: GatewayProcess;
  readonly url: string;
  readonly #model: ScriptedModel;
  readonly #folder: string;
  readonly #known: string[] = ['', 'x', 'status:gateway', 'viewer:carol', 'runtime:bundled'];

  static async start(): Promise<World> {
    const model = await ScriptedModel.start();
    const folder = await mkdtemp(join(tmpdir(), 'gateway-fuzz-'));
    const file = join(folder, 'tokens.json');
    await writeFile(file, JSON.stringify(people.map((person) => entryOf(person))));
    const gateway = await startGatewayProcess({
      ...settings,
      AUTH_TOKENS_FILE: file,
      PROVIDER_BASE_URL: model.baseUrl,
      PROVIDER_API_KEY: 'test-key',
      MODEL: model.name,
    });
    const world = new World({ model, folder, gateway, url: await gateway.url });
    for (const person of people) await world.#settle(person);
    return world;
  }

  private constructor(parts: {
    readonly model: ScriptedModel;
    readonly folder: string;
    readonly gateway: GatewayProcess;
    readonly url: string;
  }) {
    this.#model = parts.model;
    this.#folder = parts.folder;
    this.gateway = parts.gateway;
    this.url = parts.url;
  }

  client(person: Person): Client {
    const headers = { authorization: `Bearer ${tokenOf(person)}` };
    return connect('HTTP', { url: this.url, headers, openSubscriptions: () => 0 });
  }

  /** What an argument of this name may well be; of another session, viewer or kind as often as not. */
  word(name: string, random: Random): string {
    if (name === 'prompt')
      return random.of([prompts.short, prompts.story, '', mutated('x y', random)]);
    if (/title|instructions|search|name|key|value|feedback|answer/i.test(name)) {
      return mutated('some words', random);
    }
    const word = random.of(this.#known);
    return random.chance(0.3) ? mutated(word, random) : word;
  }

  /** Names that answers gave are asked for from then on. */
  learn(text: string): void {
    for (const [, id] of text.matchAll(/"(?:id|cursor|endCursor)":"([^"]{1,300})"/g)) {
      if (id !== undefined && this.#known.length < 500) this.#known.push(id);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway[Symbol.asyncDispose]();
    await this.#model[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #settle(person: Person): Promise<void> {
    const client = this.client(person);
    const sessionId = `kept-of-${person}`;
    await client.run(createSession, {
      input: { sessionId, title: person === 'carol' ? SECRET : 'own' },
    });
    const says = person === 'carol' ? `${prompts.short} ${SECRET}` : prompts.short;
    const turn = await ask(client, sessionId, says);
    this.#known.push(sessionId, `carol:${sessionId}`);
    this.learn(
      JSON.stringify([turn, await fetchSession(client, sessionId)]).replaceAll(SECRET, 'secret'),
    );
  }
}

export function tokenOf(person: Person): string {
  return `token-of-${person}`;
}

function entryOf(person: Person): object {
  const sha256 = createHash('sha256').update(tokenOf(person)).digest('hex');
  return { sha256, viewer: person, roles: ['user'] };
}
