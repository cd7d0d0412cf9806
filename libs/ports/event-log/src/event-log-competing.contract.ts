import { expect } from '@jest/globals';

import type { StoredFact } from './event-log.port.js';
import {
  draft,
  drafts,
  positionsOf,
  readAll,
  tail,
  type Answered,
  type EventLogBehaviours,
  type Log,
  type LogProcess,
} from './event-log-world.contract.js';

const CLIENTS = 4;
const BATCHES = 12;

export const competing: EventLogBehaviours = {
  'shows a reader every fact once, in order, while clients compete': async ({ log, store }) => {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => store.open()));
    const writing = Promise.all(clients.map((client, i) => appendBatches(client, `w${i}`)));
    expectSeenAll(await tail(log, writing), (await writing).flat(), CLIENTS * BATCHES * 6);
  },

  'shows a reader every fact once, in order, while processes compete': async ({ log, store }) => {
    const work = { batches: 40, size: 5, clients: 8 };
    const processes = await Promise.all(
      ['p1', 'p2', 'p3'].map((writer) => store.process({ writer, ...work })),
    );
    for (const each of processes) each.begin();
    const writing = Promise.all(processes.map(answersOf));
    expectSeenAll(await tail(log, writing), (await writing).flat(), 3 * 40 * 5);
  },

  'keeps what it has answered to a process that is killed, and takes the rest again once': async ({
    log,
    store,
  }) => {
    const work = { batches: 100_000, size: 5, clients: 8 };
    const killed = await store.process({ writer: 'killed', ...work });
    killed.begin();
    const answered: Answered[] = [];
    for await (const batch of killed.answers()) {
      answered.push(batch);
      if (answered.length === 30) await killed.kill();
    }
    const batches = answered.length + work.clients + 1;
    const again = await Promise.all(
      Array.from({ length: batches }, (_, i) => log.observe(killed.drafts(i))),
    );
    const facts = await readAll(log, 1, 100);
    expectSeenAll(
      facts,
      again.flatMap((outcomes, i) =>
        killed.drafts(i).map(({ id }, j) => [id, positionsOf(outcomes)[j] ?? 0] as const),
      ),
      batches * 5,
    );
    expectHeld(facts, answered.flat());
  },

  'keeps everything over a restart and goes on where it was': async ({ log, store }) => {
    await log.observe(await drafts('a', 5));
    await log.decide('run/1', 0, await drafts('b', 2, { stream: 'run/1' }));
    const before = await log.read(0, 100);
    const head = await log.head();
    await store.restart();
    const reopened = await store.open();
    expect(await reopened.head()).toEqual(head);
    expect(await reopened.read(0, 100)).toEqual(before);
    expect(await reopened.observe([...(await drafts('a', 1)), await draft('new')])).toEqual([
      { outcome: 'known', position: 2 },
      { outcome: 'appended', position: 9 },
    ]);
    expect(await reopened.decide('run/1', 1, [])).toEqual({ outcome: 'conflict', version: 2 });
  },

  'answers or fails what is in work when it is closed, and keeps what it answered': async ({
    log,
    store,
  }) => {
    const client = await store.open();
    const working = Promise.allSettled(
      Array.from({ length: 50 }, async (_, i) => {
        const batch = await drafts(`busy/${i}`, 4);
        return (await client.observe(batch)).map(
          (outcome, j) => [batch[j]?.id ?? '', positionsOf([outcome])[0] ?? 0] as const,
        );
      }),
    );
    await client.observe([await draft('first')]);
    await store.close(client);
    const outcomes = await working;
    const facts = await readAll(log, 1, 100);
    for (const outcome of outcomes)
      if (outcome.status === 'fulfilled') expectHeld(facts, outcome.value);
      else expect(outcome.reason).toMatchObject({ code: 'LOG_UNAVAILABLE' });
    await expect(client.observe([await draft('late')])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    });
    await expect(client.read(0, 1)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
  },
};

const appendBatches = async (client: Log, name: string): Promise<(readonly [string, number])[]> => {
  const answered: (readonly [string, number])[] = [];
  for (let i = 0; i < BATCHES; i++) {
    // Two sizes, so that one append can overtake the other.
    const batches = await Promise.all([drafts(`${name}/${i}/a`, 1), drafts(`${name}/${i}/b`, 5)]);
    for (const [j, outcomes] of (
      await Promise.all(batches.map((batch) => client.observe(batch)))
    ).entries())
      outcomes.forEach((outcome, k) =>
        answered.push([batches[j]?.[k]?.id ?? '', positionsOf([outcome])[0] ?? 0]),
      );
  }
  return answered;
};

const answersOf = async (process: LogProcess): Promise<(readonly [string, number])[]> => {
  const all: (readonly [string, number])[] = [];
  for await (const answered of process.answers()) all.push(...answered);
  return all;
};

const expectHeld = (facts: readonly StoredFact[], answered: Answered): void => {
  const positions = new Map(facts.map(({ id, position }) => [id, position]));
  for (const [id, position] of answered) expect(positions.get(id)).toBe(position);
};

const expectSeenAll = (facts: readonly StoredFact[], answered: Answered, count: number): void => {
  expect(facts).toHaveLength(count);
  expect(facts.map(({ position }) => position)).toEqual(facts.map((_, i) => i + 2));
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  expectHeld(facts, answered);
};
