import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { settings } from '../../src/config/settings.ts';
import { errorCodes } from '../../src/errors/error-codes.ts';

const page = readFileSync('docs/limits.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const units: Record<string, number> = { KiB: 2 ** 10, MiB: 2 ** 20 };

/** As the settings say it. */
function written(cell: string): string {
  const [, count, unit] = /^(\d+) (KiB|MiB)$/.exec(cell) ?? [];
  return unit === undefined ? cell : String(Number(count) * (units[unit] ?? 0));
}

const known = new Map<string, string>(
  settings.map(({ name, default: value }) => [name, value.replace(/, off with .*/, '')]),
);

describe('docs/limits.md', () => {
  const documented = rows.filter((cells) => cells[2]?.startsWith('LIMIT_'));

  it.each(documented)(
    '%s %s: %s has its default',
    (...[, , name = '', first = '', second = '']) => {
      expect(written(first)).toBe(known.get(name));
      const perIp = known.get(`${name}_PER_IP`);
      if (perIp !== undefined) expect(written(second)).toBe(perIp);
    },
  );

  it('documents every setting that limits clients', () => {
    const held = [
      'LIMIT_MESSAGE_BYTES',
      'LIMIT_LOG_BYTES',
      'LIMIT_LOG_AGE',
      'LIMIT_STALLED_CLIENT',
    ];
    const missing = [...known.keys()]
      .filter((name) => name.startsWith('LIMIT_') && !name.startsWith('LIMIT_CLEANUP'))
      .filter((name) => !held.includes(name))
      .filter((name) => !page.includes(name.replace(/_PER_IP$/, '')));
    expect(missing).toEqual([]);
  });

  it('names only error codes that exist', () => {
    const named = page.match(/\b(?:[A-Z]+_)+(?:EXCEEDED|LIMITED|INPUT|TIMEOUT)\b/g) ?? [];
    expect(named.filter((code) => !(code in errorCodes))).toEqual([]);
  });
});
