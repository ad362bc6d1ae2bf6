import { readFileSync } from 'node:fs';

import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';

import { settings, settingSections } from '../../src/config/settings.ts';
import { schema } from '../../src/schema/index.ts';

const readme = readFileSync('README.md', 'utf8');
/** Without the padding of its tables. */
const settingsPage = readFileSync('docs/settings.md', 'utf8').replaceAll(/ +\|/g, ' |');

it.each(Object.entries(settingSections))(
  'docs/settings.md lists the settings of the section "%s" with default and description',
  (title, section) => {
    const [, text = ''] = settingsPage.split(`\n## ${title}\n`);
    const rows = text.split('\n## ')[0]?.match(/^\| [A-Z].*/gm);
    const expected = settings
      .filter(({ name }) => name in section)
      .map((setting) => `| ${setting.name} | ${setting.default} | ${setting.description} |`);
    expect(rows).toEqual(expected);
  },
);

it("the README's operations are valid", () => {
  const operations = [...readme.matchAll(/```graphql\n([^]*?)```/g)].map(([, text]) => text ?? '');
  expect(operations.length).toBeGreaterThanOrEqual(2);
  for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
});

it('the README has fewer than 120 lines', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});
