import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/*
 * `npm run build` compiles src into dist, which is cleared first: no file of a moved source stays.
 * With --prepare it is npm's `prepare` script, which runs at the end of `npm ci`: it does not check the types, because
 * `npm run check` does, and it builds nothing where the compiler or the sources are not installed.
 */
const root = resolve(import.meta.dirname, '..');
const isPrepare = process.argv.includes('--prepare');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const missing = [
  [compiler, 'TypeScript is not installed'],
  [join(root, 'src'), 'there is no src'],
].find(([path]) => !existsSync(path));

if (missing) {
  const kept = existsSync(join(root, 'dist/src/main.js')) ? 'dist stays as it is' : 'dist is empty';
  console.error(`build: ${missing[1]}, so nothing is built and ${kept}`);
  process.exitCode = isPrepare ? 0 : 1;
} else {
  build();
}

function build() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const args = [compiler, '-p', 'tsconfig.build.json', ...(isPrepare ? ['--noCheck'] : [])];
  try {
    execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  } catch {
    // The compiler has printed why.
    process.exitCode = 1;
  }
}
