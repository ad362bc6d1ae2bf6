import { describe, expect, it } from 'vitest';

import { checkFormContent } from '../../../src/copilot/requests/form-content.ts';

const createForm = (properties: object, required?: string[]) => ({
  type: 'object',
  properties,
  ...(required && { required }),
});

function findProblem(
  content: unknown,
  form: Readonly<Record<string, unknown>>,
): string | undefined {
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
  ])('%o accepts the values of its type, and no others', (definition, good, bad) => {
    const form = createForm({ field: definition });
    expect(good.map((field) => findProblem({ field }, form)).filter(Boolean)).toEqual([]);
    for (const field of bad) expect(findProblem({ field }, form)).toMatch(/^content: field/);
  });

  it.each([
    { type: 'nonsense' },
    { type: 'object', properties: { inner: { type: 'string' } } },
    { $ref: 'https://example.com/schema' },
    { enum: [] },
    null,
    'text',
  ])('%o, which MCP does not define for forms, accepts any plain value', (definition) => {
    const form = createForm({ field: definition });
    for (const field of ['x', 1, true, ['x']]) expect(findProblem({ field }, form)).toBeUndefined();
    for (const field of [{}, null, [1]]) expect(findProblem({ field }, form)).toBeDefined();
  });
});

describe('a form', () => {
  it('names the field that is invalid, missing or unknown', () => {
    const form = createForm({ size: { type: 'string', enum: ['S'] } }, ['size']);
    expect(findProblem({ size: 'M' }, form)).toBe(
      'content: size must be equal to one of the allowed values',
    );
    expect(findProblem({}, form)).toBe("content: must have required property 'size'");
    expect(findProblem({ size: 'S', more: 1 }, form)).toBe(
      'content: must NOT have additional properties: more',
    );
  });

  it('with an invalid schema can still be answered', () => {
    for (const form of [{}, { properties: 7, required: 'x' }, { required: ['there is none'] }]) {
      expect(findProblem({}, form)).toBeUndefined();
    }
    const names = createForm({ constructor: { type: 'string' } }, ['constructor']);
    expect(findProblem({}, names)).toBeDefined();
    expect(findProblem({ constructor: 'x' }, names)).toBeUndefined();
  });

  it('ignores keywords that could block the gateway', () => {
    const hostile = { type: 'string', pattern: '^(a+)+$', format: 'regex', minLength: 'x' };
    const startedAt = performance.now();
    expect(
      findProblem({ field: `${'a'.repeat(60)}!` }, createForm({ field: hostile })),
    ).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('with a schema that is too large cannot be accepted', () => {
    const large = createForm({ field: { type: 'string', enum: ['x'.repeat(70_000)] } });
    expect(findProblem({}, large)).toContain('use DECLINE or CANCEL');
  });
});
