import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run fuzz -- --count 100000 --seed 1`. A seed gives the same choices; what comes of them depends on time as well. */
const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' } },
});
const env = {
  ...process.env,
  ...(values.count !== undefined && { FUZZ_COUNT: values.count }),
  ...(values.seed !== undefined && { FUZZ_SEED: values.seed }),
};
const run = spawn('vitest', ['run', '--project', 'fuzz'], { env, stdio: 'inherit' });
run.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
