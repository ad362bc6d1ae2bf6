import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { cacheExchange as documentCache } from '@urql/core';
import { type DocumentNode, parse } from 'graphql';
import type { ConcreteRequest, GraphQLResponse, RequestParameters } from 'relay-runtime';
import { expect, it } from 'vitest';

import { Collector } from '../support/clients/collector.ts';
import { startTestGateway, type TestGateway } from '../support/gateway/gateway.ts';
import { answers, prompts } from '../support/models/scripted-model.ts';
import { ask, createSession, readHistory, watchText } from './set-up/documents.ts';
import { createResumingClient } from './set-up/graphql-ws.ts';
import { LiveTexts, type Patch } from './set-up/live-texts.ts';
import { createRelayEnvironment } from './set-up/relay.ts';
import { createUrqlClient, normalizedCache, watchWithUrql } from './set-up/urql.ts';
import { createManifest, sendHashes } from './set-up/urql-trusted.ts';

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'trusted-documents-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** Nothing runs but what is in the file. */
function enforcing(file: string): Promise<TestGateway> {
  return startTestGateway({
    env: { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file },
  });
}

it.each([
  ['plain', documentCache],
  ['graphcache', normalizedCache],
])(
  'urql (%s) sends the hashes of its documents, and no other document runs',
  async (_name, cache) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'manifest.json');
    const documents: readonly DocumentNode[] = [createSession, ask, watchText, readHistory];
    await writeFile(file, JSON.stringify(await createManifest(documents)));
    await using gateway = await enforcing(file);
    const sockets = createResumingClient(gateway.url);
    const client = createUrqlClient({ url: gateway.url, sockets, cache, hashes: [sendHashes] });
    const sessionId = gateway.createSessionId();
    const created = await client.mutation(createSession, { sessionId }).toPromise();
    expect(created.error).toBeUndefined();
    await using patches = new Collector<Patch>();
    const after = created.data!.createSession.session.cursor;
    const stop = watchWithUrql(
      client,
      { sessionId, after },
      { onPatch: (patch) => patches.push(patch), onError: (error) => patches.fail(error) },
    );
    const asked = await client.mutation(ask, { sessionId, prompt: prompts.short }).toPromise();
    expect(asked.data).toMatchObject({ sendMessage: { finishedTurn: { state: 'COMPLETED' } } });
    await patches.next(({ state }) => state === 'COMPLETE');
    const { data } = await client.query(readHistory, { sessionId }).toPromise();
    const reply = data!.session!.messages!.nodes.at(-1)!;
    const texts = new LiveTexts();
    for (const patch of patches.collected) texts.apply(patch);
    expect(texts.get(reply.id)).toBe(answers.short);

    const other = parse('query Other { viewer { id } }');
    const { error } = await client.query(other, {}).toPromise();
    expect(error?.graphQLErrors).toMatchObject([{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }]);
    stop();
    await sockets.dispose();
  },
);

/** What relay-compiler makes of the set-up with `persistConfig`. */
async function persisted(folder: string) {
  const source = join(folder, 'source');
  const artefacts = join(folder, 'artefacts');
  const file = join(folder, 'manifest.json');
  await cp(resolve('test/clients/set-up'), source, { recursive: true });
  await cp(resolve('schema.graphql'), join(folder, 'schema.graphql'));
  await cp(resolve('test/generated/relay'), artefacts, { recursive: true });
  await writeFile(file, '{}');
  const { src: _src, ...config } = JSON.parse(await readFile('relay.config.json', 'utf8')) as {
    readonly src: string;
  };
  const paths = { src: './source', schema: './schema.graphql', artifactDirectory: './artefacts' };
  const persistConfig = { file: './manifest.json', algorithm: 'SHA256' };
  const configFile = join(folder, 'relay.config.json');
  await writeFile(configFile, JSON.stringify({ ...config, ...paths, persistConfig }));
  const compiler = dirname(createRequire(import.meta.url).resolve('relay-compiler/package.json'));
  await promisify(execFile)(
    process.execPath,
    [join(compiler, 'cli.js'), '--noWatchman', configFile],
    {
      cwd: folder,
    },
  );
  const request = async (name: string): Promise<ConcreteRequest> => {
    const path = join(artefacts, `${name}.graphql.ts`);
    return ((await import(path)) as { default: ConcreteRequest }).default;
  };
  return { file, request };
}

it('Relay sends the document ids of its compiler, and no other document runs', async () => {
  await using folder = await temporaryFolder();
  const { file, request } = await persisted(folder.path);
  await using gateway = await enforcing(file);
  const sockets = createResumingClient(gateway.url);
  const network = createRelayEnvironment(gateway.url, sockets).getNetwork();
  const run = async (name: string, variables: object): Promise<GraphQLResponse[]> => {
    const { params } = await request(name);
    expect(params.id).toMatch(/^[0-9a-f]{64}$/);
    expect(params.text).toBeNull();
    const responses = new Collector<GraphQLResponse>();
    network.execute(params, { ...variables }, {}).subscribe({
      next: (response) => responses.push(response),
      error: (error: Error) => responses.fail(error),
      complete: () => responses.end(),
    });
    return [...(await responses.collectAll())];
  };
  const sessionId = gateway.createSessionId();
  await run('relayCreateSessionMutation', { sessionId });
  const answered = await run('relayAskMutation', { sessionId, prompt: prompts.short });
  expect(JSON.stringify(answered)).toContain(answers.short);
  expect(JSON.stringify(await run('relayHistoryQuery', { sessionId }))).toContain(answers.short);

  const { params } = await request('relayWatchSubscription');
  await using patches = new Collector<unknown>();
  const watching = network.execute(params, { sessionId, after: null }, {}).subscribe({
    next: (value) => patches.push(value),
    error: (error: Error) => patches.fail(error),
  });
  const again = run('relayAskMutation', { sessionId, prompt: prompts.short });
  await patches.next((value) => JSON.stringify(value).includes(answers.short));
  await again;
  watching.unsubscribe();
  const unknown = { ...params, id: '0'.repeat(64) } as RequestParameters;
  const refused = await new Promise((settle) => {
    network.execute(unknown, { sessionId }, {}).subscribe({ next: settle, error: settle });
  });
  expect(String(refused) + JSON.stringify(refused)).toContain('DOCUMENT_NOT_TRUSTED');
  await sockets.dispose();
});
