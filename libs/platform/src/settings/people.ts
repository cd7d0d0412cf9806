import type { PeopleRights } from '#libs/ports/directory';
import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/);
const rights = z.strictObject({
  rooms: z.array(name).max(10_000).default([]),
  groups: z.array(name).max(1_000).default([]),
});
/** As a token names them: one line, nothing around it. */
export const isPersonName = (text: string): boolean => /^(?! )[^\p{C}]{1,200}(?<! )$/u.test(text);
/** Pairs, not an object: `__proto__` is a name like any other. */
const people = z.array(z.tuple([z.string().refine(isPersonName), rights])).max(100_000);

const isPlain = (json: unknown): json is object =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** A directory written down: JSON of people, each with rooms and groups. Throws at anything else. */
export const parsePeople = (text: string): PeopleRights => {
  const json: unknown = JSON.parse(text);
  return new Map(people.parse(isPlain(json) ? Object.entries(json) : undefined));
};
