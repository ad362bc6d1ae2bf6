import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { print } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';

import { OpenSessionDocument } from '../../../examples/generated/graphql.ts';
import { RawSocket } from '../../support/clients/raw-socket.ts';
import type { Result } from '../../support/clients/transports.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway/gateway.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const viewer = '{ viewer { id } }';
const forApollo = gql`
  query Viewer {
    viewer {
      __typename
      id
    }
  }
`;
const status = 'subscription Status { statusChanged { healthy } }';
const planted = 'query Sneaked { viewer { id planted_word: roles } }';
const manifest = Object.fromEntries(
  [viewer, status, print(forApollo)].map((text) => [sha256(text), text]),
);
const folder = mkdtempSync(join(tmpdir(), 'gateway-manifest-'));
const file = join(folder, 'manifest.json');
writeFileSync(file, JSON.stringify(manifest));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const start = (mode: string, path = file): Promise<TestGateway> =>
  startTestGateway({ env: { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILE: path } });

type Ask = (url: string, params: Record<string, unknown>) => Promise<Result<unknown>>;

async function post(url: string, params: object, accept: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(params),
  });
}

/** The first result. */
const ways: [string, Ask][] = [
  [
    'HTTP',
    async (url, params) =>
      (await (await post(url, params, 'application/json')).json()) as Result<unknown>,
  ],
  [
    'SSE',
    async (url, params) => {
      const response = await post(url, params, 'text/event-stream');
      const type = response.headers.get('content-type');
      if (type?.startsWith('application/json')) return (await response.json()) as Result<unknown>;
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        const found = /^data: (.+)\n\n/m.exec(text)?.[1];
        if (found !== undefined) return JSON.parse(found) as Result<unknown>;
      }
      throw new Error(`no result in ${text}`);
    },
  ],
  [
    'WebSocket',
    async (url, params) => {
      await using socket = await RawSocket.open(url);
      socket.send({ type: 'connection_init' });
      expect(await socket.frames.next()).toMatchObject({ type: 'connection_ack' });
      // The protocol asks for a text, also an empty one.
      socket.send({ type: 'subscribe', id: '1', payload: { query: '', ...params } });
      const { type, payload } = await socket.frames.next();
      return type === 'error' ? { errors: payload as never } : (payload as Result<unknown>);
    },
  ],
];

const byHash = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const viewerResult = { data: { viewer: { id: 'viewer:local' } } };
const refusal = {
  errors: [
    {
      message: 'The server runs trusted documents only, and this document is not one of them.',
      extensions: {
        code: 'DOCUMENT_NOT_TRUSTED',
        retryable: false,
        requestId: expect.any(String) as string,
      },
    },
  ],
};

describe.each(ways)('over %s', (_way, ask) => {
  it('a listed document runs, identified by its hash in either form or sent verbatim', async () => {
    for (const mode of ['warn', 'enforce']) {
      await using gateway = await start(mode);
      const { url } = gateway;
      const hash = sha256(viewer);
      for (const params of [
        { extensions: byHash(hash) },
        { documentId: `sha256:${hash}` },
        { documentId: hash },
        { query: viewer },
        { query: viewer, extensions: byHash(hash) },
      ]) {
        expect(await ask(url, params)).toEqual(viewerResult);
      }
      expect(gateway.logs.filter(({ msg }) => msg === 'document is not trusted')).toEqual([]);
    }
  });

  it('enforce rejects every other document and introspection', async () => {
    await using gateway = await start('enforce');
    for (const params of [
      { query: planted },
      { query: `${viewer} ` },
      { query: planted, extensions: byHash(sha256(planted)) },
      { extensions: byHash(sha256(planted)) },
      { documentId: 'sha256:no-hash' },
      { documentId: 7, query: planted },
      { query: '{ __schema { types { name } } }' },
      { query: '{ {' },
      { query: 'subscription { statusChanged { healthy } }' },
      { query: 'mutation { createSession(input: { sessionId: "sneaked" }) { created } }' },
    ]) {
      expect([params, await ask(gateway.url, params)]).toEqual([params, refusal]);
    }
    expect(gateway.findOpenSession('sneaked')).toBeUndefined();
  });

  it('warn runs other documents and logs their hash and name but not their text', async () => {
    await using gateway = await start('warn');
    const answer = await ask(gateway.url, { query: planted, operationName: 'Sneaked' });
    expect(answer).toMatchObject({ data: { viewer: { id: 'viewer:local' } } });
    const unknown = sha256('never seen');
    expect(await ask(gateway.url, { extensions: byHash(unknown) })).toEqual(refusal);
    const lines = gateway.logs.filter(({ msg }) => msg === 'document is not trusted');
    expect(lines).toMatchObject([
      {
        documentHash: sha256(planted),
        operationName: 'Sneaked',
        requestId: expect.any(String) as string,
      },
      { documentHash: unknown, operationName: null },
    ]);
    expect(JSON.stringify(gateway.logs)).not.toContain('planted_word');
  });
});

it.each(ways.slice(1))('a listed subscription runs over %s', async (_way, ask) => {
  await using gateway = await start('enforce');
  const answer = await ask(gateway.url, { documentId: `sha256:${sha256(status)}` });
  expect(answer).toEqual({ data: { statusChanged: { healthy: true } } });
});

it('the manifest of the code generator is accepted unchanged', async () => {
  const path = 'examples/generated/persisted-documents.json';
  await using gateway = await start('enforce', path);
  const { hash } = OpenSessionDocument.__meta__ as { hash: string };
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toContain(hash);
  for (const [, ask] of ways) {
    const variables = { input: { sessionId: gateway.createSessionId() } };
    expect(await ask(gateway.url, { documentId: hash, variables })).toMatchObject({
      data: { createSession: { created: true } },
    });
  }
});

it('Apollo Client sends only the hash with its own link', async () => {
  await using gateway = await start('enforce');
  const link = new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: gateway.url }));
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  const { data } = await client.query({ query: forApollo });
  expect(data).toMatchObject({ viewer: { id: 'viewer:local' } });
  const unknown = client.query({ query: gql(planted) });
  await expect(unknown).rejects.toMatchObject({
    errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
  });
  client.stop();
});

it('GraphiQL is disabled with enforce', async () => {
  await using gateway = await start('enforce');
  const page = await fetch(gateway.url, { headers: { accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([403, expect.not.stringContaining('<html')]);
});
