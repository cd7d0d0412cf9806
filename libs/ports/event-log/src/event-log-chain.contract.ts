import { expect } from '@jest/globals';

import { sameDigest, toHex } from '#libs/kernel';

import { checkpointOf, holdsCheckpoint } from './verify.js';
import {
  draft,
  drafts,
  expectFault,
  positionsOf,
  START,
  type EventLogBehaviours,
} from './event-log-world.contract.js';

export const chain: EventLogBehaviours = {
  'links each commit to the one before': async ({ log }) => {
    for (const name of ['a', 'b', 'c']) await log.observe(await drafts(name, 2));
    const commits = await log.commits(1, 100);
    expect(commits.map(({ first, count }) => [first, count])).toEqual([
      [1, 1],
      [2, 2],
      [4, 2],
      [6, 2],
    ]);
    commits.slice(1).forEach(({ previousHash }, i) => {
      expect(sameDigest(previousHash, commits[i]?.hash ?? new Uint8Array())).toBe(true);
    });
    expect(toHex((await log.head()).hash)).toBe(toHex(commits.at(-1)?.hash ?? new Uint8Array()));
    expect((await log.commits(5, 1)).map(({ first }) => first)).toEqual([4]);
  },

  'gives facts the era they were appended in': async ({ log }) => {
    await log.observe([await draft('before')]);
    const head = await log.beginEra(START + 1000);
    expect(head).toMatchObject({ era: START + 1000, position: 3 });
    expect(await log.head()).toEqual(head);
    await log.observe([await draft('after')]);
    const facts = await log.read(0, 10);
    expect(facts.map(({ era }) => era - START)).toEqual([0, 0, 1000, 1000]);
    expect(facts[2]).toMatchObject({ type: 'log.era.began.v1', data: `{"era":${START + 1000}}` });
    expect((await log.find([facts[3]?.id ?? ''])).map(({ era }) => era - START)).toEqual([1000]);
    expect(positionsOf(await log.observe([await draft('before')]))).toEqual([2]);
  },

  'begins an era once, and never an older one': async ({ log, store }) => {
    const other = await store.open();
    const heads = await Promise.all([log, other, log].map((each) => each.beginEra(START + 5)));
    expect(heads.map(({ era }) => era)).toEqual([START + 5, START + 5, START + 5]);
    await expectFault(log.beginEra(START + 4), 'LOG_ERA_NOT_NEWER');
    const [, beside] = await Promise.allSettled([
      log.beginEra(START),
      log.observe([await draft('beside')]),
    ]);
    expect(beside.status).toBe('fulfilled');
    expect((await log.read(0, 10)).map(({ type }) => type)).toEqual([
      'log.era.began.v1',
      'log.era.began.v1',
      'test.thing.observed.v1',
    ]);
  },

  'tells whether it still holds what a checkpoint has seen': async ({ log }) => {
    await log.observe(await drafts('a', 4));
    const [fact] = await log.read(2, 1);
    if (!fact) throw new Error('no fact');
    const seen = checkpointOf(fact);
    await log.observe(await drafts('b', 4));
    expect(await holdsCheckpoint(log, seen)).toBe(true);
    expect(await holdsCheckpoint(log, { ...seen, position: 7 })).toBe(false);
    expect(await holdsCheckpoint(log, { ...seen, position: 100 })).toBe(false);
    expect(await holdsCheckpoint(log, { ...seen, era: START - 1 })).toBe(false);
    expect(await holdsCheckpoint(log, { ...seen, fact: 'another' })).toBe(false);
    expect(await holdsCheckpoint(log, { ...seen, recordedAt: seen.recordedAt + 1 })).toBe(false);
  },
};
