import { expect, test } from 'vitest';

import { describeSafely } from '../../src/lifecycle/safe-error.ts';

const planted = 'sk-planted';

test('a fault is told by its class, its code and where it was raised, never by its text', () => {
  const text = `${planted}\n    at ${planted} (/srv/${planted}.ts:1:1)`;
  const fault = describeSafely(
    Object.assign(new RangeError(text), { code: 'ERR_OUT', [planted]: planted }),
  );
  expect(fault).toMatchObject({ name: 'RangeError', code: 'ERR_OUT' });
  expect(fault.at[0]).toMatch(/^test\/lifecycle\/safe-error\.test\.ts:\d+:\d+$/);
  expect(fault.at.some((frame) => /^[\w. ]*node_modules\//.test(frame))).toBe(true);
  expect(JSON.stringify(fault)).not.toContain(planted);
  expect(JSON.stringify(fault)).not.toContain(process.cwd());
});

test('of what is no error its type is told, and names that could be anything are not', () => {
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
