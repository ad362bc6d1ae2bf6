import { expect, test } from 'vitest';

import { describeSafely } from '../../src/lifecycle/safe-error.ts';

const planted = 'sk-planted';

test('an unexpected error is described by class, code and stack frames, never by its message', () => {
  const text = `${planted}\n    at ${planted} (/srv/${planted}.ts:1:1)`;
  const description = describeSafely(
    Object.assign(new RangeError(text), { code: 'ERR_OUT', [planted]: planted }),
  );
  expect(description).toMatchObject({ name: 'RangeError', code: 'ERR_OUT' });
  expect(description.at[0]).toMatch(/^test\/lifecycle\/safe-error\.test\.ts:\d+:\d+$/);
  expect(description.at.some((frame) => /^[\w. ]*node_modules\//.test(frame))).toBe(true);
  expect(JSON.stringify(description)).not.toContain(planted);
  expect(JSON.stringify(description)).not.toContain(process.cwd());
});

test('a thrown value that is not an error is described by its type, and unsafe names are left out', () => {
  expect(describeSafely(planted)).toEqual({ name: 'string', at: [] });
  expect(describeSafely(undefined)).toEqual({ name: 'undefined', at: [] });
  const named = Object.assign(new Error('x'), { name: `${planted} 1`, code: `${planted} 2` });
  expect(describeSafely(named)).toMatchObject({ name: 'Error' });
  expect(describeSafely(named)).not.toHaveProperty('code');
  const changed = new Error(planted);
  expect(changed.stack).toContain(planted);
  changed.message = 'another';
  expect(describeSafely(changed).at).toEqual([]);
});
