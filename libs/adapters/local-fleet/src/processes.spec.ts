import { describe, expect, it } from '@jest/globals';

import { familyOf, processOf, type LocalProcess } from './processes.js';

const one = (pid: number, parent: number, group: number, began = 'monday'): LocalProcess => ({
  pid,
  parent,
  group,
  began,
});
const leader = { pid: 10, began: 'monday' };
const pids = (all: readonly LocalProcess[]): number[] => all.map(({ pid }) => pid).sort();

describe('a line of ps', () => {
  it.each([
    [
      '  812     1   812 S    Tue Dec  1 13:42:22 2026    ',
      { pid: 812, parent: 1, group: 812, began: 'Tue Dec  1 13:42:22 2026' },
    ],
    [
      '99999 812 812 Ss+ Tue Dec 11 03:02:02 2026',
      { pid: 99999, parent: 812, group: 812, began: 'Tue Dec 11 03:02:02 2026' },
    ],
    ['  813   812   812 Z    Tue Dec  1 13:42:22 2026', undefined],
    ['', undefined],
  ])('is read: %j', (line, expected) => {
    expect(processOf(line)).toEqual(expected);
  });
});

describe('what belongs to a server', () => {
  it('is its leader, its group, and what they started in groups of their own', () => {
    const all = [one(1, 0, 1), one(10, 1, 10), one(11, 10, 10), one(12, 11, 12), one(13, 12, 12)];
    expect(pids(familyOf(leader, [...all, one(20, 1, 20)]))).toEqual([10, 11, 12, 13]);
  });

  it('is what is left of the group when the leader has ended', () => {
    expect(pids(familyOf(leader, [one(1, 0, 1), one(11, 1, 10), one(12, 11, 10)]))).toEqual([
      11, 12,
    ]);
  });

  it('is nothing where another process has the number by now', () => {
    const all = [one(1, 0, 1), one(10, 1, 10, 'tuesday'), one(11, 10, 10, 'tuesday')];
    expect(familyOf(leader, all)).toEqual([]);
  });
});
