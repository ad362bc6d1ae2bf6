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
import { listDescriptions } from './descriptions.ts';

const listFields = (root: OperationTypeNode): GraphQLField<unknown, unknown>[] =>
  Object.values(schema.getRootType(root)?.getFields() ?? {});
const interfaces = Object.values(schema.getTypeMap()).filter((type) => isInterfaceType(type));
const listImplementors = (type: GraphQLInterfaceType): string[] =>
  schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort();
const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

test('schema.graphql is the printed schema', () => {
  const printed = printSchema(lexicographicSortSchema(schema));
  const onDisk = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');

  expect(onDisk.trimEnd()).toBe(printed);
});

test('every type, field, argument and enum value has a description', () => {
  const descriptions = listDescriptions(schema);

  expect(descriptions.size).toBeGreaterThan(300);
  expect([...descriptions].filter(([, description]) => !description?.trim())).toEqual([]);
});

test('every query and mutation field is nullable, so that it fails independently', () => {
  const fields = [
    ...listFields(OperationTypeNode.QUERY),
    ...listFields(OperationTypeNode.MUTATION),
  ];

  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
});

test('subscription fields are never null', () => {
  const nullable = listFields(OperationTypeNode.SUBSCRIPTION).filter(
    ({ type }) => !isNonNullType(type),
  );

  expect(nullable.map(({ name }) => name)).toEqual([]);
});

test.each(listFields(OperationTypeNode.MUTATION).map((field) => [field.name, field] as const))(
  '%s takes the one argument input and returns a payload type',
  (name, { args, type }) => {
    expect(args.map((each) => `${each.name}: ${String(each.type)}`)).toEqual([
      `input: ${capitalize(name)}Input!`,
    ]);
    // The four mutations that respond to a pending request share a payload, because their outcomes are the same.
    const payload = name.startsWith('respondTo') ? 'Respond' : capitalize(name);
    expect(String(type)).toBe(`${payload}Payload`);
  },
);

describe.each(interfaces.map((type) => [type.name, type] as const))(
  'the interface %s',
  (_name, type) => {
    test('has fields of the same type and nullability in every implementing type', () => {
      for (const implementor of schema.getPossibleTypes(type)) {
        for (const field of Object.values(type.getFields())) {
          expect(
            String(implementor.getFields()[field.name]?.type),
            `${implementor.name}.${field.name}`,
          ).toBe(String(field.type));
        }
      }
    });

    test('has no field name with different types in its implementing types', () => {
      const types = new Map<string, string>();
      for (const implementor of schema.getPossibleTypes(type)) {
        for (const field of Object.values(implementor.getFields())) {
          const first = types.get(field.name) ?? String(field.type);
          types.set(field.name, first);
          expect(String(field.type), `${implementor.name}.${field.name}`).toBe(first);
        }
      }
    });
  },
);

test('SessionEventType has one value for each type that implements SessionEvent', () => {
  const values = schema.getType('SessionEventType');
  const events = schema.getType('SessionEvent');
  if (!isEnumType(values) || !isInterfaceType(events))
    throw new Error('SessionEventType must be an enum and SessionEvent an interface');
  const pascalCase = (name: string): string =>
    name
      .split('_')
      .map((word) => capitalize(word.toLowerCase()))
      .join('');

  const selectable = values.getValues().map(({ name }) => pascalCase(name));
  expect(selectable.sort()).toEqual(listImplementors(events));
});

test('Session and Status are the only types that implement Node', () => {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('Node must be an interface');

  expect(listImplementors(node)).toEqual(['Session', 'Status']);
});

test('every interface and union has at least one object type', () => {
  const empty = Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type))
    .filter((type) => schema.getPossibleTypes(type).length === 0);

  expect(empty).toEqual([]);
});

test('@defer is the only custom directive', () => {
  const added = schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));

  expect(added.map(({ name }) => name)).toEqual(['defer']);
});
