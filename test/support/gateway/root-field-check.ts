import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildSchema } from 'graphql';
import type { TestProject } from 'vitest/node';

import { transports } from '../clients/transport-names.ts';

/**
 * Fails a complete run in which a root field of the schema was not used successfully over each transport. The check
 * runs after all test files, in any order. Runs of selected files or tests are not checked.
 */
export function setup(project: TestProject): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'root-fields-'));
  const file = join(directory, 'record');
  writeFileSync(file, '');
  project.provide('rootFieldRecord', file);
  return async () => {
    const used = new Set(readFileSync(file, 'utf8').split('\n'));
    rmSync(directory, { recursive: true });
    if (!(await isWholeRun(project))) return;
    const missing = listRequired().filter((pair) => !used.has(pair));
    if (missing.length === 0) return;
    project.vitest.logger.error(
      `\n${project.name}: no contract test uses these root fields successfully:\n  ${missing.join('\n  ')}\n`,
    );
    process.exitCode = 1;
  };
}

function listRequired(): string[] {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .filter((type) => type != null)
    .flatMap((type) =>
      Object.keys(type.getFields()).map((field) => `${type.name.toLowerCase()}.${field}`),
    );
  return fields.flatMap((field) => transports.map((transport) => `${field} ${transport}`));
}

async function isWholeRun(project: TestProject): Promise<boolean> {
  const { vitest } = project;
  const { testFiles } = await project.globTestFiles();
  const modules = vitest.state.getTestModules().filter((module) => module.project === project);
  const ran = new Set(modules.map(({ moduleId }) => moduleId));
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  return (
    testFiles.every((testFile) => ran.has(testFile)) &&
    tests.every((test) => test.result().state !== 'pending') &&
    vitest.config.testNamePattern === undefined
  );
}
