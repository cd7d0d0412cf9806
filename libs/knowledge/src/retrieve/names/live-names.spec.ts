import { expect, test } from '@jest/globals';

import type { HomeName } from '#libs/catalog';

import { createAnalyser } from '../../analyse/analyser.js';
import { liveNames } from './live-names.js';
import { mentionsIn } from './mentions-in.js';

const analyser = createAnalyser({ key: new Uint8Array(32) });
const key = new Uint8Array(32);
const searched = { generation: 1, key, analyser, setting: { languages: ['en'] } };

const worldOf = (homes: HomeName[]) => {
  let now = 1_000_000;
  const reads: (number | undefined)[] = [];
  const names = liveNames({
    clock: { now: () => now },
    index: { find: () => Promise.resolve([]) },
    readHomeNames: (changedAt = 0) => {
      reads.push(changedAt);
      const found = homes.filter((home) => home.changedAt >= changedAt);
      return Promise.resolve({ generation: 1, homes: found });
    },
  });
  const found = async (text: string) =>
    mentionsIn(await names(searched), text).map(({ thing }) => thing.id);
  return { found, reads, pass: (ms: number) => (now += ms) };
};

const home = (id: string, changedAt: number, ...names: string[]): HomeName => ({
  id,
  names,
  audience: ['staff'],
  changedAt,
});

test('knows a new, a renamed and a deleted home within seconds, by reading what changed', async () => {
  const homes = [home('listing/1', 10, 'Gonville'), home('listing/2', 20, 'Avalon')];
  const { found, pass, reads } = worldOf(homes);
  expect(await found('the wifi in Gonville')).toEqual(['listing/1']);
  homes.push(home('listing/3', 30, 'Larkfield'));
  homes[0] = home('listing/1', 31, 'Tamarind');
  homes[1] = home('listing/2', 32);
  pass(2_500);
  expect(await found('Larkfield')).toEqual(['listing/3']);
  expect(await found('Tamarind')).toEqual(['listing/1']);
  expect(await found('Gonville or Avalon')).toEqual([]);
  expect(reads).toEqual([0, 20]);
});

test('asks once for many questions at a time, and not again before it is due', async () => {
  const { found, pass, reads } = worldOf([home('listing/1', 10, 'Gonville')]);
  await Promise.all([found('Gonville'), found('Gonville'), found('Gonville')]);
  pass(500);
  await found('Gonville');
  expect(reads).toHaveLength(1);
});

test('finds a home that came late with an old time, at the next whole reading', async () => {
  const homes = [home('listing/1', 1_000, 'Gonville')];
  const { found, pass } = worldOf(homes);
  await found('Gonville');
  homes.push(home('listing/2', 5, 'Avalon'));
  pass(6 * 60_000);
  expect(await found('Avalon')).toEqual(['listing/2']);
});
