import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const measured = [
  'graphql-yoga',
  'graphql-ws',
  'graphql',
  'ws',
  '@pothos/core',
  '@github/copilot-sdk',
  '@graphql-tools/schema',
  'graphql-subscriptions',
  'mercurius',
  'fastify',
];

/** One line about what the figures were measured on. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores (${model}), ${memory} GB, Linux ${release()}, Node ${process.version}`;
}

/** Of the packages that the figures depend on. */
export function versions(): string {
  return measured.map((name) => `${name} ${versionOf(name)}`).join(', ');
}

/** Whether other work takes what is to be measured. */
export function isBusy(): boolean {
  return (loadavg()[0] ?? 0) > availableParallelism() / 2;
}

/** Load averages of 1 and 5 minutes. */
export function load(): string {
  return loadavg()
    .slice(0, 2)
    .map((value) => value.toFixed(2))
    .join(' / ');
}

function versionOf(name: string): string {
  const manifest = new URL(`node_modules/${name}/package.json`, `file://${process.cwd()}/`);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
