import { createHash } from 'node:crypto';

import { z } from 'zod';

import { createEnumFormat, createFormat, type Given, type Parsed } from './formats.ts';
import { readJsonFile } from './json-file.ts';

/** Reads the manifest at a path. The problem describes its format and never quotes its content. */
const manifestFormat = createFormat(
  readManifest,
  'must be the path of a JSON object of { "<sha256 of the document, hexadecimal>": "<document>" }, not empty',
);

export const trustedDocumentsSettings = {
  TRUSTED_DOCUMENTS: createEnumFormat(['off', 'warn', 'enforce'])
    .prefault('off')
    .describe(
      'documents that may run: `off` any, `warn` any, with a log line for those that are not listed, `enforce` only [listed documents](clients.md#trusted-documents)',
    ),
  TRUSTED_DOCUMENTS_FILE: manifestFormat
    .optional()
    .describe('JSON object of `{ "<sha256 of the document>": "<document>" }`'),
};

export interface TrustedDocumentsConfig {
  /** `off` runs any document, `warn` too but logs those that are not listed, `enforce` runs listed documents only. */
  readonly mode: 'off' | 'warn' | 'enforce';
  /** Documents by the SHA-256 of their text, in lowercase hexadecimal. */
  readonly documents: ReadonlyMap<string, string>;
}

type Settings = Parsed<typeof trustedDocumentsSettings>;

export function listTrustedDocumentsProblems(
  { TRUSTED_DOCUMENTS: mode }: Settings,
  given: Given<typeof trustedDocumentsSettings> & { readonly GRAPHIQL?: string | undefined },
): string[] {
  const hasFile = given.TRUSTED_DOCUMENTS_FILE !== undefined;
  const rules: [problem: string, isBroken: boolean][] = [
    [`TRUSTED_DOCUMENTS_FILE: needed with TRUSTED_DOCUMENTS=${mode}`, mode !== 'off' && !hasFile],
    ['TRUSTED_DOCUMENTS_FILE: needs TRUSTED_DOCUMENTS=warn or enforce', mode === 'off' && hasFile],
    [
      'GRAPHIQL: sends documents of its own, so it cannot be combined with TRUSTED_DOCUMENTS=enforce',
      mode === 'enforce' && given.GRAPHIQL === 'on',
    ],
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([problem]) => problem);
}

export function toTrustedDocumentsConfig(settings: Settings): TrustedDocumentsConfig {
  const documents = settings.TRUSTED_DOCUMENTS_FILE ?? new Map<string, string>();
  return { mode: settings.TRUSTED_DOCUMENTS, documents };
}

function readManifest(path: string): ReadonlyMap<string, string> | undefined {
  const { data } = z.record(z.string(), z.string()).safeParse(readJsonFile(path));
  const entries = Object.entries(data ?? {}).map(
    ([id, text]) => [id.replace(/^sha256:/, '').toLowerCase(), text] as const,
  );
  const isValid =
    entries.length > 0 &&
    entries.every(([hash, text]) => hash === createHash('sha256').update(text).digest('hex'));
  return isValid ? new Map(entries) : undefined;
}
