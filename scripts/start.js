import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const program = join(import.meta.dirname, '../dist/src/main.js');

if (existsSync(program)) {
  await import(pathToFileURL(program).href);
} else {
  console.error('run npm run build first');
  process.exitCode = 1;
}
