import { z } from 'zod';

import type { HashedToken } from '../auth/static-token-verifier.ts';
import { createFormat } from './formats.ts';
import { readJsonFile } from './json-file.ts';

const tokenEntry = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  viewer: z.string().regex(/^[\w.@|-]{1,128}$/),
  name: z.string().optional(),
  roles: z.array(z.enum(['user', 'operator'])).min(1),
});

/** Reads the file at a path. The problem describes the format of the file and never quotes its content. */
export const tokensFileFormat = createFormat(
  readTokens,
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
  const areUnique = new Set(tokens?.map(({ sha256 }) => sha256)).size === tokens?.length;
  return areUnique ? tokens : undefined;
}
