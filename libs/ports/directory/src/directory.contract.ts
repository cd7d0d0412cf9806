import { asFault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import type { Directory, PeopleRights, PersonRights } from './directory.port.js';

export interface DirectoryHarness {
  readonly directory: Directory;
  /** Writes other rights where it reads them from. */
  readonly change: (people: PeopleRights) => Promise<void>;
  /** Takes away what it reads from; `change` brings it back. */
  readonly takeAway: () => Promise<void>;
  readonly dispose: () => Promise<void>;
  readonly capabilities: {
    /** Rights change while it is open. */
    readonly changes: true | { readonly not: string };
    /** What it reads from can be away. */
    readonly goesAway: true | { readonly not: string };
  };
}

export type MakeDirectory = (people: PeopleRights) => Promise<DirectoryHarness>;
export type DirectoryBehaviour = (make: MakeDirectory) => Promise<void>;

const NOTHING: PersonRights = { rooms: [], groups: [] };
const ANNA: PersonRights = { rooms: ['GENERAL', 'r2'], groups: ['finance'] };
const BEN: PersonRights = { rooms: ['r2'], groups: [] };
const company: PeopleRights = new Map([
  ['anna', ANNA],
  ['ben', BEN],
]);

const using = async (
  make: MakeDirectory,
  people: PeopleRights,
  run: (harness: DirectoryHarness) => Promise<void>,
): Promise<void> => {
  const harness = await make(people);
  try {
    await run(harness);
  } finally {
    await harness.dispose();
  }
};

const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    return asFault(error).code;
  }
};

const answersForEach: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory }) => {
    expect(await directory.rightsOf('anna')).toEqual(ANNA);
    expect(await directory.rightsOf('ben')).toEqual(BEN);
    expect(await codeOf(directory.reach())).toBe('answered');
  });

const givesNothingToStrangers: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory }) => {
    for (const name of ['carl', '', 'Anna', ' anna', 'anna ', 'constructor', '__proto__'])
      expect(await directory.rightsOf(name)).toEqual(NOTHING);
  });

const takesAnyName: DirectoryBehaviour = async (make) => {
  const names = ['__proto__', 'constructor', 'mira@hotel.example', 'Jürgen Groß', '李', 'a b'];
  const people = new Map(names.map((name, i) => [name, { rooms: [`r${i}`], groups: [] }]));
  await using(make, people, async ({ directory }) => {
    for (const [i, name] of names.entries())
      expect(await directory.rightsOf(name)).toEqual({ rooms: [`r${i}`], groups: [] });
  });
};

const answersNow: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, change, capabilities }) => {
    await directory.rightsOf('anna');
    await change(new Map([['anna', BEN]]));
    const [anna, ben] = [await directory.rightsOf('anna'), await directory.rightsOf('ben')];
    // What cannot change stays as it was, for everybody.
    expect([anna, ben]).toEqual(capabilities.changes === true ? [BEN, NOTHING] : [ANNA, BEN]);
  });

const deniesWhenAway: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, capabilities }) => {
    const askedBefore = await directory.rightsOf('anna');
    expect(askedBefore).toEqual(ANNA);
    await takeAway();
    const expected =
      capabilities.goesAway === true ? 'DIRECTORY_UNAVAILABLE' : ('answered' as const);
    for (const name of ['anna', 'carl'])
      expect(await codeOf(directory.rightsOf(name))).toBe(expected);
    expect(await codeOf(directory.reach())).toBe(expected);
  });

const comesBack: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, change }) => {
    await takeAway();
    await codeOf(directory.rightsOf('anna'));
    await change(company);
    expect(await directory.rightsOf('anna')).toEqual(ANNA);
    expect(await codeOf(directory.reach())).toBe('answered');
  });

/** By title; the README of this port names them. */
export const directoryBehaviours: Readonly<Record<string, DirectoryBehaviour>> = {
  'answers the rooms and groups of each person': answersForEach,
  'gives nothing to somebody who is not known': givesNothingToStrangers,
  'takes any text for a name': takesAnyName,
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
