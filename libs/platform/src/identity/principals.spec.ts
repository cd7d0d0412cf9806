import { asFault, utf8 } from '#libs/kernel';
import { MemoryDirectory } from '#libs/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';

import {
  principalOfPerson,
  principalsInPlaceOf,
  principalsInRoom,
  principalsOf,
  readerOf,
} from './principals.js';

const finance = { rooms: ['r1'], groups: ['finance'] };

let directory: MemoryDirectory;
/** No keyed hash, but one that tells people apart and does not hold their name. */
const keys = {
  fingerprint: (values: readonly Uint8Array[]) =>
    values.map((value) => utf8(`${value.reduce((sum, byte) => (sum * 31 + byte) % 65_536, 7)}`)),
};

beforeEach(() => {
  directory = new MemoryDirectory(new Map([['anna', finance]]));
});

const principals = (name: string) => principalsOf({ directory, keys }, { name });

describe('as whom somebody reads', () => {
  it('is one of the staff, the person as a keyed hash, and of the rooms and groups of now', async () => {
    const anna = await principalOfPerson({ keys }, 'anna');
    expect(anna).toMatch(/^user:[0-9a-f]{1,32}$/);
    expect(await principals('anna')).toEqual(['staff', anna, 'room:r1', 'group:finance']);
    const ben = await principalOfPerson({ keys }, 'ben');
    expect(await principals('ben')).toEqual(['staff', ben]);
    expect(ben).not.toBe(anna);
  });

  it('is nobody of the staff unless the directory says so', async () => {
    directory = new MemoryDirectory(new Map([['anna', finance]]), false);
    const [anna, ben] = await Promise.all(
      ['anna', 'ben'].map((name) => principalOfPerson({ keys }, name)),
    );
    expect(await principals('anna')).toEqual([anna, 'room:r1', 'group:finance']);
    expect(await principals('ben')).toEqual([ben]);
    directory.change(new Map([['anna', { ...finance, isStaff: true }]]));
    expect(await principals('anna')).toEqual(['staff', anna, 'room:r1', 'group:finance']);
  });

  it('is asked each time: what was taken away is gone at the next question', async () => {
    await principals('anna');
    directory.change(new Map());
    expect(await principals('anna')).toEqual(['staff', await principalOfPerson({ keys }, 'anna')]);
    expect(directory.asked).toBe(2);
  });

  it('cannot be told while the directory is away, of nobody', async () => {
    directory.takeAway();
    for (const name of ['anna', 'ben'])
      await expect(principals(name)).rejects.toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
  });

  it('is the staff at the machine itself, where nobody asks a directory', async () => {
    directory.takeAway();
    const local = await principalOfPerson({ keys }, 'command-line');
    expect(await principals('command-line')).toEqual(['staff', local]);
  });
});

describe('somebody whom the directory knows by an id', () => {
  const known = { ...finance, id: 'a1' };

  it('keeps what is theirs under another name', async () => {
    directory.change(
      new Map([
        ['anna', known],
        ['ben', { ...finance, id: 'b2' }],
      ]),
    );
    const { asker } = await readerOf({ directory, keys }, { name: 'anna' });
    expect(await principals('anna')).toEqual(['staff', asker, 'room:r1', 'group:finance']);
    directory.change(
      new Map([
        ['anna.b', known],
        ['anna', { ...finance, id: 'b2' }],
      ]),
    );
    expect(await principals('anna.b')).toContain(asker);
    expect(await principals('anna')).not.toContain(asker);
  });

  it('is nobody who has that id for a name', async () => {
    directory.change(new Map([['anna', known]]));
    const [anna, other] = [await principals('anna'), await principals('a1')];
    expect(other.filter((each) => anna.includes(each))).toEqual(['staff']);
  });
});

describe('as whom a question is answered in a room', () => {
  const inRoom = (room: string, person: string) =>
    principalsInRoom({ directory, keys }, room, person);

  it('is what all its readers may read, and nobody of them alone', async () => {
    const ben = { rooms: ['r1', 'r2'], groups: ['kitchen', 'finance'] };
    const anna = { rooms: ['r3', 'r2', 'r1'], groups: ['finance'] };
    directory.change(new Map(Object.entries({ anna, ben })));
    expect(await inRoom('r1', 'anna')).toEqual([
      ...['staff', 'room:r2', 'room:r1', 'group:finance'],
    ]);
    directory.change(new Map(Object.entries({ anna, ben: { ...ben, isStaff: false } })));
    expect(await inRoom('r1', 'anna')).toEqual(['room:r2', 'room:r1', 'group:finance']);
  });

  it('is the person where nobody else reads, by id as elsewhere', async () => {
    directory.change(new Map([['anna', { ...finance, id: 'a1' }]]));
    expect(await inRoom('r1', 'anna')).toEqual(await principals('anna'));
  });

  it('is nobody for who does not read the room', async () => {
    expect(await inRoom('r1', 'ben')).toBeUndefined();
    expect(await inRoom('r2', 'anna')).toBeUndefined();
    directory.takeAway();
    await expect(inRoom('r1', 'anna')).rejects.toMatchObject({ code: 'DIRECTORY_UNAVAILABLE' });
  });
});

describe('in the place of another', () => {
  const inPlaceOf = (other: string, role: 'admin' | 'operator' | 'viewer' = 'admin') =>
    principalsInPlaceOf({ directory, keys }, { name: 'ben', role }, other);

  it('reads an administrator, and nobody else', async () => {
    const refused = await inPlaceOf('staff', 'operator').catch(asFault);
    expect(refused).toMatchObject({ code: 'API_ROLE_INSUFFICIENT' });
    expect(await inPlaceOf('staff')).toEqual(['staff']);
  });

  it('reads one as a group, a room or a person would, and gets nothing more', async () => {
    expect(await inPlaceOf('group:finance')).toEqual(['staff', 'group:finance']);
    expect(await inPlaceOf('room:r1')).toEqual(['staff', 'room:r1']);
    expect(await inPlaceOf('anna')).toEqual(await principals('anna'));
    expect(await inPlaceOf('user:anna')).toEqual(await principals('anna'));
    expect(await inPlaceOf('group: strange name')).toEqual(await principals('group: strange name'));
  });
});
