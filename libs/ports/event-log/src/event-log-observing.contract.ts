import { expect } from '@jest/globals';

import { utf8 } from '#libs/kernel';

import { factBytes } from './draft.js';
import { COMMIT_LIMIT, FACT_LIMIT } from './event-log.port.js';
import {
  draft,
  draftOf,
  drafts,
  expectFault,
  positionsOf,
  readAll,
  START,
  type EventLogBehaviours,
} from './event-log-world.contract.js';

export const observing: EventLogBehaviours = {
  'begins with its era, so that the first other fact stands at 2': async ({ log }) => {
    expect(await log.head()).toMatchObject({ era: START, position: 1 });
    const [era] = await log.read(0, 10);
    expect(era).toMatchObject({ position: 1, type: 'log.era.began.v1', stream: 'log', era: START });
    expect(positionsOf(await log.observe(await drafts('a', 3)))).toEqual([2, 3, 4]);
    expect(await log.head()).toMatchObject({ position: 4 });
  },

  'gives back every field as it was given, with place, version and time': async ({
    log,
    clock,
  }) => {
    const given = await draft('whole', {
      occurredAt: -86_400_000,
      data: '{"big":12345678901234567890,"text":"Zoë 🏨\\u0000","tiny":1e-7}',
      personal: Uint8Array.from({ length: 256 }, (_, byte) => byte),
    });
    clock.now = START + 1234;
    await log.observe([given]);
    const [stored] = await log.read(1, 10);
    const { personal, ...rest } = stored ?? {};
    expect({ ...rest, personal: [...(personal ?? [])] }).toEqual({
      ...given,
      personal: [...(given.personal ?? [])],
      ...{ position: 2, version: 2, era: START, recordedAt: START + 1234 },
    });
  },

  'skips what is known, one by one, and answers the old position': async ({ log }) => {
    const [a, b, c] = await drafts('k', 3);
    if (!a || !b || !c) throw new Error('no drafts');
    await log.observe([a, b]);
    expect(await log.observe([b, c, a])).toEqual([
      { outcome: 'known', position: 3 },
      { outcome: 'appended', position: 4 },
      { outcome: 'known', position: 2 },
    ]);
    expect(await readAll(log, 1)).toHaveLength(3);
  },

  'stores a fact once that stands twice in one batch': async ({ log }) => {
    const [a, b] = await drafts('t', 2);
    if (!a || !b) throw new Error('no drafts');
    expect(await log.observe([a, b, a, b])).toEqual([
      { outcome: 'appended', position: 2 },
      { outcome: 'appended', position: 3 },
      { outcome: 'known', position: 2 },
      { outcome: 'known', position: 3 },
    ]);
  },

  'stores a fact once that many observe at the same time': async ({ log, store }) => {
    const others = await Promise.all([store.open(), store.open()]);
    const batch = await drafts('m', 20);
    const answers = await Promise.all(
      [log, log, ...others, ...others].map((each, i) =>
        each.observe(i % 2 ? batch : batch.toReversed()),
      ),
    );
    const stored = await readAll(log, 1);
    expect(stored).toHaveLength(20);
    const positions = new Map(stored.map(({ id, position }) => [id, position]));
    answers.forEach((outcomes, i) => {
      const asked = i % 2 ? batch : batch.toReversed();
      expect(positionsOf(outcomes)).toEqual(asked.map(({ id }) => positions.get(id)));
    });
    const appended = answers.flat().filter(({ outcome }) => outcome === 'appended');
    expect(appended).toHaveLength(20);
  },

  'takes an empty batch for nothing': async ({ log }) => {
    expect(await log.observe([])).toEqual([]);
    expect(await log.head()).toMatchObject({ position: 1 });
  },

  'refuses a fact over the limit alone, counted in bytes': async ({ log }) => {
    const fits = await draftOf(FACT_LIMIT, 'fits');
    const over = await draftOf(FACT_LIMIT + 1, 'over');
    const wide = await draft('wide', { data: `{"x":"${'é'.repeat(FACT_LIMIT / 2)}"}` });
    const sealed = await draft('sealed', { personal: new Uint8Array(FACT_LIMIT) });
    expect(factBytes(fits)).toBe(FACT_LIMIT);
    expect(await log.observe([over, fits, wide, sealed, await draft('small')])).toEqual([
      { outcome: 'too_large', bytes: FACT_LIMIT + 1 },
      { outcome: 'appended', position: 2 },
      { outcome: 'too_large', bytes: factBytes(wide) },
      { outcome: 'too_large', bytes: factBytes(sealed) },
      { outcome: 'appended', position: 3 },
    ]);
  },

  'cuts commits before they grow beyond the limit': async ({ log }) => {
    const large = await Promise.all(
      Array.from({ length: 9 }, (_, i) => draftOf(FACT_LIMIT - 1000, `large/${i}`)),
    );
    const outcomes = await log.observe(large);
    expect(positionsOf(outcomes)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const commits = (await log.commits(2, 100)).filter(({ first }) => first > 1);
    expect(commits.map(({ count }) => count)).toEqual([4, 4, 1]);
    for (const { facts } of commits)
      expect(facts.reduce((sum, fact) => sum + factBytes(fact), 0)).toBeLessThanOrEqual(
        COMMIT_LIMIT,
      );
    expect(await readAll(log, 1)).toHaveLength(9);
  },

  'fails an append that no log can hold, and nobody beside it': async ({ log }) => {
    const good = await drafts('good', 1);
    const run = await drafts('run', 1, { stream: 'run/1' });
    const elsewhere = await drafts('elsewhere', 1, { stream: 'run/3' });
    const bad = await Promise.all([
      draft('id', { id: 'not-an-id' }),
      draft('stream', { stream: 'call@7' }),
      draft('surrogate', { data: '{"x":"\ud800"}' }),
      draft('time', { occurredAt: 1.5 }),
      draft('type', { type: 'Two\nLines' }),
    ]);
    const [first, second, ...refused] = await Promise.allSettled([
      log.observe(good),
      log.decide('run/1', 0, run),
      ...bad.map((one) => log.observe([one])),
      log.decide('run/2', 0, elsewhere),
    ]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled']);
    for (const each of refused)
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'LOG_FACT_INVALID' } });
    await expectFault(log.observe([...good, ...bad.slice(0, 1)]), 'LOG_FACT_INVALID');
    expect(await readAll(log, 1)).toHaveLength(2);
  },

  'makes one commit of what is appended in one turn': async ({ log }) => {
    const batches = await Promise.all(Array.from({ length: 20 }, (_, i) => drafts(`b${i}`, 3)));
    await Promise.all(batches.map((batch) => log.observe(batch)));
    const commits = await log.commits(2, 100);
    expect(commits.map(({ count }) => count)).toEqual([60]);
  },

  'makes no difference between a personal part that is empty and none': async ({ log }) => {
    await log.observe([await draft('empty', { personal: utf8('') })]);
    const [stored] = await log.read(1, 1);
    expect(stored && 'personal' in stored).toBe(false);
  },
};
