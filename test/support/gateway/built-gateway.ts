import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { build } from './build.ts';

/** Builds the gateway once for the tests that start it as a process: compiled code starts faster than sources. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = await build('tsconfig.build.json');
  project.provide('gatewayProgram', join(built.directory, 'src/main.js'));
  return async () => built[Symbol.asyncDispose]();
}
