import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { utf8 } from '#libs/kernel';

import { countTopKey, isPlainly } from './scan-body.js';

const pieces = [
  '"token"',
  '"tok\\u0065n"',
  ':',
  ',',
  '{',
  '}',
  '[',
  ']',
  '"x"',
  '1',
  '"a\\"token"',
];

describe('a glance at a body', () => {
  it('never passes what reading every byte would refuse', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 30 }),
        fc.nat({ max: 70 }),
        (parts, depth) => {
          const text = '['.repeat(depth) + parts.join('');
          if (isPlainly(text, 'token'))
            expect(countTopKey(utf8(text), 'token')).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('is enough for a body as it is sent', () => {
    expect(isPlainly('{"token":"x","data":{"tags":[],"note":"a \\n line"}}', 'token')).toBe(true);
  });
});
