import type { TestProject } from 'vitest/node';

import { type RunningCli, startCliVersion } from './copilot-cli.ts';

const version = '1.0.102';

/** Starts the external Copilot CLI that the `cli` project's tests run on. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, token, stop } = await startCli();
  project.provide('runtime', { kind: 'external', url, token });
  return stop;
}

/** @param settings environment variables of the CLI, such as an account */
export function startCli(settings: NodeJS.ProcessEnv = {}): Promise<RunningCli> {
  return startCliVersion(version, settings);
}
