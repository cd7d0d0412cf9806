import { expect } from '@jest/globals';

import { FACT_LIMIT, type EventLog } from './event-log.port.js';
import {
  draft,
  draftOf,
  drafts,
  readAll,
  type EventLogBehaviours,
} from './event-log-world.contract.js';

const stream = 'run/1';
const of = (name: string, count = 1) => drafts(name, count, { stream });

export const deciding: EventLogBehaviours = {
  'gives dense versions to a decided stream': async ({ log }) => {
    await log.observe(await drafts('before', 3));
    const first = await log.decide(stream, 0, await of('one', 2));
    expect(first).toEqual({ outcome: 'appended', positions: [5, 6] });
    await log.observe(await drafts('between', 2));
    const second = await log.decide(stream, 2, await of('two'));
    expect(second).toEqual({ outcome: 'appended', positions: [9] });
    const versions = (await log.stream(stream, 0, 10)).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3]);
  },

  'answers a conflict with the stored version, below and above it': async ({ log }) => {
    await log.decide(stream, 0, await of('one', 5));
    for (const expected of [0, 1, 4, 6, 100])
      expect(await log.decide(stream, expected, await of(`late/${expected}`))).toEqual({
        outcome: 'conflict',
        version: 5,
      });
    expect(await log.decide('run/none', 3, [])).toEqual({ outcome: 'conflict', version: 0 });
    expect(await readAll(log, 1)).toHaveLength(5);
  },

  'takes a decision of nothing as a question about the version': async ({ log }) => {
    await log.decide(stream, 0, await of('one'));
    expect(await log.decide(stream, 1, [])).toEqual({ outcome: 'appended', positions: [] });
    expect(await log.decide(stream, 0, [])).toEqual({ outcome: 'conflict', version: 1 });
    expect(await log.head()).toMatchObject({ position: 2 });
  },

  'stores all of a decision or nothing': async ({ log }) => {
    const large = await draftOf(FACT_LIMIT + 1, 'large', { stream });
    const [a] = await of('a');
    if (!a) throw new Error('no draft');
    expect(await log.decide(stream, 0, [a, large])).toEqual({
      outcome: 'too_large',
      bytes: FACT_LIMIT + 1,
    });
    const sum = await Promise.all(
      [1, 2, 3, 4, 5].map((i) => draftOf(FACT_LIMIT - 1000, `sum/${i}`, { stream })),
    );
    expect(await log.decide(stream, 0, sum)).toMatchObject({ outcome: 'too_large' });
    expect(await log.decide(stream, 0, [a])).toMatchObject({ outcome: 'appended' });
    expect(await readAll(log, 1)).toHaveLength(1);
  },

  'never cuts a decision in two commits': async ({ log }) => {
    const filler = await Promise.all(
      [1, 2, 3].map((i) => draftOf(FACT_LIMIT - 1000, `filler/${i}`)),
    );
    const decision = await Promise.all(
      [1, 2, 3].map((i) => draftOf(FACT_LIMIT - 1000, `piece/${i}`, { stream })),
    );
    await Promise.all([log.observe(filler), log.decide(stream, 0, decision)]);
    const holders = (await log.commits(1, 100)).filter(({ facts }) =>
      facts.some((fact) => fact.stream === stream),
    );
    expect(holders.map(({ count }) => count)).toEqual([3]);
  },

  'lets one of many deciders win each version': async ({ log, store }) => {
    const clients = [log, log, await store.open(), await store.open()];
    const wins = await Promise.all(clients.map((client, i) => decideTimes(client, `c${i}`, 5)));
    const versions = (await log.stream(stream, 0, 100)).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(wins.flat().toSorted((a, b) => a - b)).toEqual(versions);
  },

  'decides in one turn in the order asked, each seeing the one before': async ({ log }) => {
    const [one, two, three] = await Promise.all([of('one'), of('two'), of('three')]);
    const answers = await Promise.all([
      log.decide(stream, 0, one),
      log.decide(stream, 0, two),
      log.decide(stream, 1, three),
      log.observe([await draft('beside')]),
    ]);
    expect(answers.slice(0, 3)).toEqual([
      { outcome: 'appended', positions: [2] },
      { outcome: 'conflict', version: 1 },
      { outcome: 'appended', positions: [3] },
    ]);
    expect(answers[3]).toEqual([{ outcome: 'appended', position: expect.any(Number) }]);
  },

  'answers a decision that is asked for again with its old positions': async ({ log, store }) => {
    const decision = await of('once', 2);
    await log.decide(stream, 0, decision);
    await log.decide(stream, 2, await of('after'));
    for (const client of [log, await store.open()])
      expect(await client.decide(stream, 0, decision)).toEqual({
        outcome: 'appended',
        positions: [2, 3],
      });
    const twice = await Promise.all([
      log.decide('run/2', 0, await drafts('same', 2, { stream: 'run/2' })),
      log.decide('run/2', 0, await drafts('same', 2, { stream: 'run/2' })),
    ]);
    expect(twice[1]).toEqual(twice[0]);
    expect(await readAll(log, 1)).toHaveLength(5);
  },

  'does not complete a decision of which a part is stored': async ({ log }) => {
    const [a, b] = await of('part', 2);
    if (!a || !b) throw new Error('no drafts');
    await log.decide(stream, 0, [a]);
    expect(await log.decide(stream, 1, [a, b])).toEqual({ outcome: 'conflict', version: 1 });
    expect(await readAll(log, 1)).toHaveLength(1);
  },
};

const decideTimes = async (log: EventLog, name: string, times: number): Promise<number[]> => {
  const won: number[] = [];
  for (let expected = 0; won.length < times;) {
    const decision = await of(`${name}/${won.length}`);
    const answer = await log.decide(stream, expected, decision);
    if (answer.outcome === 'appended') won.push(++expected);
    if (answer.outcome === 'conflict') expected = answer.version;
  }
  return won;
};
