import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = 'deploy/systemd';
const units = await readdir(folder);
/** Of systemd's own scale: 0 is nothing to attack, 10 is no protection at all. */
const EXPOSURE = 2;

/** What is installed elsewhere must be there for systemd to be content. */
async function withPrograms(work: (copies: string) => Promise<void>): Promise<void> {
  const copies = await mkdtemp(join(tmpdir(), 'gateway-units-'));
  try {
    const program = join(copies, 'program');
    await writeFile(program, '');
    await chmod(program, 0o755);
    for (const unit of units) {
      const text = await readFile(join(folder, unit), 'utf8');
      await writeFile(join(copies, unit), text.replace(/^ExecStart=\S+/m, `ExecStart=${program}`));
    }
    await work(copies);
  } finally {
    await rm(copies, { recursive: true });
  }
}

it('systemd units exist for the gateway and for the headless CLI', () => {
  expect(units.sort()).toEqual(['copilot-cli.service', 'copilot-gateway.service']);
});

describe.each(units)('%s', (unit) => {
  it('passes systemd-analyze verify', async () => {
    await withPrograms(async (copies) => {
      const { stdout, stderr } = await run('systemd-analyze', ['verify', join(copies, unit)]);
      const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes(unit));
      expect(said).toEqual([]);
    });
  });

  it('is sandboxed from the host', async () => {
    await run('systemd-analyze', [
      ...['security', '--offline=true', `--threshold=${EXPOSURE * 10}`],
      join(folder, unit),
    ]);
  });

  it('contains no secret', async () => {
    const text = await readFile(join(folder, unit), 'utf8');
    expect(text).toMatch(/^EnvironmentFile=/m);
    expect(text).not.toMatch(/^Environment=.*(TOKEN|KEY)/m);
  });
});
