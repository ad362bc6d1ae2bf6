import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { format, oneOf } from './formats.ts';
import { defaultOf, type Given } from './settings.ts';

/** Which documents may run. */
export interface TrustConfig {
  /** `warn`: others run as well, and are logged. */
  readonly mode: 'off' | 'warn' | 'enforce';
  /** By the SHA-256 of their texts, hexadecimal in small letters. */
  readonly documents: ReadonlyMap<string, string>;
}

/** The path of a manifest, read; what is wrong with it is said without its content. */
const manifest = format(
  (path) => documentsIn(path),
  'must be the path of a JSON object of { "<sha256 of the document, hexadecimal>": "<document>" }, not empty',
);

export const trustSettings = {
  TRUSTED_DOCUMENTS: oneOf(['off', 'warn', 'enforce']).prefault(defaultOf('TRUSTED_DOCUMENTS')),
  TRUSTED_DOCUMENTS_FILE: manifest.optional(),
};

type TrustEnvironment = z.output<z.ZodObject<typeof trustSettings>>;

/** What does not go together. */
export function trustProblems(given: Given): string[] {
  const mode = given.TRUSTED_DOCUMENTS ?? defaultOf('TRUSTED_DOCUMENTS');
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

export function trustConfigOf(env: TrustEnvironment): TrustConfig {
  const documents = env.TRUSTED_DOCUMENTS_FILE ?? new Map<string, string>();
  return { mode: env.TRUSTED_DOCUMENTS, documents };
}

function documentsIn(path: string): ReadonlyMap<string, string> | undefined {
  const { data } = z.record(z.string(), z.string()).safeParse(read(path));
  const entries = Object.entries(data ?? {}).map(
    ([id, text]) => [id.replace(/^sha256:/, '').toLowerCase(), text] as const,
  );
  const isSound = entries.length > 0 && entries.every(([hash, text]) => hash === sha256(text));
  return isSound ? new Map(entries) : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
