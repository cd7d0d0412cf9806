import { createWantedRecords, type WantedRecords } from '#libs/knowledge';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dyingAt, IndexingWorld, never } from './indexing-world.js';

let parts: EmbeddedParts;
beforeEach(async () => {
  parts = await openEmbedded();
});
afterEach(() => parts.close());

/** What the store was asked, in order. */
const watched = (): { readonly calls: string[]; readonly wanted: WantedRecords } => {
  const calls: string[] = [];
  const documents = new Proxy(parts.documents, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls.push(String(method));
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { calls, wanted: createWantedRecords({ ...parts, documents }) };
};

const manyRecords = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    record: `note/notes.n${from + i}`,
    changedAt: from + i,
  }));

const namesOf = (records: readonly { readonly record: string }[]) =>
  records.map(({ record }) => record);

describe('wanted records', () => {
  it('are noted a thousand at once with a few writes and no look, however many stand there', async () => {
    const { calls, wanted } = watched();
    await wanted.want(manyRecords(1_024));
    expect(calls).toEqual(['swap', 'swap', 'swap', 'swap']);
    for (let i = 1; i < 10; i++) await wanted.want(manyRecords(1_024, i * 10_000));
    calls.length = 0;
    await wanted.want(manyRecords(1_024, 500_000));
    expect(calls).toEqual(['swap', 'swap', 'swap', 'swap']);
  });

  it('are looked for with one question, and hold no more than a few bundles in memory', async () => {
    const { calls, wanted } = watched();
    for (let i = 0; i < 6; i++) await wanted.want(manyRecords(1_024, i * 10_000));
    calls.length = 0;
    const { bundles, records } = await wanted.due(64);
    expect(calls).toEqual(['query']);
    expect(bundles).toHaveLength(8);
    expect(namesOf(records)).toEqual(namesOf(manyRecords(64, 50_960).reverse()));
  });

  it('stand in one bundle when the same are noted again', async () => {
    const { wanted } = watched();
    const records = manyRecords(5);
    await wanted.want(records);
    await wanted.want([...records].reverse());
    await wanted.want(records.map(({ record }) => ({ record, changedAt: 9_000 })));
    const { bundles } = await wanted.due(64);
    expect(bundles.map(({ records }) => records.map(({ changedAt }) => changedAt))).toEqual([
      [9_000, 9_000, 9_000, 9_000, 9_000],
    ]);
  });

  it('are dropped from every bundle that was read once they are indexed, and the rest stays', async () => {
    const { wanted } = watched();
    for (let i = 0; i < 4; i++) await wanted.want(manyRecords(4 + i));
    await wanted.settle(await wanted.due(3));
    const { bundles, records } = await wanted.due(64);
    expect(bundles).toHaveLength(4);
    expect(namesOf(records)).toEqual(namesOf(manyRecords(4).reverse()));
  });

  it('are shown in the order in which they wait, also behind many bundles', async () => {
    const { wanted } = watched();
    for (let i = 29; i >= 0; i--) await wanted.want(manyRecords(3, i * 10));
    const expected = Array.from({ length: 30 }, (_, i) => manyRecords(3, i * 10)).flat();
    expect(await wanted.waiting(50)).toEqual(expected.slice(0, 50));
    expect(await wanted.waiting(500)).toEqual(expected);
  });

  it('stay when they are wanted again while their bundle is worked off, whoever works', () =>
    fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        const { wanted } = watched();
        const open = new Map<string, number>();
        const looks: { due: Awaited<ReturnType<WantedRecords['due']>>; at: number }[] = [];
        const settleOne = async (which: number): Promise<void> => {
          const [look] = looks.splice(which % Math.max(1, looks.length), 1);
          if (!look) return;
          await wanted.settle(look.due);
          // What was wanted before the look has been indexed by now; what was wanted after it has not.
          for (const { record } of look.due.records)
            if ((open.get(record) ?? 0) < look.at) open.delete(record);
        };
        for (const [at, { what, which, ids }] of moves.entries()) {
          if (what === 'want') {
            for (const id of ids) open.set(`note/${id}`, at);
            await wanted.want(ids.map((id) => ({ record: `note/${id}`, changedAt: which })));
          } else if (what === 'look') looks.push({ due: await wanted.due(1 + which), at });
          else await settleOne(which);
        }
        const left = new Set(namesOf(await wanted.waiting(1_000)));
        for (const record of open.keys()) expect(left).toContain(record);
        for (;;) {
          const due = await wanted.due(64);
          if (due.records.length === 0) break;
          await wanted.settle(due);
        }
      }),
      { numRuns: 150 },
    ));
});

const move = fc.record({
  what: fc.constantFrom('want', 'want', 'look', 'settle'),
  which: fc.nat(5),
  ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
});

const OLD_MS = 60_000;
const IDS = Array.from({ length: 100 }, (_, i) => `notes.n${i}`);

/** A process takes some old signals, or works in the background, and dies at its n-th call of a port. */
const life = fc.record({
  isNoting: fc.boolean(),
  changed: fc.uniqueArray(fc.nat(IDS.length - 1), { minLength: 1 }),
  call: fc.integer({ min: 1, max: 40 }),
});

describe('old signals', () => {
  it('leave the index as the records are, at whichever call their processes die', () =>
    fc.assert(
      fc.asyncProperty(fc.array(life, { maxLength: 12 }), async (lives) => {
        const world = await IndexingWorld.open();
        const unheard = new Set<string>();
        for (const { isNoting, changed, call } of lives) {
          const dying = dyingAt(call);
          const knowledge = world.start(({ documents, index }) => ({
            documents: dying.wrap(documents),
            index: dying.wrap(index),
          }));
          if (!isNoting) {
            await Promise.race([knowledge.indexWanted(never), dying.died]);
            continue;
          }
          for (const i of changed) {
            await world.put('note', IDS[i] ?? '', { title: `Note ${call}`, text: `Says ${call}` });
            unheard.add(IDS[i] ?? '');
          }
          const signals = [...unheard].map((id) => world.signal('note', id, OLD_MS));
          const ended = await Promise.race([knowledge.takeSignals(signals), dying.died]);
          // Who died acknowledged nothing: they come again.
          if (ended !== 'died') unheard.clear();
        }
        await world.knowledge.takeSignals(
          [...unheard].map((id) => world.signal('note', id, OLD_MS)),
        );
        await world.knowledge.indexWanted(never);
        expect(await world.knowledge.wanted.waiting(1)).toEqual([]);
        expect(await world.differing()).toEqual([]);
        await world.parts.close();
      }),
      { numRuns: 40 },
    ));
});
