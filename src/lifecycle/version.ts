import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(findManifest(), 'utf8')) as { version: string };

/** Of this gateway. */
export const { version } = manifest;

/** The sources are two directories below the manifest, the built files three. */
function findManifest(): URL {
  const path = import.meta.url.includes('/dist/src/')
    ? '../../../package.json'
    : '../../package.json';
  return new URL(path, import.meta.url);
}
