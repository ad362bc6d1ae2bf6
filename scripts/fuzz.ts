import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run fuzz -- --count 100000 --seed 1`; other options are vitest's. A seed gives the same choices; what comes of
 * them depends on time as well.
 */
const options = { count: { type: 'string' }, seed: { type: 'string' } } as const;
const { values, tokens } = parseArgs({ options, strict: false, tokens: true });
const others = tokens.flatMap((token) => {
  if (token.kind !== 'option' || token.name in options) return [];
  return token.value === undefined ? [token.rawName] : [`${token.rawName}=${token.value}`];
});
const env = {
  ...process.env,
  ...(values.count !== undefined && { FUZZ_COUNT: String(values.count) }),
  ...(values.seed !== undefined && { FUZZ_SEED: String(values.seed) }),
};
const run = spawn('vitest', ['run', '--project', 'fuzz', ...others], { env, stdio: 'inherit' });
run.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
