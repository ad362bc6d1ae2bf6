import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { createEnumFormat,createFormat } from './formats.ts';
import { getSettingDefault, type RawSettings } from './settings.ts';

/** Which documents may run. */
export interface TrustedDocumentsConfig {
  /** `warn`: others run as well, and are logged. */
  readonly mode: 'off' | 'warn' | 'enforce';
  /** By the SHA-256 of their texts, hexadecimal in small letters. */
  readonly documents: ReadonlyMap<string, string>;
}

/** The path of a manifest, read; what is wrong with it is said without its content. */
const manifestFormat = createFormat(
  (path) => readTrustedDocuments(path),
  'must be the path of a JSON object of { "<sha256 of the document, hexadecimal>": "<document>" }, not empty',
);

export const trustedDocumentsFormats = {
  TRUSTED_DOCUMENTS: createEnumFormat(['off', 'warn', 'enforce']).prefault(
    getSettingDefault('TRUSTED_DOCUMENTS'),
  ),
  TRUSTED_DOCUMENTS_FILE: manifestFormat.optional(),
};

type ParsedTrustedDocumentsSettings = z.output<z.ZodObject<typeof trustedDocumentsFormats>>;

/** What does not go together. */
export function listTrustedDocumentsProblems(given: RawSettings): string[] {
  const mode = given.TRUSTED_DOCUMENTS ?? getSettingDefault('TRUSTED_DOCUMENTS');
  const hasFile = given.TRUSTED_DOCUMENTS_FILE !== undefined;
  const rules: [problem: string, isBroken: boolean][] = [
    [`TRUSTED_DOCUMENTS_FILE: needed with TRUSTED_DOCUMENTS=${mode}`, mode !== 'off' && !hasFile],
    ['TRUSTED_DOCUMENTS_FILE: needs TRUSTED_DOCUMENTS=warn or enforce', mode === 'off' && hasFile],
    [
      'GRAPHIQL: writes documents of its own, so not together with TRUSTED_DOCUMENTS=enforce',
      mode === 'enforce' && given.GRAPHIQL === 'on',
    ],
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([problem]) => problem);
}

export function toTrustedDocumentsConfig(
  env: ParsedTrustedDocumentsSettings,
): TrustedDocumentsConfig {
  const documents = env.TRUSTED_DOCUMENTS_FILE ?? new Map<string, string>();
  return { mode: env.TRUSTED_DOCUMENTS, documents };
}

function readTrustedDocuments(path: string): ReadonlyMap<string, string> | undefined {
  const { data } = z.record(z.string(), z.string()).safeParse(readJsonFile(path));
  const entries = Object.entries(data ?? {}).map(
    ([id, text]) => [id.replace(/^sha256:/, '').toLowerCase(), text] as const,
  );
  const isSound =
    entries.length > 0 && entries.every(([hash, text]) => hash === hashDocument(text));
  return isSound ? new Map(entries) : undefined;
}

function hashDocument(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
