import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { inOrder, windowsOf, type ThreadTurn, type WindowSizes } from './thread-windows.js';
import { sizeOf } from './text-size.js';

const HOUR = 3_600_000;
const sizes: WindowSizes = { target: 100, most: 200, overlap: 40 };

const turn = (id: string, at: number, words: number): ThreadTurn => ({
  record: {
    name: id,
    isMessage: true,
    called: '',
    ...{ sections: [], named: [], scope: [], audience: [] },
  },
  size: words,
  text: 'word '.repeat(words).trim(),
  bylines: [],
  at,
});

const idsIn = (windows: readonly (readonly ThreadTurn[])[]): string[][] =>
  windows.map((window) => window.map(({ record }) => record.name));

const thread = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 260 }), fc.integer({ min: 1, max: 90 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((turns) => {
    let at = 0;
    return turns.map(([words, hours], i) =>
      turn(String(i).padStart(3, '0'), (at += hours * HOUR), words),
    );
  });

describe('the windows of a thread', () => {
  it('keep a question and its answer together', () => {
    const talk = [60, 30, 60, 30].map((words, i) => turn(String(i), i * HOUR, words));
    expect(idsIn(windowsOf(talk, sizes))).toEqual([
      ['0', '1'],
      ['1', '2'],
      ['2', '3'],
    ]);
  });

  it('let a long question have its answer beside it', () => {
    const talk = [150, 40].map((words, i) => turn(String(i), i * HOUR, words));
    expect(idsIn(windowsOf(talk, sizes))).toEqual([['0', '1']]);
  });

  it('end where days pass without a word', () => {
    const talk = [turn('a', 0, 10), turn('b', HOUR, 10), turn('c', 60 * HOUR, 10)];
    expect(idsIn(windowsOf(talk, sizes))).toEqual([['a', 'b'], ['c']]);
  });

  it('hold every message, and none that is longer than a passage together with others', () => {
    fc.assert(
      fc.property(thread, (turns) => {
        const windows = windowsOf(turns, sizes);
        expect(new Set(idsIn(windows).flat()).size).toBe(turns.length);
        for (const window of windows.filter(({ length }) => length > 1))
          expect(window.reduce((size, { text }) => size + sizeOf(text), 0)).toBeLessThanOrEqual(
            sizes.most,
          );
      }),
    );
  });

  it('stay as they are when messages come later, all but the last', () => {
    fc.assert(
      fc.property(thread, fc.nat(39), (turns, length) => {
        const before = idsIn(windowsOf(turns.slice(0, length), sizes));
        const after = idsIn(windowsOf(turns, sizes));
        expect(after.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
        const last = before.at(-1);
        if (last) expect(after.map(([first]) => first)).toContain(last[0]);
      }),
    );
  });

  it('each begin with a message that no other begins with', () => {
    fc.assert(
      fc.property(thread, (turns) => {
        const firsts = windowsOf(turns, sizes).map(([first]) => first?.record.name);
        expect(new Set(firsts).size).toBe(firsts.length);
      }),
    );
  });

  it('are in one order, however the messages were read', () => {
    fc.assert(
      fc.property(
        thread.chain((turns) =>
          fc.tuple(fc.constant(turns), fc.shuffledSubarray(turns, { minLength: turns.length })),
        ),
        ([turns, shuffled]) => {
          expect(inOrder(shuffled)).toEqual(inOrder(turns));
        },
      ),
    );
  });
});
