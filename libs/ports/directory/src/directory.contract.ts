import { asFault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import type { Directory, PersonRights, RoomRights } from './directory.port.js';

export interface CompanyPerson extends PersonRights {
  /** In these rooms, and not of the house: all that the person has here is to read them there. */
  readonly isOutside?: boolean;
  /** A program, in these rooms as anybody. */
  readonly isMachine?: boolean;
}

/** Everybody there is, by name. A room whose id begins with `direct` is one between those who are in it. */
export type CompanyRights = ReadonlyMap<string, CompanyPerson>;

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
    /** Machines and people from outside can be in its rooms. */
    readonly knowsOthers: true | { readonly not: string };
    /** All that one answer holds was so at one moment. */
    readonly isOfOneMoment: true | { readonly not: string };
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

/** By an id that lasts, or by the name; which of both is for each directory to say. */
const withoutId = ({ id: _id, ...rights }: PersonRights): PersonRights => rights;

const rightsOf = async (directory: Directory, person: string): Promise<PersonRights> =>
  withoutId(await directory.rightsOf(person));

const sorted = ({ rooms, groups, isStaff, isForOne }: RoomRights): Omit<RoomRights, 'id'> => ({
  ...{ rooms: [...rooms].sort(), groups: [...groups].sort(), isStaff, isForOne },
});

const inRoom = async (
  directory: Directory,
  room: string,
  person: string,
): Promise<Omit<RoomRights, 'id'> | undefined> => {
  const rights = await directory.rightsInRoom(room, person);
  return rights && sorted(rights);
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
  using(make, company, async ({ directory, capabilities }) => {
    expect(await rightsOf(directory, 'anna')).toEqual(seenBy(capabilities, ANNA));
    expect(await rightsOf(directory, 'ben')).toEqual(seenBy(capabilities, BEN));
    expect(await codeOf(directory.reach())).toBe('answered');
  });

const givesNothingToStrangers: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, capabilities }) => {
    for (const name of ['carl', '', 'Anna', ' anna', 'anna ', 'constructor', '__proto__'])
      expect(await rightsOf(directory, name)).toEqual(seenBy(capabilities, NOTHING));
  });

const takesAnyName: DirectoryBehaviour = async (make) => {
  const names = ['__proto__', 'constructor', 'mira@hotel.example', 'Jürgen Groß', '李', 'a b'];
  const people = new Map(names.map((name, i) => [name, { ...NOTHING, rooms: [`r${i}`] }]));
  await using(make, people, async ({ directory, capabilities }) => {
    for (const [name, rights] of people)
      expect(await rightsOf(directory, name)).toEqual(seenBy(capabilities, rights));
  });
};

const answersNow: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, change, capabilities }) => {
    await rightsOf(directory, 'anna');
    await change(new Map([['anna', BEN]]));
    const [anna, ben] = [await rightsOf(directory, 'anna'), await rightsOf(directory, 'ben')];
    // What cannot change stays as it was, for everybody.
    const expected = capabilities.changes === true ? [BEN, NOTHING] : [ANNA, BEN];
    expect([anna, ben]).toEqual(expected.map((rights) => seenBy(capabilities, rights)));
  });

const deniesWhenAway: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, capabilities }) => {
    const askedBefore = await rightsOf(directory, 'anna');
    expect(askedBefore).toEqual(seenBy(capabilities, ANNA));
    await takeAway();
    const expected =
      capabilities.goesAway === true ? 'DIRECTORY_UNAVAILABLE' : ('answered' as const);
    for (const name of ['anna', 'carl'])
      expect(await codeOf(directory.rightsOf(name))).toBe(expected);
    expect(await codeOf(directory.rightsInRoom('r2', 'anna'))).toBe(expected);
    expect(await codeOf(directory.rightsInRoom('r2', 'carl'))).toBe(expected);
    expect(await codeOf(directory.reach())).toBe(expected);
  });

const comesBack: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, takeAway, change, capabilities }) => {
    await takeAway();
    await codeOf(directory.rightsOf('anna'));
    await change(company);
    expect(await rightsOf(directory, 'anna')).toEqual(seenBy(capabilities, ANNA));
    expect(await inRoom(directory, 'r2', 'ben')).toMatchObject({ rooms: ['r2'] });
    expect(await codeOf(directory.reach())).toBe('answered');
  });

const saysWhoIsStaff: DirectoryBehaviour = (make) =>
  using(make, company, async ({ directory, change, capabilities }) => {
    const staff = async (): Promise<boolean[]> => {
      const all = ['anna', 'ben', 'carl'].map((name) => rightsOf(directory, name));
      return (await Promise.all(all)).map(({ isStaff }) => isStaff);
    };
    const knows = capabilities.knowsStaff === true;
    expect(await staff()).toEqual(knows ? [true, false, false] : [true, true, true]);
    await change(new Map([['ben', { ...BEN, isStaff: true }]]));
    expect(await staff()).toEqual(knows ? [false, true, false] : [true, true, true]);
  });

const CAROL: PersonRights = {
  rooms: ['GENERAL', 'r2', 'r3'],
  groups: ['finance', 'night'],
  isStaff: true,
};
const several: CompanyRights = new Map([...company, ['carol', CAROL]]);

const givesWhatAllRead: DirectoryBehaviour = (make) =>
  using(make, several, async ({ directory, capabilities }) => {
    const isStaff = (really: boolean): boolean => capabilities.knowsStaff !== true || really;
    const both = { rooms: ['GENERAL', 'r2'], groups: ['finance'], isStaff: true, isForOne: false };
    for (const person of ['anna', 'carol'])
      expect(await inRoom(directory, 'GENERAL', person)).toEqual(both);
    // Ben reads one room, is in no group, and is no staff: neither has anybody who is in a room with him.
    const withBen = { rooms: ['r2'], groups: [], isStaff: isStaff(false), isForOne: false };
    for (const person of ['anna', 'ben', 'carol'])
      expect(await inRoom(directory, 'r2', person)).toEqual(withBen);
    expect(await inRoom(directory, 'r3', 'carol')).toEqual({ ...CAROL, isForOne: true });
  });

const keepsOthersOut: DirectoryBehaviour = (make) =>
  using(make, several, async ({ directory }) => {
    const asked: readonly (readonly [room: string, person: string])[] = [
      ...[['GENERAL', 'ben'] as const, ['r3', 'anna'] as const, ['r2', 'dora'] as const],
      ...[['nowhere', 'anna'] as const, ['', 'anna'] as const, ['r2', ''] as const],
      ...[['general', 'anna'] as const, ['__proto__', 'anna'] as const],
      ...[['constructor', 'constructor'] as const, ['r2', '__proto__'] as const],
    ];
    for (const [room, person] of asked)
      expect(await directory.rightsInRoom(room, person)).toBeUndefined();
  });

const countsOthers: DirectoryBehaviour = async (make) => {
  const stranger = { rooms: ['GENERAL', 'r2'], groups: ['finance'], isStaff: true };
  const robot = { ...NOTHING, rooms: ['GENERAL'], isMachine: true };
  const withRobot: CompanyRights = new Map([['anna', ANNA] as const, ['robot', robot] as const]);
  const withBoth: CompanyRights = new Map([
    ...withRobot,
    ['stranger', { ...stranger, isOutside: true }] as const,
  ]);
  await using(make, withRobot, async ({ directory, change, capabilities }) => {
    if (capabilities.knowsOthers !== true) return;
    expect(await inRoom(directory, 'GENERAL', 'anna')).toEqual({ ...ANNA, isForOne: true });
    await change(withBoth);
    expect(await inRoom(directory, 'GENERAL', 'anna')).toEqual({
      ...{ rooms: ['GENERAL'], groups: [], isStaff: false, isForOne: false },
    });
    for (const person of ['robot', 'stranger'])
      expect(await directory.rightsInRoom('GENERAL', person)).toBeUndefined();
  });
};

/** A direct room may be no source of anybody, and can be asked in all the same. */
const answersInDirectRooms: DirectoryBehaviour = async (make) => {
  const anna = { ...ANNA, rooms: [...ANNA.rooms, 'direct1', 'direct2'] };
  const ben = { ...BEN, rooms: [...BEN.rooms, 'direct2'], groups: ['night'] };
  const people: CompanyRights = new Map([
    ['anna', anna],
    ['ben', ben],
  ]);
  await using(make, people, async ({ directory, capabilities }) => {
    const alone = await directory.rightsInRoom('direct1', 'anna');
    expect(alone).toMatchObject({ isForOne: true, isStaff: true, groups: ['finance'] });
    expect(alone?.rooms).toEqual((await directory.rightsOf('anna')).rooms);
    const two = await directory.rightsInRoom('direct2', 'ben');
    expect(two).toMatchObject({ isForOne: false, groups: [] });
    expect(two?.isStaff).toBe(capabilities.knowsStaff !== true);
    expect(two?.rooms).toContain('r2');
    expect(two?.rooms).not.toContain('GENERAL');
    expect(await directory.rightsInRoom('direct1', 'ben')).toBeUndefined();
  });
};

const answersInRoomNow: DirectoryBehaviour = (make) =>
  using(make, several, async ({ directory, change, capabilities }) => {
    const before = await inRoom(directory, 'GENERAL', 'anna');
    expect(before?.rooms).toEqual(['GENERAL', 'r2']);
    await change(
      new Map([
        ['anna', ANNA],
        ['carol', { ...CAROL, rooms: ['GENERAL', 'r3'], groups: ['night'] }],
      ]),
    );
    const now = { ...ANNA, rooms: ['GENERAL'], groups: [], isForOne: false };
    const expected = capabilities.changes === true ? now : before;
    expect(await inRoom(directory, 'GENERAL', 'anna')).toEqual(expected);
    await change(new Map([['carol', CAROL]]));
    expect(await inRoom(directory, 'GENERAL', 'anna')).toEqual(
      capabilities.changes === true ? undefined : before,
    );
  });

const mixesNoMoments: DirectoryBehaviour = async (make) => {
  const more = { ...ANNA, rooms: ['GENERAL', 'r2'] };
  const less = { ...NOTHING, rooms: ['GENERAL'] };
  const company = (anna: PersonRights, ben: PersonRights): CompanyRights =>
    new Map([
      ['anna', anna],
      ['ben', ben],
    ]);
  await using(make, company(more, less), async ({ directory, change, capabilities }) => {
    if (capabilities.isOfOneMoment !== true) return;
    let isOver = false;
    const seen = new Set<string>();
    const asking = (async () => {
      while (!isOver) {
        const rights = await inRoom(directory, 'GENERAL', 'anna');
        seen.add(JSON.stringify([rights?.rooms, rights?.groups]));
      }
    })();
    // What one of both may read moves to the other and back: at no moment is it for both.
    for (let turn = 0; turn < 20; turn++)
      await change(turn % 2 === 0 ? company(less, more) : company(more, less));
    isOver = true;
    await asking;
    expect([...seen]).toEqual([JSON.stringify([['GENERAL'], []])]);
  });
};

/** By title; the README of this port names them. */
export const directoryBehaviours: Readonly<Record<string, DirectoryBehaviour>> = {
  'answers the rooms and groups of each person': answersForEach,
  'gives nothing to somebody who is not known': givesNothingToStrangers,
  'takes any text for a name': takesAnyName,
  'says who is staff, and that a stranger is not': saysWhoIsStaff,
  'answers what is so now, however often it was asked before': answersNow,
  'denies everybody while it cannot be reached': deniesWhenAway,
  'answers the first question after it came back': comesBack,
  'gives in a room what each of its readers may read': givesWhatAllRead,
  'gives nothing in a room to somebody who does not read it': keepsOthersOut,
  'leaves a room to itself where somebody from outside reads, and counts no machine': countsOthers,
  'answers in a room of two as in any other, and in a room of one as the person':
    answersInDirectRooms,
  'answers in a room what is so now, whoever came or left': answersInRoomNow,
  'puts no right in a room together from two moments': mixesNoMoments,
};

export const directoryContract = (adapter: string, make: MakeDirectory): void => {
  describe(`directory of ${adapter}`, () => {
    for (const [title, behaviour] of Object.entries(directoryBehaviours))
      it(title, () => behaviour(make));
  });
};
