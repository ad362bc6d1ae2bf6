import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { ConfigError, loadConfig } from '../../src/config/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-manifest-'));
const file = join(folder, 'manifest.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const document = '{ viewer { id } }';
const hash = createHash('sha256').update(document).digest('hex');

function load(content: string, env: Record<string, string> = {}) {
  writeFileSync(file, content);
  return loadConfig({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file, ...env });
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

test.each([hash, `sha256:${hash}`, hash.toUpperCase()])('a manifest may name it %s', (id) => {
  const { http } = load(JSON.stringify({ [id]: document }));
  expect(http.trustedDocuments).toEqual({
    mode: 'enforce',
    documents: new Map([[hash, document]]),
  });
  expect(http).toMatchObject({ graphiql: false, introspection: false });
});

test('with warn nothing else changes', () => {
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
])('the manifest %s stops the start, in one line without its content', (content) => {
  const message = refusal(() => load(content));
  expect(message).toMatch(/^TRUSTED_DOCUMENTS_FILE: must be the path of a JSON object of [^\n]*$/);
  for (const secret of [folder, 'viewer', hash]) expect(message).not.toContain(secret);
});

test('a manifest that is missing stops the start', () => {
  const gone = { TRUSTED_DOCUMENTS: 'warn', TRUSTED_DOCUMENTS_FILE: join(folder, 'gone.json') };
  expect(refusal(() => loadConfig(gone))).toMatch(/^TRUSTED_DOCUMENTS_FILE: must be the path/);
});

test('what does not go together is refused', () => {
  const content = JSON.stringify({ [hash]: document });
  expect(refusal(() => load(content, { GRAPHIQL: 'on' }))).toMatch(/^GRAPHIQL: .*enforce$/);
  expect(refusal(() => load(content, { TRUSTED_DOCUMENTS: 'off' }))).toMatch(
    /^TRUSTED_DOCUMENTS_FILE: needs TRUSTED_DOCUMENTS=warn or enforce$/,
  );
});
