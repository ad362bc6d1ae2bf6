import { Owned } from '../support/owned.ts';
import { type Child, startChild } from '../support/start-child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { LoadClient } from './load-client.ts';
import type { Endpoint, FanOutOffer } from './serve-fan-out.ts';
import type { Variant } from './variants.ts';

/** A server and its clients, each in a process of its own. */
export interface Pair extends AsyncDisposable {
  readonly server: Child<FanOutOffer>;
  readonly client: Child<LoadClient>;
  readonly endpoint: Endpoint;
}

export async function startPair({ entry, variables }: Variant, profileTo?: string): Promise<Pair> {
  const owned = new Owned();
  try {
    const folder = owned.take(await temporaryFolder());
    const server = owned.take(await startChild<FanOutOffer>(entry, { profileTo }));
    const client = owned.take(await startChild<LoadClient>('fan-out/load-client'));
    const open = await server.call('open', { dataDir: folder.path });
    const endpoint = { ...open, variables: { ...open.variables, ...variables } };
    return { server, client, endpoint, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
  } catch (error) {
    await owned[Symbol.asyncDispose]();
    throw error;
  }
}
