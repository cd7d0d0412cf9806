import { describe, expect, it } from '@jest/globals';

import { WrongCalls } from './wrong-calls.js';

const calling = () => {
  let now = 1_000_000;
  const wrong = new WrongCalls({ now: () => now });
  return { wrong, pass: (ms: number) => void (now += ms) };
};
const caller = { run: 'a', address: '10.0.0.7' };

describe('calls with a wrong secret', () => {
  it('are counted for a minute, and then begin again', () => {
    const { wrong, pass } = calling();
    for (let n = 0; n < 10; n++) {
      expect(wrong.waitOf(caller)).toBeUndefined();
      wrong.add(caller);
    }
    pass(20_000);
    expect(wrong.waitOf(caller)).toBe(40_000);
    pass(40_000);
    expect(wrong.waitOf(caller)).toBeUndefined();
  });

  it('keep nobody away who calls from elsewhere, or for another run', () => {
    const { wrong } = calling();
    for (let n = 0; n < 10; n++) wrong.add(caller);
    expect(wrong.waitOf(caller)).toBeDefined();
    expect(wrong.waitOf({ ...caller, address: '10.0.0.8' })).toBeUndefined();
    expect(wrong.waitOf({ ...caller, run: 'b' })).toBeUndefined();
  });

  it('are counted by address where each is for another run', () => {
    const { wrong } = calling();
    for (let n = 0; n < 100; n++) wrong.add({ ...caller, run: `run ${n}` });
    expect(wrong.waitOf({ ...caller, run: 'new' })).toBe(60_000);
  });

  it('keep nobody out for ever where the clock is set back', () => {
    const { wrong, pass } = calling();
    for (let n = 0; n < 10; n++) wrong.add(caller);
    pass(-500_000);
    expect(wrong.waitOf(caller)).toBeUndefined();
  });
});
