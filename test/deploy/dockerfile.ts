import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RUN_TIMEOUT_MS = 8 * 60_000;

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What a container would be started with. */
export interface Image {
  /** Folder that stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthCommand: readonly string[];
}

type Stage = { -readonly [K in keyof Image]: Image[K] };

interface BuildOptions {
  /** The folder that is built from. */
  readonly context: string;
  /** Empty. */
  readonly target: string;
}

/** One for each line. */
export function instructionsOf(dockerfile: string): Instruction[] {
  return dockerfile
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, text] = /^([A-Z]+) (.+[^\\])$/.exec(line) ?? [];
      if (name === undefined || text === undefined) throw new Error(`not understood: ${line}`);
      return { name, text };
    });
}

/** Follows a Dockerfile without a container engine: each stage is a folder, the system is this machine's. */
export async function build(
  instructions: readonly Instruction[],
  options: BuildOptions,
): Promise<Image> {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') {
      const name = / AS (\w+)$/.exec(instruction.text)?.[1] ?? `${stages.size}`;
      stage = newStage(join(options.target, name));
      stages.set(name, stage);
      continue;
    }
    const follow = followers[instruction.name];
    if (!follow || !stage) throw new Error(`not understood: ${instruction.name}`);
    const from = (name: string): string => stages.get(name)!.root;
    await follow(stage, instruction.text, { context: options.context, from });
  }
  if (!stage) throw new Error('nothing to build');
  return stage;
}

interface Sources {
  readonly context: string;
  readonly from: (stage: string) => string;
}

type Follow = (stage: Stage, text: string, sources: Sources) => Promise<void> | void;

const followers: Readonly<Record<string, Follow>> = {
  WORKDIR: async (stage, path) => {
    stage.workdir = path;
    await mkdir(join(stage.root, path), { recursive: true });
  },
  COPY: copy,
  RUN: async ({ root, workdir, env }, command) => {
    if (/(^|\s)\//.test(command)) throw new Error(`leaves the folder: ${command}`);
    await run('sh', ['-ec', command], {
      cwd: join(root, workdir),
      timeout: RUN_TIMEOUT_MS,
      maxBuffer: 2 ** 26,
      env: { ...env, ...outside(), npm_config_audit: 'false', npm_config_prefer_offline: 'true' },
    });
  },
  ENV: (stage, text) => {
    const pairs = text.split(' ').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=');
      return [name, value];
    });
    stage.env = { ...stage.env, ...Object.fromEntries(pairs) };
  },
  USER: (stage, user) => {
    stage.user = user;
  },
  CMD: (stage, command) => {
    stage.command = JSON.parse(command) as string[];
  },
  HEALTHCHECK: (stage, text) => {
    stage.healthCommand = JSON.parse(text.slice(text.indexOf('CMD ') + 4)) as string[];
  },
  VOLUME: () => undefined,
  EXPOSE: () => undefined,
};

function newStage(root: string): Stage {
  return { root, workdir: '/', env: {}, user: 'root', command: [], healthCommand: [] };
}

/** A folder gives what is in it, a file itself. */
async function copy({ root, workdir }: Stage, text: string, sources: Sources): Promise<void> {
  const words = text.split(' ');
  const options = words.filter((word) => word.startsWith('--'));
  const paths = words.filter((word) => !word.startsWith('--'));
  const stage = options.find((option) => option.startsWith('--from='))?.slice('--from='.length);
  const base = stage === undefined ? sources.context : sources.from(stage);
  const to = paths.pop() ?? '';
  const target = to.startsWith('/') ? join(root, to) : join(root, workdir, to);
  for (const path of paths) {
    const source = join(base, path);
    const isFile = /\.\w+$/.test(basename(path));
    const folder = isFile && !to.endsWith('/') ? join(target, '..') : target;
    await mkdir(folder, { recursive: true });
    // Hard links between the stages: nothing is changed in them.
    const how = stage === undefined ? '-a' : '-al';
    await run('cp', isFile ? [how, source, target] : [how, `${source}/.`, target]);
  }
}

/** What a container has of its own. */
export function outside(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME };
}

/** Names in the context that are sent to the engine. */
export function allowedBy(dockerignore: string): string[] {
  const lines = dockerignore.split('\n').filter(Boolean);
  if (lines[0] !== '*') throw new Error('must refuse everything first');
  return lines.slice(1).map((line) => line.replace(/^!/, ''));
}

export function copiedFromContext(instructions: readonly Instruction[]): string[] {
  return instructions
    .filter(({ name, text }) => name === 'COPY' && !text.includes('--from='))
    .flatMap(({ text }) => text.split(' ').slice(0, -1));
}
