import {
  composeCatalog,
  createGenerations,
  recordCollection,
  type Catalog,
  type RebuildsLooked,
} from '#libs/catalog';
import { fault, randomId } from '#libs/kernel';
import type { Collection, Documents, LeaseState } from '#libs/ports/documents';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

const OURS: LeaseState = {
  ...{ name: 'projector/catalog', holder: 'us', term: 1 },
  expiresInMs: 10_000,
};

let world: CatalogWorld;
let catalog: Catalog;
let lease: LeaseState;
let stop: AbortController;
let look: (signal?: AbortSignal) => Promise<RebuildsLooked>;

const composed = (documents: Documents = world.documents): void => {
  catalog = composeCatalog({ ...world, documents, kindLimits: {} });
  const leader = { leases: { list: async () => [lease] }, holder: 'us' };
  const carryOut = catalog.carryOutRebuilds(leader);
  look = (signal = stop.signal) => carryOut(signal);
};

beforeEach(async () => {
  world = await openCatalog();
  lease = OURS;
  stop = new AbortController();
  composed();
  await catalog.live.begin(1);
  await catalog.live.apply(await world.tell(contact('a.1', 'Ann'), call('a.2', 'a.1')));
});
afterEach(() => world.close());

const ask = () =>
  catalog.rebuildRequests.ask(randomId(START), { switch: true, acceptChanges: false });
const live = () => createGenerations(world).live();
/** What a rebuild leaves whose process was killed. */
const leave = () => createGenerations(world).next();

describe('a rebuild that somebody asked for', () => {
  it('is carried out, and its end is told', async () => {
    const { id } = await ask();
    expect(await look()).toMatchObject({ ended: { id, state: 'switched' } });
    expect(await live()).toBe(2);
    expect(await catalog.rebuildRequests.find(id)).toMatchObject({
      ...{ state: 'switched', result: { switched: true, comparison: { differences: 0 } } },
    });
    expect(await look()).toEqual({ removed: 0 });
  });

  it.each([
    ['somebody else leads', { holder: 'others' }],
    ['the lease is nearly over', { expiresInMs: 2_000 }],
    ['it is another lease', { name: 'projector/relay' }],
  ])('waits while %s', async (_, changed) => {
    lease = { ...OURS, ...changed };
    const { id } = await ask();
    await leave();
    expect(await look()).toEqual({ removed: 0 });
    expect(await catalog.rebuildRequests.find(id)).toMatchObject({ state: 'asked' });
    expect(await createGenerations(world).left()).toHaveLength(1);
    lease = OURS;
    expect(await look()).toMatchObject({ removed: 1, ended: { state: 'switched' } });
  });

  it('is told as failed, with its code, when it breaks', async () => {
    const { id } = await ask();
    const broken = recordCollection('call', 2).name;
    composed(
      documentsWhere(world.documents, (collection) => {
        if (collection.name === broken) throw fault('STORE_FULL');
      }),
    );
    const { ended, error } = await look();
    expect(ended).toMatchObject({ id, state: 'failed', code: 'STORE_FULL' });
    expect(error).toMatchObject({ code: 'STORE_FULL' });
    expect(await catalog.rebuildRequests.find(id)).toEqual(ended);
    expect(await live()).toBe(1);
    // The next look does not begin it again.
    expect(await look()).toEqual({ removed: 0 });
  });

  it('is begun again by the next process when this one stops', async () => {
    const { id } = await ask();
    stop.abort();
    expect(await look()).toEqual({ removed: 0 });
    expect(await catalog.rebuildRequests.find(id)).toMatchObject({ state: 'running' });
    composed();
    expect(await look(new AbortController().signal)).toMatchObject({ ended: { id } });
  });
});

describe('what a broken rebuild left', () => {
  it('is removed once in each term of ours', async () => {
    await leave();
    expect(await look()).toEqual({ removed: 1 });
    await leave();
    expect(await look()).toEqual({ removed: 0 });
    lease = { ...OURS, term: 2 };
    expect(await look()).toEqual({ removed: 1 });
  });
});

/** The documents, where something happens before each put. */
const documentsWhere = (
  documents: Documents,
  before: (collection: Collection) => void,
): Documents => ({
  get: (...asked) => documents.get(...asked),
  put: async (collection, puts) => {
    before(collection);
    return documents.put(collection, puts);
  },
  swap: (...asked) => documents.swap(...asked),
  query: (...asked) => documents.query(...asked),
  remove: (...asked) => documents.remove(...asked),
  drop: (...asked) => documents.drop(...asked),
});
