import { describe, expect, it } from '@jest/globals';

import type { StoredFact } from './event-log.port.js';
import { factsAfter, pagesOfLog, pagesOfStream, pagesOfStreams } from './pages.js';

/** Every second fact is of stream `a`; versions follow positions, as in observed streams. */
const logOf = (length: number) => {
  const reads: number[] = [];
  const facts = Array.from({ length }, (_, i) => ({
    position: i + 1,
    version: i + 1,
    stream: i % 2 === 0 ? 'a' : 'b',
  })) as StoredFact[];
  const from = (known: readonly StoredFact[], after: number, limit: number) => {
    reads.push(after);
    return Promise.resolve(known.filter(({ position }) => position > after).slice(0, limit));
  };
  return {
    reads,
    read: (after: number, limit: number) => from(facts, after, limit),
    stream: (name: string, after: number, limit: number) =>
      from(
        facts.filter(({ stream }) => stream === name),
        after,
        limit,
      ),
  };
};

const positions = async (pages: AsyncIterable<readonly StoredFact[]>) => {
  const all: number[][] = [];
  for await (const page of pages) all.push(page.map(({ position }) => position));
  return all;
};

describe('pages of the log', () => {
  it('have every fact once, in order', async () => {
    expect(await positions(pagesOfLog(logOf(5), { size: 2 }))).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('end at a short page, and with none where there is nothing', async () => {
    const log = logOf(3);
    await positions(pagesOfLog(log, { size: 2 }));
    expect(log.reads).toEqual([0, 2]);
    expect(await positions(pagesOfLog(logOf(0)))).toEqual([]);
  });

  it('begin after a position and read no further than another', async () => {
    expect(await positions(pagesOfLog(logOf(9), { after: 2, upTo: 7, size: 3 }))).toEqual([
      [3, 4, 5],
      [6, 7],
    ]);
    const log = logOf(9);
    expect(await positions(pagesOfLog(log, { after: 7, upTo: 7 }))).toEqual([]);
    expect(log.reads).toEqual([]);
  });

  it('come fact by fact as well', async () => {
    const found: number[] = [];
    for await (const { position } of factsAfter(logOf(4), 1)) found.push(position);
    expect(found).toEqual([2, 3, 4]);
  });
});

describe('pages of streams', () => {
  it('go on at the version of the last fact', async () => {
    expect(await positions(pagesOfStream(logOf(6), 'b', { after: 2, size: 1 }))).toEqual([
      [4],
      [6],
    ]);
  });

  it('read a stream once, however often it is named', async () => {
    expect(await positions(pagesOfStreams(logOf(4), ['a', 'b', 'a']))).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});
