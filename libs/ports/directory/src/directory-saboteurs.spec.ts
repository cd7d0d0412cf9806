import { describe, expect, it } from '@jest/globals';

import type { Directory } from '#libs/ports/directory';
import {
  hospitableDirectory,
  MemoryDirectory,
  rememberingDirectory,
  shruggingDirectory,
} from '#libs/testing';
import { directoryBehaviours, directoryContract, type MakeDirectory } from '#suites/directory';

const inMemory =
  (disguise: (inner: Directory) => Directory): MakeDirectory =>
  (people) => {
    const inner = new MemoryDirectory(people, false);
    return Promise.resolve({
      directory: disguise(inner),
      change: async (changed) => inner.change(changed),
      takeAway: async () => inner.takeAway(),
      dispose: () => Promise.resolve(),
      capabilities: {
        ...{ changes: true, goesAway: true, knowsStaff: true },
        ...{ knowsOthers: true, isOfOneMoment: true },
      },
    });
  };

const rejectedFor = async (disguise: (inner: Directory) => Directory): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(directoryBehaviours))
    await behaviour(inMemory(disguise)).catch(() => rejected.push(title));
  return rejected;
};

directoryContract(
  'nothing but memory',
  inMemory((inner) => inner),
);

describe('the suite of directory', () => {
  it('rejects one that remembers what it answered', async () => {
    expect(await rejectedFor(rememberingDirectory)).toEqual([
      'says who is staff, and that a stranger is not',
      'answers what is so now, however often it was asked before',
      'denies everybody while it cannot be reached',
      'leaves a room to itself where somebody from outside reads, and counts no machine',
      'answers in a room what is so now, whoever came or left',
    ]);
  });

  it('rejects one that takes silence for no rights', async () => {
    expect(await rejectedFor(shruggingDirectory)).toEqual([
      'denies everybody while it cannot be reached',
    ]);
  });

  it('rejects one to whom everybody is staff', async () => {
    expect(await rejectedFor(hospitableDirectory)).toEqual([
      'answers the rooms and groups of each person',
      'gives nothing to somebody who is not known',
      'takes any text for a name',
      'says who is staff, and that a stranger is not',
      'answers what is so now, however often it was asked before',
      'gives in a room what each of its readers may read',
      'gives nothing in a room to somebody who does not read it',
      'leaves a room to itself where somebody from outside reads, and counts no machine',
      'answers in a room of two as in any other, and in a room of one as the person',
      'answers in a room what is so now, whoever came or left',
      'puts no right in a room together from two moments',
    ]);
  });
});
