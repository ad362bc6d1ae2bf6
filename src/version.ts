import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(findManifest(), 'utf8')) as { version: string };

/** Of this gateway. */
export const { version } = manifest;

/** The sources are one folder below it, the built files two. */
function findManifest(): URL {
  const depth = import.meta.url.includes('/dist/src/') ? '../../package.json' : '../package.json';
  return new URL(depth, import.meta.url);
}
