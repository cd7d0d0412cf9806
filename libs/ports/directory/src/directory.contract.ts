import { asFault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import type { Directory, PersonRights } from './directory.port.js';

/** Everybody there is, by name. */
export type CompanyRights = ReadonlyMap<string, PersonRights>;

export interface DirectoryHarness {
  readonly directory: Directory;
  /** Writes other rights where it reads them from. */
  readonly change: (people: CompanyRights) => Promise<void>;
  /** Takes away what it reads from; `change` brings it back. */
  readonly takeAway: () => Promise<void>;
  readonly dispose: () => Promise<void>;
  readonly capabilities: {
    /** Rights change while it is open. */
    readonly changes: true | { readonly not: string };
    /** What it reads from can be away. */
    readonly goesAway: true | { readonly not: string };
    /** It says who is staff; else everybody is. */
    readonly knowsStaff: true | { readonly not: string };
  };
}

export type MakeDirectory = (people: CompanyRights) => Promise<DirectoryHarness>;
export type DirectoryBehaviour = (make: MakeDirectory) => Promise<void>;

const NOTHING: PersonRights = { rooms: [], groups: [], isStaff: false };
const ANNA: PersonRights = { rooms: ['GENERAL', 'r2'], groups: ['finance'], isStaff: true };
const BEN: PersonRights = { rooms: ['r2'], groups: [], isStaff: false };
const company: CompanyRights = new Map([
  ['anna', ANNA],
  ['ben', BEN],
]);

const using = async (
  make: MakeDirectory,
  people: CompanyRights,
  run: (harness: DirectoryHarness) => Promise<void>,
): Promise<void> => {
  const harness = await make(people);
  try {
    await run(harness);
  } finally {
    await harness.dispose();
  }
};

/** What is expected of one that takes everybody for staff, and of one that does not. */
const seenBy = (
  { knowsStaff }: DirectoryHarness['capabilities'],
  rights: PersonRights,
): PersonRights => ({ ...rights, isStaff: knowsStaff === true ? rights.isStaff : true });

const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    return asFault(error).code;
  }
};

const answersForEach: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, capabilities }) => {
    expect(await directory.rightsOf('anna')).toEqual(seenBy(capabilities, ANNA));
    expect(await directory.rightsOf('ben')).toEqual(seenBy(capabilities, BEN));
    expect(await codeOf(directory.reach())).toBe('answered');
  });

const givesNothingToStrangers: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, capabilities }) => {
    for (const name of ['carl', '', 'Anna', ' anna', 'anna ', 'constructor', '__proto__'])
      expect(await directory.rightsOf(name)).toEqual(seenBy(capabilities, NOTHING));
  });

const takesAnyName: DirectoryBehaviour = async (make) => {
  const names = ['__proto__', 'constructor', 'mira@hotel.example', 'Jürgen Groß', '李', 'a b'];
  const people = new Map(names.map((name, i) => [name, { ...NOTHING, rooms: [`r${i}`] }]));
  await using(make, people, async ({ directory, capabilities }) => {
    for (const [name, rights] of people)
      expect(await directory.rightsOf(name)).toEqual(seenBy(capabilities, rights));
  });
};

const answersNow: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, change, capabilities }) => {
    await directory.rightsOf('anna');
    await change(new Map([['anna', BEN]]));
    const [anna, ben] = [await directory.rightsOf('anna'), await directory.rightsOf('ben')];
    // What cannot change stays as it was, for everybody.
    const expected = capabilities.changes === true ? [BEN, NOTHING] : [ANNA, BEN];
    expect([anna, ben]).toEqual(expected.map((rights) => seenBy(capabilities, rights)));
  });

const deniesWhenAway: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, capabilities }) => {
    const askedBefore = await directory.rightsOf('anna');
    expect(askedBefore).toEqual(seenBy(capabilities, ANNA));
    await takeAway();
    const expected =
      capabilities.goesAway === true ? 'DIRECTORY_UNAVAILABLE' : ('answered' as const);
    for (const name of ['anna', 'carl'])
      expect(await codeOf(directory.rightsOf(name))).toBe(expected);
    expect(await codeOf(directory.reach())).toBe(expected);
  });

const comesBack: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, change, capabilities }) => {
    await takeAway();
    await codeOf(directory.rightsOf('anna'));
    await change(company);
    expect(await directory.rightsOf('anna')).toEqual(seenBy(capabilities, ANNA));
    expect(await codeOf(directory.reach())).toBe('answered');
  });

const saysWhoIsStaff: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, change, capabilities }) => {
    const staff = async (): Promise<boolean[]> => {
      const all = ['anna', 'ben', 'carl'].map((name) => directory.rightsOf(name));
      return (await Promise.all(all)).map(({ isStaff }) => isStaff);
    };
    const knows = capabilities.knowsStaff === true;
    expect(await staff()).toEqual(knows ? [true, false, false] : [true, true, true]);
    await change(new Map([['ben', { ...BEN, isStaff: true }]]));
    expect(await staff()).toEqual(knows ? [false, true, false] : [true, true, true]);
  });

/** By title; the README of this port names them. */
export const directoryBehaviours: Readonly<Record<string, DirectoryBehaviour>> = {
  'answers the rooms and groups of each person': answersForEach,
  'gives nothing to somebody who is not known': givesNothingToStrangers,
  'takes any text for a name': takesAnyName,
  'says who is staff, and that a stranger is not': saysWhoIsStaff,
  'answers what is so now, however often it was asked before': answersNow,
  'denies everybody while it cannot be reached': deniesWhenAway,
  'answers the first question after it came back': comesBack,
};

export const directoryContract = (adapter: string, make: MakeDirectory): void => {
  describe(`directory of ${adapter}`, () => {
    for (const [title, behaviour] of Object.entries(directoryBehaviours))
      it(title, () => behaviour(make));
  });
};
