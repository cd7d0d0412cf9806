import { asFault, utf8 } from '#libs/kernel';
import { MemoryDirectory } from '#libs/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { principalOfPerson, principalsInPlaceOf, principalsOf } from './principals.js';

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
