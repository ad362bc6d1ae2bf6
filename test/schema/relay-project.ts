import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type GraphQLSchema, print, printSchema } from 'graphql';

import type { DocumentFile } from './documents.ts';

const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js');

const config = {
  schema: './schema.graphql',
  src: './src',
  artifactDirectory: './artifacts',
  language: 'typescript',
  customScalarTypes: { DateTime: 'string', Cursor: 'string', JSON: 'unknown' },
  requireCustomScalarTypes: true,
  noSourceControl: true,
  featureFlags: { enforce_module_name_prefix_for_non_haste: true },
};

export interface Compilation {
  readonly exitCode: number;
  readonly output: string;
  /** Names of the operations and fragments that the compiler wrote an artifact for. */
  readonly compiled: ReadonlySet<string>;
}

/** Compiles the documents like those of a Relay client, in a temporary directory. */
export async function compileWithRelay(
  schema: GraphQLSchema,
  documents: readonly DocumentFile[],
): Promise<Compilation> {
  const project = await mkdtemp(join(tmpdir(), 'relay-project-'));
  try {
    const artifacts = join(project, 'artifacts');
    await mkdir(artifacts);
    await writeFile(join(project, 'relay.config.json'), JSON.stringify(config));
    await writeFile(join(project, 'schema.graphql'), printSchema(schema));
    for (const document of documents) await writeModule(project, document);
    const { exitCode, output } = await runCompiler(project);
    const files = await readdir(artifacts);
    return {
      exitCode,
      output,
      compiled: new Set(files.map((file) => file.replace(/\.graphql\.ts$/, ''))),
    };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** Writes a document as a module, because the compiler ignores .graphql files with a warning. */
async function writeModule(project: string, { path, document }: DocumentFile): Promise<void> {
  const file = join(project, 'src', path.replace(/\.graphql$/, '.ts'));
  const tags = document.definitions.map((definition) => `graphql\`${print(definition)}\`;`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, tags.join('\n'));
}

function runCompiler(cwd: string): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [compiler, 'relay.config.json', '--noWatchman'],
      { cwd, timeout: 60_000 },
      (_error, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? 1, output: `${stdout}${stderr}` });
      },
    );
  });
}
