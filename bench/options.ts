import { parseArgs } from 'node:util';

export interface RunOptions {
  readonly rounds: number;
  /** Length of one measured window. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly subscribers: number;
  readonly perSecond: number;
  /** Of the end-to-end benchmark, one after the other. */
  readonly sessions: readonly number[];
  readonly tokensPerSecond: number;
  /** Subscribers of the benchmark `idle`, and sessions at most of `sessions`. */
  readonly idle: number;
  readonly stored: number;
  readonly soakSeconds: number;
  readonly seed: number;
  /** Only variants whose name contains it. */
  readonly only: string;
  /** Where servers write CPU profiles. */
  readonly profileTo: string | undefined;
}

export interface Options {
  /** Benchmarks to run; empty: all. */
  readonly names: readonly string[];
  readonly run: RunOptions;
  readonly dry: boolean;
  readonly help: boolean;
}

const texts = {
  rounds: { meaning: 'rounds of each variant, interleaved; tables show medians', default: '3' },
  seconds: { meaning: 'length of one measured window', default: '8' },
  'warm-up': { meaning: 'seconds before each window', default: '3' },
  subscribers: { meaning: 'fan-out: subscribers of the one session', default: '500' },
  'per-second': { meaning: 'fan-out: deltas a second', default: '100' },
  sessions: { meaning: 'end-to-end: numbers of sessions, comma-separated', default: '1,10,40,100' },
  tokens: { meaning: 'end-to-end: tokens a second of each session', default: '25' },
  idle: { meaning: 'idle: subscribers', default: '10000' },
  stored: { meaning: 'sessions: at most so many; measured at 10, 100 and 1000', default: '1000' },
  soak: { meaning: 'soak: seconds', default: '600' },
  seed: { meaning: 'soak: of the random numbers; 0 for any', default: '0' },
  only: { meaning: 'only variants whose name contains this', default: '' },
  profile: { meaning: 'folder for CPU profiles of the servers', default: '' },
} as const;

type Name = keyof typeof texts;

export const help = `npm run bench -- [fan-out] [end-to-end] [idle] [stalled] [sessions] [flood] [timing] [soak] [options]

Without names: all of them, about half an hour. The tables go to bench/RESULTS.md, where each benchmark
that was run replaces its own section.

${Object.entries(texts)
  .map(([name, { meaning, default: value }]) => `  --${name.padEnd(12)} ${meaning} [${value}]`)
  .join('\n')}
  --dry          print only, leave bench/RESULTS.md as it is
  --help
`;

/** @throws Error for what is not an option */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...(Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          { type: 'string', default: text.default },
        ]),
      ) as Record<Name, { type: 'string'; default: string }>),
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { names: positionals, run: runOptions(values), dry: values.dry, help: values.help };
}

function runOptions(values: Readonly<Record<Name, string>>): RunOptions {
  return {
    rounds: whole(values, 'rounds'),
    seconds: whole(values, 'seconds'),
    warmUpSeconds: whole(values, 'warm-up'),
    subscribers: whole(values, 'subscribers'),
    perSecond: whole(values, 'per-second'),
    sessions: values.sessions.split(',').map((text) => whole({ sessions: text }, 'sessions')),
    tokensPerSecond: whole(values, 'tokens'),
    idle: whole(values, 'idle'),
    stored: whole(values, 'stored'),
    soakSeconds: whole(values, 'soak'),
    seed: whole(values, 'seed'),
    only: values.only,
    profileTo: values.profile === '' ? undefined : values.profile,
  };
}

function whole<N extends Name>(values: Readonly<Record<N, string>>, name: N): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name}: a whole number`);
  return value;
}
