import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

const page = readFileSync('SECURITY.md', 'utf8');

/** The rows of the tables under "Promises": the promise, and its test. */
const promises = page
  .slice(page.indexOf('## Promises'), page.indexOf('## What the operator'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (promise|-+) /.test(line))
  .map((line) => {
    const [, promise = '', file = '', title = ''] =
      /^\| (.+?) +\| `(test\/[^`]+\.test\.ts)`: `([^`]+)` +\|$/.exec(line) ?? [];
    return { line, promise, file, title };
  });

it('SECURITY.md contains promises', () => {
  expect(promises.length).toBeGreaterThan(25);
});

it.each(promises)('SECURITY.md names an existing test: $line', ({ promise, file, title }) => {
  expect(promise).not.toBe('');
  const text = readFileSync(file, 'utf8');
  expect(text.includes(`'${title}'`) || text.includes(`"${title}"`), title).toBe(true);
});
