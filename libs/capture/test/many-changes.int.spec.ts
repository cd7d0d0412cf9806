import { describe, expect, it } from '@jest/globals';

import { composeCapture } from '#libs/capture';
import type { Documents } from '#libs/ports/documents';
import { MemoryCollection, MemoryFeed, openEmbedded } from '#libs/testing';

import { deliveriesIn, entriesOf, FEED, feedOn, message, openCapture } from './capture-world.js';

const idAt = (i: number): string => `m${String(i).padStart(5, '0')}`;
const texts = (count: number) =>
  Array.from({ length: count }, (_, i) => message(idAt(i), 'r1', `text ${i}`));

/** How often each method was called, and with how many documents at most. */
const counting = (documents: Documents) => {
  const calls: string[] = [];
  let most = 0;
  const counted = new Proxy(documents, {
    get: (target, method) => {
      const value = Reflect.get(target, method) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        calls.push(String(method));
        if (Array.isArray(args[1])) most = Math.max(most, args[1].length);
        return value.apply(target, args);
      };
    },
  });
  return { counted, calls, most: () => most };
};

const MANY = 4000;

describe('many changes at once', () => {
  it('cost a number of calls that goes by batches, not by documents, and no batch is large', async () => {
    const collection = new MemoryCollection(texts(MANY));
    let counter: ReturnType<typeof counting> | undefined;
    const world = await openCapture(collection, {
      documents: (parts) => (counter ??= counting(parts.documents)).counted,
    });
    await world.settle();
    for (let i = 0; i < MANY; i++) collection.change(idAt(i), { msg: 'edited' });
    const before = counter?.calls.length ?? 0;
    expect(await world.settle()).toHaveLength(MANY);
    const calls = (counter?.calls.length ?? 0) - before;
    expect(counter?.most()).toBeLessThanOrEqual(1000);
    // At most seven batches of growing size, and some idle looks at the end.
    expect(calls).toBeLessThan(80);
    await world.close();
  });

  it('are told in deliveries of a bounded size', async () => {
    const world = await openCapture(new MemoryCollection(texts(900)));
    const ending = new AbortController();
    await world.compose(() => ending.abort()).follow(FEED, { term: 1, signal: ending.signal });
    const sizes = deliveriesIn(world.bus.published).map((one) => entriesOf(one).length);
    expect(Math.max(...sizes)).toBe(200);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(900);
    await world.close();
  });

  it('come by the stream while the snapshot runs, each state once', async () => {
    const collection = new MemoryCollection(texts(1500));
    let pages = 0;
    const world = await openCapture(collection, {
      feed: (feed) =>
        new Proxy(feed, {
          get: (target, method) => {
            const value = Reflect.get(target, method) as (...args: unknown[]) => unknown;
            if (method === 'scan') {
              // Some behind the scan, some before it, one new, one gone.
              pages += 1;
              for (const i of [3, 1400]) collection.change(idAt(i), { msg: `page ${pages}` });
              collection.write(message(`new${pages}`, 'r1', 'new'));
              collection.remove(idAt(1000 + pages));
            }
            return value.bind(target);
          },
        }),
    });
    const told = await world.settle();
    expect(pages).toBeGreaterThan(2);
    const last = new Map(told.map((entry) => [entry.id, entry]));
    for (const [, document] of collection.state().documents) {
      const id = document['_id'] as string;
      expect(last.get(id)).toMatchObject({ document });
      last.delete(id);
    }
    expect([...last.values()].every((entry) => 'gone' in entry)).toBe(true);
    const said = told.map((entry) => JSON.stringify({ ...entry, at: undefined }));
    expect(new Set(said).size).toBe(said.length);
    await world.close();
  });
});

describe('a leader that waits for changes', () => {
  it('ends when its signal says so', async () => {
    const parts = await openEmbedded();
    const collection = new MemoryCollection(texts(1));
    const ending = new AbortController();
    const published = Promise.withResolvers<void>();
    const capture = composeCapture({
      ...parts,
      feeds: [feedOn(new MemoryFeed(collection))],
      bus: { publish: async () => published.resolve() },
      sleep: () => new Promise(() => undefined),
    });
    const following = capture.follow(FEED, { term: 1, signal: ending.signal });
    await published.promise;
    ending.abort();
    await following;
    await expect(capture.follow('nothing', { term: 1, signal: ending.signal })).rejects.toThrow();
    await parts.close();
  });
});
