import { readFileSync } from 'node:fs';

/** The manifest is two directories above this source file, and three above the built file. */
const manifestPath = import.meta.url.includes('/dist/src/')
  ? '../../../package.json'
  : '../../package.json';

/** Version of the gateway. */
export const { version } = JSON.parse(
  readFileSync(new URL(manifestPath, import.meta.url), 'utf8'),
) as { version: string };
