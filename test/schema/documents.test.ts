import { concatAST, isObjectType, parse, specifiedRules, validate, visit } from 'graphql';
import { describe, expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { isRelayOnly, readDocuments } from './documents.ts';
import { compileWithRelay } from './relay-project.ts';
import { selectedFields } from './selected-fields.ts';

const documents = readDocuments();
const portable = documents.filter((document) => !isRelayOnly(document));
const generated = documents.filter(({ path }) => path.startsWith('all-fields'));

const namesIn = (files: typeof documents): string[] =>
  files.flatMap(({ document }) =>
    document.definitions.flatMap((definition) =>
      'name' in definition ? [definition.name.value] : [],
    ),
  );

test('all documents together are valid against the schema', () => {
  const whole = concatAST(portable.map(({ document }) => document));

  expect(validate(schema, whole, specifiedRules)).toEqual([]);
});

describe('the generated documents', () => {
  test('need no alias and no other document', () => {
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
    const selected = selectedFields(
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

describe('relay-compiler', () => {
  test('accepts every document, the ones with its own directives included', async () => {
    const { exitCode, output, compiled } = await compileWithRelay(schema, documents);

    expect(output).not.toMatch(/\[(WARN|ERROR)\]/);
    expect(exitCode).toBe(0);
    expect(namesIn(documents).filter((name) => !compiled.has(name))).toEqual([]);
  });

  test('fails when a document asks for what the schema does not have', async () => {
    const document = parse('query brokenQuery { viewer { id nickname } }');

    const { exitCode, output } = await compileWithRelay(schema, [
      { path: 'broken.graphql', document },
    ]);

    expect(exitCode).not.toBe(0);
    expect(output).toContain('nickname');
  });
});
