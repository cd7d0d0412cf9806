import { groupPrincipal, roomPrincipal } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  openCompany,
  person,
  room,
  secretOf,
  secretWordOf,
  type Company,
} from './company-of-rooms.js';

const calls: string[] = [];
const watched = <T extends object>(port: T, name: string): T =>
  new Proxy(port, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls.push(`${name}.${String(method)}`);
        return Reflect.apply(value, target, args);
      };
    },
  });

let company: Company;
beforeAll(async () => {
  company = await openCompany(undefined, watched);
}, 120_000);
afterAll(() => company.close());

/** What a question does, and what it answers, less its own words. */
const askedOf = async (text: string) => {
  await company.ask(person(0), 'hello');
  calls.length = 0;
  const { hits, scope, steps, time } = await company.ask(person(0), text);
  return {
    calls: [...calls],
    shape: { hits: hits.length, scope, steps: steps.map(({ step }) => step), time },
  };
};

/** Of somebody else's note, only its word; of no note, a word like it. */
const HIDDEN = 7;
const theirs = secretOf(HIDDEN);
const nobodys = `${theirs.slice(0, -1)}y`;

describe('a search for what is somebody else’s', () => {
  beforeAll(async () => {
    company.readers.set(`note/note.${HIDDEN}`, [[groupPrincipal('the board')]]);
    await company.reindex(HIDDEN);
  });

  it('finds it for those whose it is', async () => {
    company.rights.set(person(1), { rooms: [], groups: ['the board'] });
    company.tell();
    const { hits } = await company.ask(person(1), theirs);
    expect(hits.map(({ passage }) => passage.unit)).toContain(`note/note.${HIDDEN}`);
  });

  it.each([
    ['its word alone', theirs, nobodys],
    ['its word among others', `wifi password ${theirs}`, `wifi password ${nobodys}`],
    ['a word of letters', `is there a ${secretWordOf(HIDDEN)}`, 'is there a zqqqqqqqvv'],
  ])('does and answers what it does where it is not there: %s', async (_, hidden, none) => {
    expect(await askedOf(hidden)).toEqual(await askedOf(none));
  });

  it('does so for the name of a home, too', async () => {
    company.readers.set('listing/home.3', [[roomPrincipal(room(1))], [groupPrincipal('board')]]);
    await company.reindex(3);
    // Names are read again in between, each with who may read it: a home of others is no name then.
    company.later(10 * 60_000);
    // Records are got once a kind: of how many kinds the hits are that may be read, the asker sees.
    const looks = async (text: string) => {
      const { calls: all, shape } = await askedOf(text);
      return { calls: all.filter((call, i) => call !== all[i - 1]), shape };
    };
    expect(await looks('door code of Mill Studio 3')).toEqual(
      await looks('door code of Mill Studio 9999'),
    );
  });
});
