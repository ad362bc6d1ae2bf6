import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';

import { schema } from '../../src/schema/index.ts';

const operations = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(join('docs', name), 'utf8').matchAll(/```graphql\n([^]*?)```/g)].map(
      ([, text]) => ({ name, text: text ?? '' }),
    ),
  );

it.each(operations)('what $name offers to copy is valid: $text', ({ text }) => {
  expect(validate(schema, parse(text))).toEqual([]);
});

it('the interaction model has its operations to copy', () => {
  const count = operations.filter(({ name }) => name === 'interaction.md').length;
  expect(count).toBeGreaterThanOrEqual(8);
});
