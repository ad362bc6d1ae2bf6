import { readFileSync } from 'node:fs';

import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';

import { settings } from '../../src/config/settings.ts';
import { schema } from '../../src/schema/index.ts';

const readme = readFileSync('README.md', 'utf8');
/** Without the padding of its table. */
const settingsTable = readFileSync('docs/settings.md', 'utf8').replaceAll(/ +\|/g, ' |');

it('the table of settings has a row for each, with its default and meaning', () => {
  const rows = settings.map(
    ({ name, default: value, meaning }) => `| ${name} | ${value} | ${meaning} |`,
  );
  expect(rows.filter((row) => !settingsTable.includes(row))).toEqual([]);
});

it("the README's operations are valid", () => {
  const operations = [...readme.matchAll(/```graphql\n([^]*?)```/g)].map(([, text]) => text ?? '');
  expect(operations.length).toBeGreaterThanOrEqual(2);
  for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
});

it('the README stays short', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});
