import { PassThrough } from 'node:stream';

import { describe, expect, it } from '@jest/globals';

import { noPaint, sinkOf } from './process-io.js';
import { tableLines } from './table.js';
import { ago, bytes, counted, duration, preciseTime, time } from './words.js';

const streamOf = (isTTY: boolean, columns?: number) =>
  Object.assign(new PassThrough({ highWaterMark: 4 }), { isTTY, ...(columns && { columns }) });

describe('a sink', () => {
  it('paints on a terminal, and nowhere else', () => {
    expect(sinkOf(streamOf(true), {}).paint.good('yes')).toBe('\u001b[32myes\u001b[39m');
    expect(sinkOf(streamOf(false), {}).paint).toBe(noPaint);
    expect(sinkOf(streamOf(true), { NO_COLOR: '1' }).paint).toBe(noPaint);
    expect(sinkOf(streamOf(true), { NO_COLOR: '' }).paint).not.toBe(noPaint);
    expect(sinkOf(streamOf(true), { TERM: 'dumb' }).paint).toBe(noPaint);
  });

  it('is as wide as its terminal, and endless in a pipe', () => {
    expect(sinkOf(streamOf(true, 120), {}).width).toBe(120);
    expect(sinkOf(streamOf(false), {}).width).toBe(Infinity);
  });

  it('waits while its reader is slow', async () => {
    const stream = streamOf(false);
    let written = false;
    const writing = sinkOf(stream, {})
      .write('much more than fits')
      .then(() => (written = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBe(false);
    stream.resume();
    await writing;
    expect(written).toBe(true);
  });
});

describe('a table', () => {
  it('aligns what is coloured like what is not', () => {
    const [first = '', second = ''] = tableLines([
      ['\u001b[32mok\u001b[39m', 'x'],
      ['failed', 'y'],
    ]);
    expect(first).toBe('\u001b[32mok\u001b[39m      x');
    expect(second).toBe('failed  y');
  });

  it('sets numbers to the right, and leaves no blanks at the end of a line', () => {
    expect(
      tableLines(
        [
          ['a', '1'],
          ['b', '200'],
          ['c', ''],
        ],
        { right: [1] },
      ),
    ).toEqual(['a    1', 'b  200', 'c']);
  });

  it('cuts its last column where the terminal ends', () => {
    expect(tableLines([['id', 'a long story']], { width: 10 })).toEqual(['id  a lon…']);
  });

  it.each([
    ['a Chinese name', '王小明', 6],
    ['a Korean name', '김민준', 6],
    ['an emoji', '🔑', 2],
    ['a family of several emoji', '👨‍👩‍👧', 2],
    ['an accent that is a sign of its own', 'Zoe\u0308', 3],
    ['a painted word', '\u001B[31mbad\u001B[39m', 3],
  ])('gives %s the columns that it takes', (_, name, columns) => {
    const [first = '', second = ''] = tableLines([
      [name, 'x'],
      ['1234567890', 'y'],
    ]);
    expect(first).toBe(`${name}${' '.repeat(10 - columns)}  x`);
    expect(second).toBe('1234567890  y');
  });

  it('cuts wide signs at the terminal’s end, and none of them in two', () => {
    expect(tableLines([['id', '王小明先生']], { width: 10 })).toEqual(['id  王小…']);
    expect(tableLines([['id', 'ab👨‍👩‍👧cdef']], { width: 9 })).toEqual(['id  ab👨‍👩‍👧…']);
  });
});

describe('words', () => {
  const at = new Date(2026, 10, 21, 9, 5, 7, 42);

  it('tell times by the clock of the reader', () => {
    expect(time(at.toISOString())).toBe('2026-11-21 09:05:07');
    expect(preciseTime(at.toISOString())).toBe('2026-11-21 09:05:07.042');
    expect(time(null)).toBe('');
  });

  it('tell durations in the unit that says enough', () => {
    const spoken = [42, 90_000, 150_000, 7_300_000, 3 * 86_400_000].map(duration);
    expect(spoken).toEqual(['42 ms', '90 s', '3 min', '2 h', '3 days']);
    expect(ago(at.toISOString(), at.getTime() + 5_000)).toBe('5 s ago');
    expect(ago(null, 0)).toBe('never');
  });

  it('tell counts and sizes', () => {
    expect([counted(1, 'fact'), counted(1_200, 'fact')]).toEqual(['1 fact', '1,200 facts']);
    expect([900, 2_700, 20_000, 3_000_000].map(bytes)).toEqual([
      '900 B',
      '2.6 KiB',
      '20 KiB',
      '2.9 MiB',
    ]);
    expect([1024 ** 2 - 1, 2_148_000_000, 7 * 1024 ** 4, 5_000 * 1024 ** 4].map(bytes)).toEqual([
      '1.0 MiB',
      '2.0 GiB',
      '7.0 TiB',
      '5000 TiB',
    ]);
  });
});
