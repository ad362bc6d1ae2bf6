import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { build } from './build.ts';

/** The gateway that tests start as a process of its own: as `npm start` does, and sooner than from its sources. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = await build('tsconfig.build.json');
  project.provide('gatewayProgram', join(built.folder, 'src/main.js'));
  return async () => built[Symbol.asyncDispose]();
}
