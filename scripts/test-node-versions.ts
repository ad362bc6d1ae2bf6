import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

/*
 * `npm run test:node-versions` runs a short form of the tests on every supported version of Node but the one that it
 * runs on itself, which `npm test` covers. `npm run test:node-versions -- 24` chooses versions, also that one; other
 * arguments are vitest's. The binaries come from npm packages and are kept in `node_modules/.cache`.
 */

const VERSIONS = ['20.20.2', '22.23.5', '24.22.3', '26.12.1'];
const cache = resolve('node_modules/.cache/node-versions');

/** `who-may-what` calls every operation of the schema on every transport. */
const testFiles = [
  'test/contract/messages/finished-turn.test.ts',
  'test/contract/requests/user-input.test.ts',
  'test/contract/security/who-may-what.test.ts',
  'test/contract/sessions/session-life.test.ts',
  'test/contract/streaming/message-deltas.test.ts',
  'test/contract/streaming/native-signal.test.ts',
  'test/clients/',
  'test/docs/demo.test.ts',
  'test/docs/readme.test.ts',
  'test/lifecycle/build-scripts.test.ts',
  'test/lifecycle/main.test.ts',
];

const chosen = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const vitestArguments = process.argv.slice(2).filter((argument) => !chosen.includes(argument));
const reportArgument = vitestArguments.find((argument) => argument.startsWith('--outputFile'));
const reportFile = reportArgument?.split('=')[1];

function isChosen(version: string): boolean {
  const major = version.split('.')[0] ?? '';
  if (chosen.length > 0) return chosen.includes(major);
  return major !== process.versions.node.split('.')[0];
}

/** @returns the path of the executable, which is downloaded at its first use */
function installNode(version: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const executable = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(executable)) return executable;
  console.log(`Node ${version}: installing ${name}`);
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', '--prefix', folder, ...options, `${name}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return executable;
}

/** @returns whether all tests passed */
function runTests(version: string): boolean {
  const executable = installNode(version);
  const projects = ['unit', 'contract', 'clients'].flatMap((name) => ['--project', name]);
  const options = vitestArguments.map((argument) =>
    argument === reportArgument ? `${argument}.${version}` : argument,
  );
  console.log(`Node ${version}: testing every operation on every transport`);
  const { status } = spawnSync(
    executable,
    ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...options, ...testFiles],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: [dirname(executable), process.env['PATH']].join(delimiter),
      },
    },
  );
  console.log(`Node ${version}: ${status === 0 ? 'passed' : 'failed'}`);
  return status === 0;
}

/** One report, as a single run of vitest writes it. */
function mergeReports(file: string, versions: readonly string[]): void {
  const testResults = versions.flatMap((version) => {
    const part = `${file}.${version}`;
    if (!existsSync(part)) return [];
    return (JSON.parse(readFileSync(part, 'utf8')) as { testResults: unknown[] }).testResults;
  });
  writeFileSync(file, JSON.stringify({ testResults }));
}

const versions = VERSIONS.filter(isChosen);
const failed = versions.filter((version) => !runTests(version));
if (reportFile !== undefined) mergeReports(reportFile, versions);
if (failed.length > 0 || versions.length === 0) {
  console.error(
    versions.length === 0 ? 'no such version of Node' : `failed on ${failed.join(', ')}`,
  );
  process.exitCode = 1;
}
