import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { expect, test } from 'vitest';

const nodeModules = join(import.meta.dirname, '../../node_modules');

const packageName = (manifest: string): unknown => {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed
    ? parsed.name
    : undefined;
};

test('exactly one copy of graphql is installed', async () => {
  const entries = await readdir(nodeModules, { recursive: true });
  const copies = entries
    .filter((path) => /(^|node_modules[\\/])graphql[\\/]package\.json$/.test(path))
    .filter((path) => packageName(join(nodeModules, path)) === 'graphql');

  expect(copies).toEqual([join('graphql', 'package.json')]);
});

test('an error that Yoga creates is an instance of our GraphQLError', () => {
  expect(createGraphQLError('created by Yoga')).toBeInstanceOf(GraphQLError);
});
