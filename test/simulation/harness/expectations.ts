import { expect } from '@jest/globals';

import { kindNames, recordCollection, createGenerations } from '#libs/catalog';

import { allFacts, Folded } from '../../e2e/harness/compare.js';
import { expectNothingLost } from '../../e2e/harness/comparison.js';
import type { World } from './world.js';

/** Deliveries, facts, records, the relay and the signals of a world in which everything has come to rest. */
export const expectAllHeld = async (world: World): Promise<void> => {
  await expectNothingLost(world.store.parts, world.answered);
  await expectAllTold(world);
};

/** The same, less the raw bytes and personal fields that an erasure took. */
export const expectRecordsHeld = async (world: World): Promise<void> => {
  const { parts } = world.store;
  const folded = new Folded();
  folded.take(await parts.journal.open(await allFacts(parts)));
  expect(await folded.differing(parts)).toEqual([]);
  await expectAllTold(world);
};

/** Every fact was relayed, and of every record a signal went out about what it is now. */
const expectAllTold = async (world: World): Promise<void> => {
  const { parts } = world.store;
  const facts = await allFacts(parts);
  const due = facts.filter(({ type }) => !ownProbe(type));
  const silent = due.filter(({ id }) => !world.relayed.has(id));
  expect(silent.map(({ type, position }) => ({ type, position }))).toEqual([]);
  expect(await untold(world)).toEqual([]);
};

const ownProbe = (type: string): boolean => type.startsWith('operations.');

const untold = async ({ store, signals }: World): Promise<unknown[]> => {
  const { documents } = store.ports;
  const told = new Set(signals.map((s) => `${s.kind}/${s.id} ${s.era} ${s.position}`));
  const generation = await createGenerations({ documents }).live();
  const missing: unknown[] = [];
  for (const kind of kindNames) {
    const { items } = await documents.query(recordCollection(kind, generation), { limit: 500 });
    for (const { id, fence } of items)
      if (!told.has(`${kind}/${id} ${fence?.era} ${fence?.position}`))
        missing.push({ kind, id, fence });
  }
  return missing;
};
