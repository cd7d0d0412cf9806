import { describe, expect, it } from '@jest/globals';

import { Recent } from './index.js';

describe('recent entries', () => {
  it('stay bounded: what was used last is there, what was not used for longest is gone', () => {
    const recent = new Recent<number>(100);
    recent.set('used', -1);
    for (let i = 0; i < 1000; i++) {
      recent.set(`${i}`, i);
      expect(recent.get('used')).toBe(-1);
      expect(recent.size).toBeLessThanOrEqual(100);
    }
    expect(recent.get('0')).toBeUndefined();
    for (let i = 999; i >= 960; i--) expect(recent.get(`${i}`)).toBe(i);
  });

  it('are replaced, not doubled, also where the old value is of an earlier generation', () => {
    const recent = new Recent<number | null>(4);
    recent.set('a', 1);
    recent.set('b', 2);
    recent.set('a', null);
    expect(recent.size).toBe(2);
    for (let i = 0; i < 3; i++) expect(recent.get('a')).toBeNull();
  });

  it('are forgotten, one or all', () => {
    const recent = new Recent<number>(6);
    for (const name of ['a', 'b', 'c', 'd']) recent.set(name, 1);
    recent.delete('a');
    recent.delete('d');
    expect(['a', 'b', 'd'].map((name) => recent.get(name))).toEqual([undefined, 1, undefined]);
    recent.clear();
    expect([recent.get('b'), recent.size]).toEqual([undefined, 0]);
  });
});
