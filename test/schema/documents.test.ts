import { concatAST, isObjectType, parse, specifiedRules, validate, visit } from 'graphql';
import { describe, expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { isRelayOnly, readDocuments } from './documents.ts';
import { compileWithRelay } from './relay-project.ts';
import { listSelectedFields } from './selected-fields.ts';

const documents = readDocuments();
const portable = documents.filter((document) => !isRelayOnly(document));
const generated = documents.filter(({ path }) => path.startsWith('all-fields'));

const listNames = (files: typeof documents): string[] =>
  files.flatMap(({ document }) =>
    document.definitions.flatMap((definition) =>
      'name' in definition ? [definition.name.value] : [],
    ),
  );

test('all test documents together are valid against the schema', () => {
  const whole = concatAST(portable.map(({ document }) => document));

  expect(validate(schema, whole, specifiedRules)).toEqual([]);
});

describe('the generated all-fields documents', () => {
  test('are valid on their own and use no alias', () => {
    for (const { path, document } of generated) {
      visit(document, {
        Field: ({ alias }) => {
          expect(alias, path).toBeUndefined();
        },
      });
      expect(validate(schema, document, specifiedRules), path).toEqual([]);
    }
  });

  test('select every field of every object type', () => {
    const selected = listSelectedFields(
      schema,
      generated.map(({ document }) => document),
    );
    const all = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

    expect(all.filter((field) => !selected.has(field))).toEqual([]);
  });
});

describe('the relay-compiler', () => {
  test('accepts every document, including those with Relay directives', async () => {
    const { exitCode, output, compiled } = await compileWithRelay(schema, documents);

    expect(output).not.toMatch(/\[(WARN|ERROR)\]/);
    expect(exitCode).toBe(0);
    expect(listNames(documents).filter((name) => !compiled.has(name))).toEqual([]);
  });

  test('rejects a document with a field that is not in the schema', async () => {
    const document = parse('query brokenQuery { viewer { id nickname } }');

    const { exitCode, output } = await compileWithRelay(schema, [
      { path: 'broken.graphql', document },
    ]);

    expect(exitCode).not.toBe(0);
    expect(output).toContain('nickname');
  });
});
