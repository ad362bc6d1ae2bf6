import { endToEnd } from './end-to-end/end-to-end.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { flood } from './flood/flood.ts';
import { idle } from './growth/idle.ts';
import { sessions } from './growth/sessions.ts';
import { stalled } from './growth/stalled.ts';
import { help, type Options, readOptions } from './options.ts';
import { soak } from './soak/soak.ts';
import { isBusy, load } from './support/machine.ts';
import { markdown, type Run, writeResults } from './support/results.ts';
import type { Benchmark } from './support/section.ts';
import { timing } from './timing/timing.ts';

const benchmarks: readonly Benchmark[] = [
  fanOut,
  endToEnd,
  idle,
  stalled,
  sessions,
  flood,
  timing,
  soak,
];

// By the exit, and not by the signal, so that what was started is ended.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1));

const options = parse();
if (options.help) process.stdout.write(help);
else await runAll(options);

async function runAll({ names, run, dry }: Options): Promise<void> {
  const runs: Run[] = [];
  for (const benchmark of benchmarks) {
    if (names.length > 0 && !names.includes(benchmark.name)) continue;
    const startedAt = new Date();
    const before = load();
    const trial = isBusy() ? ' **Trial run: the machine was not idle.**' : '';
    const section = await benchmark.run(run, say);
    const minutes = ((Date.now() - startedAt.getTime()) / 60_000).toFixed(1);
    const date = `${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const circumstances = `Run at ${date} for ${minutes} min; load average (1 / 5 min) ${before} before, ${load()} after.${trial}`;
    const done = { title: benchmark.title, section, circumstances };
    process.stdout.write(`\n${markdown(done)}\n\n`);
    runs.push(done);
    // After each one: what follows may take long, and may fail.
    if (!dry)
      await writeResults(
        runs,
        benchmarks.map(({ title }) => title),
      );
  }
}

function parse(): Options {
  try {
    const read = readOptions(process.argv.slice(2));
    const unknown = read.names.filter((name) => !benchmarks.some((known) => known.name === name));
    if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown.join(', ')}`);
    return read;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(2);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
