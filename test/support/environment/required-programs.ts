import type { TestProject } from 'vitest/node';

import { requireProgram, type SystemProgram } from './system-package.ts';

const curl = { name: 'curl', debianPackage: 'curl' };
/** Programs that the tests of a project start, beside Node. */
const required: Readonly<Record<string, readonly SystemProgram[]>> = {
  unit: [curl, { name: 'bash', debianPackage: 'bash' }],
  clients: [curl, { name: 'bash', debianPackage: 'bash' }],
  // Owns the pseudo-terminal that the terminal example runs in.
  examples: [{ name: 'script', debianPackage: 'bsdutils' }],
  deploy: [{ name: 'systemd-analyze', debianPackage: 'systemd' }],
};

export async function setup({ name }: TestProject): Promise<void> {
  for (const program of required[name] ?? []) await requireProgram(program);
}
