import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { connect, Transport } from '../clients/transports.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../gateway/gateway.ts';

/** Alice and Bob are users; Olga is the operator. */
export const people = ['alice', 'bob', 'olga'] as const;
export type Person = (typeof people)[number];

/** Starts a gateway that authenticates people by tokens of a file. */
export async function startGatewayForPeople(
  env: NodeJS.ProcessEnv = {},
  profiles?: TestGatewayOptions['profiles'],
): Promise<GatewayForPeople> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-tokens-'));
  const file = join(directory, 'tokens.json');
  const tokens = new Map(people.map((person) => [person, `${person}-${randomUUID()}`]));
  const entries = people.map((person) => ({
    sha256: createHash('sha256')
      .update(tokens.get(person) ?? '')
      .digest('hex'),
    viewer: person,
    roles: [person === 'olga' ? 'operator' : 'user'],
  }));
  await writeFile(file, JSON.stringify(entries));
  const gateway = await startTestGateway({
    env: { AUTH: 'tokens', AUTH_TOKENS_FILE: file, ...env },
    ...(profiles && { profiles }),
  });
  return new GatewayForPeople(gateway, directory, tokens);
}

export class GatewayForPeople implements AsyncDisposable {
  readonly gateway: TestGateway;
  readonly #directory: string;
  readonly #tokens: ReadonlyMap<Person, string>;

  constructor(gateway: TestGateway, directory: string, tokens: ReadonlyMap<Person, string>) {
    this.gateway = gateway;
    this.#directory = directory;
    this.#tokens = tokens;
  }

  credentials(person: Person): { readonly authorization: string } {
    return { authorization: `Bearer ${this.#tokens.get(person) ?? ''}` };
  }

  client<T extends Transport>(person: Person, transport: T): ReturnType<typeof connect<T>> {
    return this.gateway.connect(transport, this.credentials(person));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway[Symbol.asyncDispose]();
    await rm(this.#directory, { recursive: true });
  }
}
