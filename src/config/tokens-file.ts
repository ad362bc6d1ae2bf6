import { readFileSync } from 'node:fs';

import { z } from 'zod';

import type { HashedToken } from '../auth/static-token-verifier.ts';
import { createFormat } from './formats.ts';

const tokenEntry = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  viewer: z.string().regex(/^[\w.@|-]{1,128}$/),
  name: z.string().optional(),
  roles: z.array(z.enum(['user', 'operator'])).min(1),
});

/** The path of a file of hashed tokens, read; what is wrong with it is said without its content. */
export const tokensFileFormat = createFormat(
  (path) => readTokens(path),
  'must be the path of a JSON array of { "sha256": 64 hexadecimal digits, "viewer": id, "name"?: text, ' +
    '"roles": ["user" or "operator"] }, each token once',
);

function readTokens(path: string): HashedToken[] | undefined {
  const { data } = z.array(tokenEntry).min(1).safeParse(readJsonFile(path));
  const tokens = data?.map(({ sha256, name, ...rest }) => ({
    ...rest,
    sha256: sha256.toLowerCase(),
    name: name ?? null,
  }));
  const isEachOnce = new Set(tokens?.map(({ sha256 }) => sha256)).size === tokens?.length;
  return isEachOnce ? tokens : undefined;
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
