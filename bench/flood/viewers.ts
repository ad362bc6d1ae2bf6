import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One reads, and one floods. */
export const viewers = { reader: 'reader-token', flooder: 'flooder-token' } as const;

export type ViewerName = keyof typeof viewers;

export function authorizationOf(viewer: ViewerName): string {
  return `Bearer ${viewers[viewer]}`;
}

/** @returns settings of a gateway that knows both, with the limits that it then has by itself */
export async function settingsForViewers(folder: string): Promise<NodeJS.ProcessEnv> {
  const file = join(folder, 'tokens.json');
  const entries = Object.entries(viewers).map(([viewer, token]) => ({
    sha256: createHash('sha256').update(token).digest('hex'),
    viewer,
    roles: ['user'],
  }));
  await writeFile(file, JSON.stringify(entries));
  return { AUTH: 'tokens', AUTH_TOKENS_FILE: file };
}
