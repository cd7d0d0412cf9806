import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { withUnknownMembers } from './unknown-members.js';

const inner = z.object({ id: z.string() });
const schema = z.object({
  items: z.array(inner),
  one: inner.nullable(),
  maybe: inner.optional(),
  either: z.union([inner, z.object({ n: z.int() })]),
  open: z.looseObject({ id: z.string() }),
});
const more = { id: 'a', later: 1 };
const plain = { items: [], one: null, either: { n: 1 }, open: more };

/** The same answer, with a member that nobody knows in one place. */
const withMore: readonly (readonly [place: string, answer: object])[] = [
  ['the answer', { ...plain, later: 1 }],
  ['an item', { ...plain, items: [more] }],
  ['what may be null', { ...plain, one: more }],
  ['what may be missing', { ...plain, maybe: more }],
  ['one of two shapes', { ...plain, either: more }],
];

describe('an answer with more than its schema names', () => {
  it.each(withMore)('is kept whole by a reader: %s', (_, answer) => {
    expect(withUnknownMembers(schema, 'keep').parse(answer)).toEqual(answer);
  });

  it.each(withMore)('is refused where it is written: %s', (_, answer) => {
    expect(withUnknownMembers(schema, 'refuse').safeParse(answer).success).toBe(false);
  });

  it('is right where its schema is open by its own word', () => {
    expect(withUnknownMembers(schema, 'refuse').parse(plain)).toEqual(plain);
  });

  it('is refused by both where a named member is wrong', () => {
    for (const members of ['keep', 'refuse'] as const)
      expect(withUnknownMembers(schema, members).safeParse({ ...plain, one: {} }).success).toBe(
        false,
      );
  });
});
