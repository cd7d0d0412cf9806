import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { HELD_MS } from '../src/removals/held.js';
import { loud, ROOMS, toldStates, TroubledWorld, type Trouble } from './troubled-leaders.js';

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const rooms = fc.constantFrom(...ROOMS);
const after = fc.integer({ min: 0, max: 25 });

const writes: fc.Arbitrary<Trouble> = fc.record({
  after,
  is: fc.constant('write' as const),
  id: ids,
  room: rooms,
  msg: fc.constantFrom('', 'x', 'y'),
});
const changes: fc.Arbitrary<Trouble> = fc.record({
  after,
  is: fc.constantFrom('remove', 'remove', 'hide', 'show', 'touch', 'want', 'system'),
  id: ids,
});
const turns: fc.Arbitrary<Trouble> = fc.record({
  after,
  is: fc.constant('room' as const),
  room: rooms,
});
const deaths: fc.Arbitrary<Trouble> = fc.record({ after, is: fc.constantFrom('crash', 'pause') });
const upsets: fc.Arbitrary<Trouble> = fc.record({
  after,
  is: fc.constantFrom('away', 'history_lost', 'dropped', 'resnapshot', 'restored'),
});
const poison: fc.Arbitrary<Trouble> = fc.record({
  after,
  is: fc.constantFrom('break', 'mend'),
  id: ids,
});

const historyOf = (...of: fc.Arbitrary<Trouble>[]): fc.Arbitrary<Trouble[]> =>
  fc
    .tuple(
      fc.array(
        writes.map((write) => ({ ...write, after: 0 })),
        { maxLength: 4 },
      ),
      fc.array(fc.oneof(...of), { minLength: 1, maxLength: 24 }),
    )
    .map(([first, rest]) => [...first, ...rest]);

const runs = Number(process.env['INNKEEPER_TEST_RUNS'] ?? 300) || 300;

/** What the bus got, each entity in order of its moments, ends as the collection does. */
const tellsTheCollection = async (world: TroubledWorld): Promise<void> => {
  const states = toldStates(world.bus.entries);
  const last = new Map<string, unknown>();
  for (const [id, of] of states) {
    const entry = of.at(-1);
    if (entry && 'document' in entry) last.set(id, loud(entry.document));
  }
  const there = new Map([...world.expected()].map(([id, document]) => [id, loud(document)]));
  expect(last).toEqual(there);
};

/** A key that is destroyed belongs to what is gone; what is gone for sure has its key destroyed. */
const removesWhatIsGone = async (world: TroubledWorld): Promise<void> => {
  const states = toldStates(world.bus.entries);
  const removals = world.removals();
  const due = async () =>
    new Set((await removals.due(100)).map(({ stream }) => stream.split('.').at(-1)));
  const now = await due();
  world.pass(HELD_MS);
  const later = await due();
  for (const [id, of] of states) {
    const entry = of.at(-1);
    const gone = entry && 'gone' in entry ? entry.gone : undefined;
    const lives = entry?.life ?? 1;
    const own = nameInLife(id, lives);
    expect([own, later.has(own)]).toEqual([own, gone !== undefined]);
    if (gone && ['removed', 'hidden', 'emptied'].includes(gone)) expect(now).toContain(own);
    for (let life = 1; life < lives; life++) expect(now).toContain(nameInLife(id, life));
  }
};

const nameInLife = (id: string, life: number): string => (life === 1 ? id : `${id}/${life}`);

describe('a feed whose leaders die, stand still and meet', () => {
  it('tells what the collection says in the end, whatever happened, and destroys keys of nothing else', () =>
    fc.assert(
      fc.asyncProperty(
        historyOf(writes, writes, changes, changes, turns, deaths, deaths, upsets, poison),
        (troubles) =>
          TroubledWorld.run(troubles, async (world) => {
            await tellsTheCollection(world);
            if (!troubles.some(({ is }) => is === 'restored')) await removesWhatIsGone(world);
          }),
      ),
      { numRuns: runs },
    ));

  it('tells each state once while nobody dies', () =>
    fc.assert(
      fc.asyncProperty(historyOf(writes, writes, changes, turns), (troubles) =>
        TroubledWorld.run(troubles, async (world) => {
          await tellsTheCollection(world);
          const { entries } = world.bus;
          for (const [id, of] of toldStates(entries)) {
            expect(entries.filter((entry) => entry.id === id)).toHaveLength(of.length);
            const said = of.map((entry) =>
              'gone' in entry ? entry.gone : JSON.stringify(loud(entry.document)),
            );
            for (const [i, one] of said.entries()) expect(one).not.toBe(said[i - 1]);
          }
        }),
      ),
      { numRuns: runs },
    ));
});
