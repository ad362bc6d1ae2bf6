import type { ModelServer } from '../support/model-server.ts';
import { Owned } from '../support/owned.ts';
import { type Child, startChild } from '../support/start-child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { ChatServerOffer } from './chat-server.ts';
import type { ChatKind } from './open-chat.ts';

export interface ChatVariant {
  readonly name: string;
  readonly entry: string;
  readonly kind: ChatKind;
}

export const rawRelay: ChatVariant = {
  name: 'SDK + raw ws relay',
  entry: 'end-to-end/raw-server',
  kind: 'raw',
};
export const gateway: ChatVariant = {
  name: 'this gateway',
  entry: 'end-to-end/gateway-server',
  kind: 'graphql',
};

export interface ChatServer extends AsyncDisposable {
  readonly server: Child<ChatServerOffer>;
  readonly url: string;
}

/** A server with a bundled runtime of its own, and a model, each in a process of its own. */
export async function startChat({ entry }: ChatVariant, profileTo?: string): Promise<ChatServer> {
  const owned = new Owned();
  try {
    const { path: dataDir } = owned.take(await temporaryFolder());
    const model = owned.take(await startChild<ModelServer>('support/model-server'));
    const modelUrl = await model.call('open', null);
    const server = owned.take(await startChild<ChatServerOffer>(entry, { profileTo }));
    const url = await server.call('open', { dataDir, modelUrl });
    return { server, url, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
  } catch (error) {
    await owned[Symbol.asyncDispose]();
    throw error;
  }
}
