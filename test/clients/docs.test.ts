import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'set-up');
const page = readFileSync(join(import.meta.dirname, '../../docs/clients.md'), 'utf8');

/** By the names in their first lines. */
const shown = new Map(
  [...page.matchAll(/```(?:ts|sh)\n(?:\/\/|#) (\S+)\n([^]*?)```/g)].map(([, name, code]) => [
    name,
    code,
  ]),
);

const setUps = readdirSync(folder).filter((file) => /\.(ts|sh)$/.test(file));

it.each(setUps)('docs/clients.md contains %s verbatim', (file) => {
  expect(shown.get(file)).toBe(readFileSync(join(folder, file), 'utf8'));
});

it('docs/clients.md contains only tested files', () => {
  expect([...shown.keys()].sort()).toEqual(setUps.sort());
});
