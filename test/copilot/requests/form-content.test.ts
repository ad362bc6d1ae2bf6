import { describe, expect, it } from 'vitest';

import { checkFormContent } from '../../../src/copilot/requests/form-content.ts';

const formOf = (properties: object, required?: string[]) => ({
  type: 'object',
  properties,
  ...(required && { required }),
});

function problem(content: unknown, form: Readonly<Record<string, unknown>>): string | undefined {
  try {
    checkFormContent(content, form);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    return (error as Error).message;
  }
}

describe('a field of a form', () => {
  it.each([
    [{ type: 'string' }, ['', 'x'], [1, null, ['x'], {}]],
    [{ type: 'string', minLength: 2, maxLength: 3 }, ['ab', '🌉🌉🌉'], ['a', 'abcd']],
    [{ type: 'string', enum: ['a', 'a', 'b'] }, ['a', 'b'], ['c', 1]],
    [{ type: 'string', oneOf: [{ const: 'a', title: 'A' }] }, ['a'], ['A']],
    [{ type: 'string', format: 'email' }, ['a@b.example'], ['a', '@', 'a b@c']],
    [{ type: 'string', format: 'uri' }, ['https://a.example/b'], ['a.example', '/b']],
    [{ type: 'string', format: 'date' }, ['2024-02-29'], ['2023-02-29', '2024-2-9', 'today']],
    [
      { type: 'string', format: 'date-time' },
      ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.5+02:00'],
      ['2024-02-29', '2023-02-29T10:00:00Z'],
    ],
    [{ type: 'integer', minimum: 0 }, [0, 7], [-1, 1.5, '1', true]],
    [{ type: 'number', maximum: 1 }, [-3, 0.5], [1.1, 'x']],
    [{ type: 'boolean' }, [true, false], ['true', 0]],
    [
      { type: 'array', minItems: 1, items: { type: 'string', enum: ['a', 'b'] } },
      [['a'], ['a', 'b']],
      [[], ['c'], 'a'],
    ],
    [{ type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } }, [[], ['a']], [['A']]],
  ])('%o takes what it says, and nothing else', (definition, good, bad) => {
    const form = formOf({ field: definition });
    expect(good.map((field) => problem({ field }, form)).filter(Boolean)).toEqual([]);
    for (const field of bad) expect(problem({ field }, form)).toMatch(/^content: field/);
  });

  it.each([
    { type: 'nonsense' },
    { type: 'object', properties: { inner: { type: 'string' } } },
    { $ref: 'https://example.com/schema' },
    { enum: [] },
    null,
    'text',
  ])('%o, which no form can say, may have any plain value', (definition) => {
    const form = formOf({ field: definition });
    for (const field of ['x', 1, true, ['x']]) expect(problem({ field }, form)).toBeUndefined();
    for (const field of [{}, null, [1]]) expect(problem({ field }, form)).toBeDefined();
  });
});

describe('a form', () => {
  it('names the field that is wrong, missing or too much', () => {
    const form = formOf({ size: { type: 'string', enum: ['S'] } }, ['size']);
    expect(problem({ size: 'M' }, form)).toBe(
      'content: size must be equal to one of the allowed values',
    );
    expect(problem({}, form)).toBe("content: must have required property 'size'");
    expect(problem({ size: 'S', more: 1 }, form)).toBe(
      'content: must NOT have additional properties: more',
    );
  });

  it('that makes no sense can still be answered', () => {
    for (const form of [{}, { properties: 7, required: 'x' }, { required: ['there is none'] }]) {
      expect(problem({}, form)).toBeUndefined();
    }
    const names = formOf({ constructor: { type: 'string' } }, ['constructor']);
    expect(problem({}, names)).toBeDefined();
    expect(problem({ constructor: 'x' }, names)).toBeUndefined();
  });

  it('does not run what a hostile one brings', () => {
    const evil = { type: 'string', pattern: '^(a+)+$', format: 'regex', minLength: 'x' };
    const startedAt = performance.now();
    expect(problem({ field: `${'a'.repeat(60)}!` }, formOf({ field: evil }))).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('that is too large cannot be accepted', () => {
    const large = formOf({ field: { type: 'string', enum: ['x'.repeat(70_000)] } });
    expect(problem({}, large)).toContain('only DECLINE and CANCEL');
  });
});
