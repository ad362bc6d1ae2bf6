import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type GraphQLField,
  type GraphQLInterfaceType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isSpecifiedDirective,
  lexicographicSortSchema,
  OperationTypeNode,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';

import { schema } from '../../src/schema/index.ts';
import { described } from './described.ts';

const fieldsOf = (root: OperationTypeNode): GraphQLField<unknown, unknown>[] =>
  Object.values(schema.getRootType(root)?.getFields() ?? {});
const interfaces = Object.values(schema.getTypeMap()).filter((type) => isInterfaceType(type));
const implementorsOf = (type: GraphQLInterfaceType): string[] =>
  schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort();
const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

test('schema.graphql is the schema as it is printed', () => {
  const printed = printSchema(lexicographicSortSchema(schema));
  const onDisk = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');

  expect(onDisk.trimEnd()).toBe(printed);
});

test('everything has a description', () => {
  const everything = described(schema);

  expect(everything.size).toBeGreaterThan(300);
  expect([...everything].filter(([, description]) => !description?.trim())).toEqual([]);
});

test('each query and each mutation can fail by itself', () => {
  const fields = [...fieldsOf(OperationTypeNode.QUERY), ...fieldsOf(OperationTypeNode.MUTATION)];

  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
});

test('a subscription never delivers null', () => {
  const nullable = fieldsOf(OperationTypeNode.SUBSCRIPTION).filter(
    ({ type }) => !isNonNullType(type),
  );

  expect(nullable.map(({ name }) => name)).toEqual([]);
});

test.each(fieldsOf(OperationTypeNode.MUTATION).map((field) => [field.name, field] as const))(
  '%s takes one input and returns its own payload',
  (name, { args, type }) => {
    expect(args.map((each) => `${each.name}: ${String(each.type)}`)).toEqual([
      `input: ${capitalized(name)}Input!`,
    ]);
    // The four answers to what the agent waits for share a payload: they have the same outcomes.
    const payload = name.startsWith('respondTo') ? 'Respond' : capitalized(name);
    expect(String(type)).toBe(`${payload}Payload`);
  },
);

describe.each(interfaces.map((type) => [type.name, type] as const))('in %s', (_name, type) => {
  test('every implementor has the fields with the same type and nullability', () => {
    for (const implementor of schema.getPossibleTypes(type)) {
      for (const field of Object.values(type.getFields())) {
        expect(
          String(implementor.getFields()[field.name]?.type),
          `${implementor.name}.${field.name}`,
        ).toBe(String(field.type));
      }
    }
  });

  test('a field name means one type and one nullability in all implementors', () => {
    const types = new Map<string, string>();
    for (const implementor of schema.getPossibleTypes(type)) {
      for (const field of Object.values(implementor.getFields())) {
        const first = types.get(field.name) ?? String(field.type);
        types.set(field.name, first);
        expect(String(field.type), `${implementor.name}.${field.name}`).toBe(first);
      }
    }
  });
});

test('SessionEventType has one value for each type of event', () => {
  const values = schema.getType('SessionEventType');
  const events = schema.getType('SessionEvent');
  if (!isEnumType(values) || !isInterfaceType(events)) throw new Error('not as named');
  const pascalCase = (name: string): string =>
    name
      .split('_')
      .map((word) => capitalized(word.toLowerCase()))
      .join('');

  const selectable = values.getValues().map(({ name }) => pascalCase(name));
  expect(selectable.sort()).toEqual(implementorsOf(events));
});

test('only sessions and the status can be fetched again by their id', () => {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('Node is an interface');

  expect(implementorsOf(node)).toEqual(['Session', 'Status']);
});

test('every abstract type has at least one type behind it', () => {
  const empty = Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type))
    .filter((type) => schema.getPossibleTypes(type).length === 0);

  expect(empty).toEqual([]);
});

test('@defer is the only directive that the contract adds', () => {
  const added = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));

  expect(added.map(({ name }) => name)).toEqual(['defer']);
});
