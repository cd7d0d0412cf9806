import type { KnowledgeParts } from '#libs/knowledge';
import { MemorySearchIndex } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { IndexingWorld, never } from './indexing-world.js';

/** So many changes wait; what is asserted does not depend on it. */
const WAITING = 3_000;
const BATCH = 256;
/** One piece of work in the background. */
const PIECE = 64;
const LONG_AGO_MS = 3_600_000;

let world: IndexingWorld;
let written: string[];

const noting = (index: KnowledgeParts['index']): KnowledgeParts['index'] =>
  new Proxy(index, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (method === 'replace')
          for (const { unit } of args[1] as { unit: string }[]) written.push(unit);
        return Reflect.apply(value, target, args);
      };
    },
  });

const idOf = (i: number): string => `notes.n${i}`;

beforeEach(async () => {
  written = [];
  world = await IndexingWorld.open({}, noting(new MemorySearchIndex()));
  for (let i = 0; i < WAITING; i++)
    await world.put('note', idOf(i), { title: `Note ${i}`, text: 'Where the key is.' });
}, 60_000);
afterEach(() => world.parts.close());

const oldSignals = () =>
  Array.from({ length: WAITING }, (_, i) => world.signal('note', idOf(i), LONG_AGO_MS));

/** The ticker: it comes again whenever it ended. */
const workInBackground = (signal: AbortSignal): Promise<void> =>
  (async () => {
    while (!signal.aborted) {
      await world.knowledge.indexWanted(signal);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();

describe('a change of the moment', () => {
  it('is met behind thousands of old signals before any of these is indexed', async () => {
    const stop = new AbortController();
    const background = workInBackground(stop.signal);
    await world.put('note', 'notes.now', { title: 'Now', text: 'It hangs on the hook.' });
    const line = [...oldSignals(), world.signal('note', 'notes.now')];
    for (let from = 0; from < line.length; from += BATCH)
      await world.knowledge.takeSignals(line.slice(from, from + BATCH));
    expect(written.indexOf('note/notes.now')).toBe(0);
    stop.abort();
    await background;
  }, 60_000);

  it('waits for one piece at most while thousands are worked off', async () => {
    const { knowledge, parts } = world;
    await knowledge.takeSignals(oldSignals());
    parts.clock.pass(2_000);
    const working = knowledge.indexWanted(never);
    while (written.length < 5 * PIECE) await new Promise((resolve) => setImmediate(resolve));
    await world.put('note', 'notes.now', { title: 'Now', text: 'It hangs on the hook.' });
    const before = written.length;
    await knowledge.takeSignals([world.signal('note', 'notes.now')]);
    expect(written.slice(before).indexOf('note/notes.now')).toBeLessThanOrEqual(PIECE);
    expect(await working).toBe(WAITING);
    expect(await world.differing()).toEqual([]);
  }, 60_000);

  it('and whatever else a busy process has to do goes before the background, but not without end', async () => {
    const { parts } = world;
    let turns = 0;
    const busy = { turns: 7 };
    const knowledge = world.start(() => ({
      letOthersWork: async () => {
        turns += 1;
        if (turns <= busy.turns) parts.clock.pass(20);
      },
    }));
    await knowledge.takeSignals([world.signal('note', idOf(1), LONG_AGO_MS)]);
    await knowledge.indexWanted(never);
    expect(turns).toBeGreaterThan(busy.turns);
    busy.turns = Infinity;
    await knowledge.takeSignals([world.signal('note', idOf(2), LONG_AGO_MS)]);
    const before = parts.clock.now();
    await knowledge.indexWanted(never);
    expect(written).toEqual([`note/${idOf(1)}`, `note/${idOf(2)}`]);
    // Two looks, of which the second finds nothing, and what indexing itself gives away.
    expect(parts.clock.now() - before).toBeGreaterThanOrEqual(2_000);
    expect(parts.clock.now() - before).toBeLessThan(3_000);
  }, 60_000);

  it('keeps nothing from being worked off where old signals never end', async () => {
    const { knowledge, parts } = world;
    const old = oldSignals().slice(0, BATCH);
    for (let seconds = 0; seconds < 40 && written.length === 0; seconds++) {
      await knowledge.takeSignals(old);
      await knowledge.indexWanted(never);
      parts.clock.pass(900);
    }
    expect(written.length).toBeGreaterThan(0);
  }, 60_000);

  it('that comes late is worked off at once where no line stands behind it', async () => {
    const { knowledge } = world;
    for (let i = 0; i < 3; i++) {
      await knowledge.takeSignals([world.signal('note', idOf(i), LONG_AGO_MS)]);
      expect(await knowledge.indexWanted(never)).toBe(1);
    }
    expect(written).toEqual([0, 1, 2].map((i) => `note/${idOf(i)}`));
  }, 60_000);

  it('in a long line is not kept waiting by those that were first: they are noted', async () => {
    const { knowledge, parts } = world;
    const line = Array.from({ length: BATCH }, (_, i) => world.signal('note', idOf(i), 3_000));
    await world.put('note', 'notes.now', { title: 'Now', text: 'It hangs on the hook.' });
    await knowledge.takeSignals([...line, world.signal('note', 'notes.now')]);
    expect(written).toEqual(['note/notes.now']);
    await knowledge.takeSignals(line.slice(0, 3));
    expect(written).toHaveLength(4);
    parts.clock.pass(1_000);
    expect(await knowledge.indexWanted(never)).toBe(BATCH);
  }, 60_000);

  it('that waited so long that it is old itself goes before all older ones', async () => {
    const { knowledge, parts } = world;
    await knowledge.takeSignals([...oldSignals(), world.signal('note', idOf(7), 12_000)]);
    parts.clock.pass(2_000);
    await knowledge.indexWanted(never);
    expect(written.indexOf(`note/${idOf(7)}`)).toBeLessThan(PIECE);
  }, 60_000);
});
