import {
  createGenerations,
  createRebuildRequests,
  dropLeftGenerations,
  leftGenerations,
  LiveGate,
  projectRecords,
  rebuildRecords,
  recordCollection,
  type RebuildProgress,
} from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { fault, type JsonObject } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, canary, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;
let gate: LiveGate;
/** What the projector writes down after each batch. */
let checkpoint: number;

beforeEach(async () => {
  world = await openCatalog();
  gate = liveGate();
  checkpoint = 1;
});
afterEach(() => world.close());

const liveGate = () =>
  new LiveGate(
    createGenerations(world),
    (generation) => projectRecords(world)({ generation, signals: true }),
    world.journal,
  );
const live = () => createGenerations(world).live();

/** As the projector does: told, and applied to the generation that is live then. */
const told = async (...observations: FactObservation[]) => {
  const facts = await world.tell(...observations);
  await gate.apply(facts);
  checkpoint = facts.at(-1)?.position ?? checkpoint;
};

interface Asked {
  readonly switch?: boolean;
  readonly acceptChanges?: boolean;
  readonly checkpoint?: () => Promise<number>;
  readonly term?: () => Promise<number | undefined>;
  readonly onProgress?: (progress: RebuildProgress) => Promise<void>;
  readonly signal?: AbortSignal;
}
const rebuild = (asked: Asked = {}) =>
  rebuildRecords(world)({
    switch: true,
    acceptChanges: false,
    live: gate,
    checkpoint: async () => checkpoint,
    term: async () => 1,
    onProgress: async () => undefined,
    signal: new AbortController().signal,
    ...asked,
  });

/** What an older version of the code would have left: a record that the log does not say. */
const wrong = async (id: string, body: JsonObject = { layers: [], progress: [] }) =>
  world.documents.put(recordCollection('contact', await live()), [
    { id, body, fence: { era: Number.MAX_SAFE_INTEGER, position: 1 } },
  ]);

const untouched = async (generation: number) => ({
  live: await live(),
  rest: await world.everything(generation),
});

describe('a rebuild', () => {
  it('that finds the same records switches to them, and tells nobody', async () => {
    await told(contact('a.1', 'Ann'), call('a.2', 'a.1'), canary(1));
    const before = await world.everything();
    await world.signals();
    const { comparison, ...rebuilt } = await rebuild();
    expect(rebuilt).toEqual({ generation: 2, position: 4, switched: true });
    expect(comparison).toMatchObject({ records: 2, differences: 0, differing: [] });
    expect(comparison.checksums.live).toBe(comparison.checksums.rebuilt);
    expect(comparison.checksums.live).not.toBe('0');
    expect(await live()).toBe(2);
    expect([await world.everything(), await world.signals()]).toEqual([before, []]);
    expect(await world.everything(1)).toEqual({});
  });

  it('only compares unless it is asked to switch, and leaves nothing behind', async () => {
    await told(contact('a.1', 'Ann'));
    expect(await rebuild({ switch: false })).toMatchObject({ switched: false });
    expect(await untouched(2)).toEqual({ live: 1, rest: {} });
    expect(Object.keys(await world.everything(1))).toEqual(['contact/a.1']);
  });

  it('never takes a number that another has had', async () => {
    await told(contact('a.1', 'Ann'));
    const generations = [await rebuild({ switch: false }), await rebuild(), await rebuild()];
    expect(generations.map(({ generation }) => generation)).toEqual([2, 3, 4]);
    expect(await live()).toBe(4);
  });

  it('reads a long log in steps and says how far it is', async () => {
    await told(...Array.from({ length: 800 }, (_, i) => canary(i)), contact('a.1', 'Ann'));
    const progress: RebuildProgress[] = [];
    await rebuild({ onProgress: async (step) => void progress.push(step) });
    const positions = progress.map(({ position }) => position);
    expect(positions[0]).toBe(0);
    expect(positions.toSorted((a, b) => a - b)).toEqual(positions);
    expect(progress.at(-1)).toEqual({ position: 802, head: 802 });
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });

  it('compares both at one place, also while the live one stands behind the log', async () => {
    await told(contact('a.1', 'Ann'));
    await world.tell(contact('a.2', 'Bob'));
    const { comparison, switched } = await rebuild();
    expect([comparison.differences, switched]).toEqual([0, true]);
    await gate.apply(await world.log.read(checkpoint, 10));
    expect(await world.values('contact', 'a.2')).toMatchObject({ firstName: 'Bob' });
  });

  it('begins at the checkpoint where this process has not applied anything yet', async () => {
    await told(contact('a.1', 'Ann'), contact('a.2', 'Bob'));
    gate = liveGate();
    expect(await rebuild()).toMatchObject({
      position: 3,
      comparison: { records: 2, differences: 0 },
    });
  });
});

describe('a rebuild that finds other records', () => {
  beforeEach(async () => {
    await told(contact('a.1', 'Ann'), contact('a.2', 'Bob'), contact('a.3', 'Cid', { at: START }));
    await told(contact('a.3', 'Cid', { at: START + 1, deleted: true }));
    await wrong('a.2');
    await wrong('a.9');
    await world.documents.remove(recordCollection('contact', 1), ['a.3']);
    await world.signals();
    await world.signals('gone');
  });

  it('lists them and changes nothing', async () => {
    const { comparison, switched } = await rebuild();
    const differing = ['a.2', 'a.3', 'a.9'].map((id) => ({ kind: 'contact', id }));
    expect(comparison).toMatchObject({ records: 4, differences: 3, differing });
    expect(comparison.checksums.live).not.toBe(comparison.checksums.rebuilt);
    expect(switched).toBe(false);
    expect(await untouched(2)).toEqual({ live: 1, rest: {} });
    expect(await world.signals()).toEqual([]);
  });

  it('switches where somebody accepts them, and tells of each that changed', async () => {
    const rebuilt = await rebuild({ acceptChanges: true });
    expect(rebuilt).toMatchObject({ switched: true, comparison: { differences: 3 } });
    expect(await world.values('contact', 'a.2')).toMatchObject({ firstName: 'Bob' });
    expect(await world.values('contact', 'a.9')).toBeUndefined();
    const { era } = await world.log.head();
    const signal = { kind: 'contact', era, position: 5 };
    expect(await world.signals()).toEqual([
      { ...signal, id: 'a.2', gone: false },
      { ...signal, id: 'a.3', gone: true },
      { ...signal, id: 'a.9', gone: true },
    ]);
    // Of what was gone for those who read before, nobody hears it again.
    expect(await world.signals('gone')).toEqual([{ ...signal, id: 'a.9', gone: true }]);
  });

  it('does not switch for accepting alone', async () => {
    const rebuilt = await rebuild({ switch: false, acceptChanges: true });
    expect(rebuilt.switched).toBe(false);
    expect(await untouched(2)).toEqual({ live: 1, rest: {} });
  });
});

describe('a rebuild under traffic', () => {
  it('takes in what comes meanwhile, and what comes later goes to the new generation', async () => {
    await told(contact('a.1', 'Ann'));
    let came = 0;
    const traffic = async () => {
      if (came < 3) await told(contact(`a.${(came += 1) + 1}`, 'Bob'));
    };
    const waiting: Promise<void>[] = [];
    // Not awaited: while the gate is closed it waits for the rebuild.
    const onProgress = async () => void waiting.push(traffic());
    expect(await rebuild({ onProgress })).toMatchObject({
      switched: true,
      comparison: { differences: 0 },
    });
    await Promise.all(waiting);
    await told(contact('a.1', 'Anna', { at: START + 1 }));
    expect(came).toBeGreaterThan(0);
    expect(await live()).toBe(2);
    const ids = Array.from({ length: came + 1 }, (_, i) => `contact/a.${i + 1}`);
    expect(Object.keys(await world.everything(2))).toEqual(ids);
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Anna' });
    expect(await world.everything(1)).toEqual({});
  });

  it('does not switch under a later leader, who may have applied more to the old one', async () => {
    await told(contact('a.1', 'Ann'));
    const onProgress = () => liveGate().begin(2);
    expect(await rebuild({ onProgress, term: async () => 1 })).toMatchObject({ switched: false });
    expect(await live()).toBe(1);
    expect(await rebuild({ term: async () => 2 })).toMatchObject({ switched: true });
  });

  it('that somebody else has switched before does not switch back', async () => {
    await told(contact('a.1', 'Ann'));
    let once = true;
    const generations = createGenerations(world);
    const onProgress = async () => {
      if (once) expect(await generations.switch(1, await generations.next())).toBe(true);
      once = false;
    };
    expect(await rebuild({ onProgress })).toMatchObject({ switched: false });
    expect(await live()).toBe(3);
  });

  it('does not switch to what another process took for left and dropped', async () => {
    await told(contact('a.1', 'Ann'));
    const onProgress = async () => void (await dropLeftGenerations(world));
    const asked = { acceptChanges: true, onProgress };
    expect(await rebuild(asked)).toMatchObject({ switched: false });
    expect(await live()).toBe(1);
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });
});

describe('a rebuild that must stop', () => {
  const stopped = { code: 'CATALOG_REBUILD_STOPPED' };
  beforeEach(() => told(contact('a.1', 'Ann')));

  it.each([
    ['the lease is not ours', [undefined]],
    ['the lease is lost while it compares', [1, undefined]],
    ['the lease was lost and taken again while it compares', [1, 2]],
  ])('because %s does not switch', async (_why, terms) => {
    const left = [...terms];
    await expect(rebuild({ term: async () => left.shift() })).rejects.toMatchObject(stopped);
    expect(await live()).toBe(1);
    expect(left).toEqual([]);
    await told(contact('a.2', 'Bob'));
    expect(await world.values('contact', 'a.2')).toMatchObject({ firstName: 'Bob' });
  });

  it('because its process does leaves the live ones alone', async () => {
    const signal = AbortSignal.abort();
    await expect(rebuild({ signal })).rejects.toMatchObject(stopped);
    expect(await live()).toBe(1);
    expect(await rebuild()).toMatchObject({ switched: true, generation: 3 });
  });

  it('because of a fault leaves nothing of its generation', async () => {
    let asked = 0;
    const checkpoint = () => {
      asked += 1;
      return Promise.reject(fault('DOCUMENTS_UNAVAILABLE'));
    };
    await told(...Array.from({ length: 800 }, (_, i) => contact(`a.${i}`, 'Ann')));
    await expect(rebuild({ checkpoint })).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    expect([asked, await untouched(2)]).toEqual([1, { live: 1, rest: {} }]);
    expect(await createGenerations(world).left()).toEqual([]);
  });

  it('because it loses the lease on its way leaves nothing of its generation', async () => {
    await told(...Array.from({ length: 800 }, (_, i) => contact(`a.${i}`, 'Ann')));
    await expect(rebuild({ term: async () => undefined })).rejects.toMatchObject(stopped);
    expect(await untouched(2)).toEqual({ live: 1, rest: {} });
  });
});

describe('what a killed rebuild leaves', () => {
  /** It gets so far that its generation holds records, and never goes on. */
  const kill = async (): Promise<void> => {
    await told(...Array.from({ length: 800 }, (_, i) => contact(`a.${i}`, 'Ann')));
    const reached = Promise.withResolvers<void>();
    const onProgress = ({ position }: RebuildProgress): Promise<void> => {
      if (position < 256) return Promise.resolve();
      reached.resolve();
      return new Promise(() => undefined);
    };
    void rebuild({ onProgress });
    await reached.promise;
    expect(Object.keys(await world.everything(2))).not.toEqual([]);
  };
  const left = () => leftGenerations(world)();

  it('is found while nobody asks for a rebuild', async () => {
    await kill();
    expect(await left()).toEqual([2]);
    const id = 'a rebuild';
    await createRebuildRequests(world).ask(id, { switch: false, acceptChanges: false });
    expect(await left()).toEqual([]);
  });

  it('goes when somebody leads again, and the live ones stay', async () => {
    await kill();
    const before = await world.everything(1);
    expect(await dropLeftGenerations(world)).toBe(1);
    expect([await untouched(2), await left()]).toEqual([{ live: 1, rest: {} }, []]);
    expect(await world.everything(1)).toEqual(before);
    expect(await dropLeftGenerations(world)).toBe(0);
  });

  it('goes before the next rebuild', async () => {
    await kill();
    expect(await rebuild()).toMatchObject({ switched: true, generation: 3 });
    expect(await world.everything(2)).toEqual({});
    expect(await left()).toEqual([]);
  });

  it('is looked for under every number where an older version kept no list', async () => {
    await kill();
    const generations: Collection = { name: 'generations', fields: [] };
    const [pointer] = await world.documents.get(generations, ['catalog']);
    const body = { live: 1, last: 3, term: 0 };
    await world.documents.swap(generations, { id: 'catalog', body }, pointer?.version ?? 0);
    expect(await left()).toEqual([2, 3]);
    expect(await dropLeftGenerations(world)).toBe(2);
    expect(await untouched(2)).toEqual({ live: 1, rest: {} });
  });
});

describe('the gate', () => {
  it('lets nothing through while it is closed, then all in their order', async () => {
    const [first, second] = [
      await world.tell(contact('a.1', 'Ann')),
      await world.tell(contact('a.2', 'Bo')),
    ];
    const open = Promise.withResolvers<void>();
    const closed = gate.whileClosed(() => open.promise);
    const applied: number[] = [];
    const applying = [first, second].map((facts, i) =>
      gate.apply(facts).then(() => void applied.push(i)),
    );
    await world.documents.get(recordCollection('contact', 1), ['a.1']);
    expect([applied, await world.everything()]).toEqual([[], {}]);
    open.resolve();
    await Promise.all([closed, ...applying]);
    expect(applied).toEqual([0, 1]);
  });

  it('opens again after what fails behind it', async () => {
    await expect(gate.whileClosed(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await told(contact('a.1', 'Ann'));
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });

  it('opens again after facts that could not be applied, which can come again', async () => {
    const facts = await world.tell(contact('a.1', 'Ann'));
    const broken = facts.map((fact) => ({ ...fact, data: 'not JSON' }));
    await expect(gate.apply(broken)).rejects.toMatchObject({ code: 'LOG_CHAIN_BROKEN' });
    await gate.apply(facts);
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });

  it('asks for every batch which generation is live: another process may have switched', async () => {
    await told(contact('a.1', 'Ann'));
    const generations = createGenerations(world);
    await generations.switch(1, await generations.next());
    await told(contact('a.2', 'Bob'));
    expect(Object.keys(await world.everything(1))).toEqual(['contact/a.1']);
    expect(Object.keys(await world.everything(2))).toEqual(['contact/a.2']);
  });
});
