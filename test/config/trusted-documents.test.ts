import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { ConfigError, loadConfig } from '../../src/config/config.ts';

const directory = mkdtempSync(join(tmpdir(), 'gateway-manifest-'));
const file = join(directory, 'manifest.json');
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const document = '{ viewer { id } }';
const hash = createHash('sha256').update(document).digest('hex');

function load(content: string, env: Record<string, string> = {}) {
  writeFileSync(file, content);
  return loadConfig({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file, ...env });
}

function readProblem(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test.each([hash, `sha256:${hash}`, hash.toUpperCase()])(
  'a manifest may name a document by %s',
  (id) => {
    const { http } = load(JSON.stringify({ [id]: document }));
    expect(http.trustedDocuments).toEqual({
      mode: 'enforce',
      documents: new Map([[hash, document]]),
    });
    expect(http).toMatchObject({ graphiql: false, introspection: false });
  },
);

test('TRUSTED_DOCUMENTS=warn leaves GraphiQL and introspection on', () => {
  const { http } = load(JSON.stringify({ [hash]: document }), { TRUSTED_DOCUMENTS: 'warn' });
  expect(http).toMatchObject({ graphiql: true, introspection: true });
});

test.each([
  'nothing',
  '{}',
  '[]',
  JSON.stringify([document]),
  JSON.stringify({ [hash]: `${document} ` }),
  JSON.stringify({ [hash]: { document } }),
  JSON.stringify({ [hash]: document, list: document }),
  JSON.stringify({ [createHash('md5').update(document).digest('hex')]: document }),
])('rejects the manifest %s with a one-line error that does not quote its content', (content) => {
  const message = readProblem(() => load(content));
  expect(message).toMatch(/^TRUSTED_DOCUMENTS_FILE: must be the path of a JSON object of [^\n]*$/);
  for (const secret of [directory, 'viewer', hash]) expect(message).not.toContain(secret);
});

test('a missing manifest is rejected', () => {
  const env = { TRUSTED_DOCUMENTS: 'warn', TRUSTED_DOCUMENTS_FILE: join(directory, 'gone.json') };
  expect(readProblem(() => loadConfig(env))).toMatch(/^TRUSTED_DOCUMENTS_FILE: must be the path/);
});

test('contradicting settings are rejected', () => {
  const content = JSON.stringify({ [hash]: document });
  expect(readProblem(() => load(content, { GRAPHIQL: 'on' }))).toMatch(/^GRAPHIQL: .*enforce$/);
  expect(readProblem(() => load(content, { TRUSTED_DOCUMENTS: 'off' }))).toMatch(
    /^TRUSTED_DOCUMENTS_FILE: needs TRUSTED_DOCUMENTS=warn or enforce$/,
  );
});
