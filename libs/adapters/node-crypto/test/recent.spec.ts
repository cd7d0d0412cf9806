import { describe, expect, it } from '@jest/globals';

import { Recent } from '#libs/adapters/node-crypto';

describe('recent entries', () => {
  it('stay bounded, and the one not used for longest goes first', () => {
    const recent = new Recent<number>(3);
    for (const [name, value] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      recent.set(name, value);
    recent.get('a');
    recent.set('d', 4);
    expect(recent.size).toBe(3);
    expect(['a', 'b', 'c', 'd'].map((name) => recent.get(name))).toEqual([1, undefined, 3, 4]);
  });

  it('are replaced, not doubled', () => {
    const recent = new Recent<number | null>(2);
    recent.set('a', 1);
    recent.set('a', null);
    expect(recent.get('a')).toBeNull();
    expect(recent.size).toBe(1);
    recent.clear();
    expect(recent.get('a')).toBeUndefined();
  });
});
