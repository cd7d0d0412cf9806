import { createJournal } from '#libs/journal';
import { fault } from '#libs/kernel';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';
import { describe, expect, it } from '@jest/globals';

import { factIdsIn, historyOf } from './history.js';

const idOf = (position: number): string =>
  `01a09f33-fab8-87d7-be9d-${String(position).padStart(12, '0')}`;

const factAt = (position: number, stream: string): StoredFact => ({
  id: idOf(position),
  type: 'intake.call.observed.v1',
  stream,
  version: position,
  position,
  era: 1,
  occurredAt: 10 - position,
  recordedAt: position,
  meta: '{"causationId":"a-delivery","correlationId":"c","source":"aircall/main"}',
  data: '{"event":"call.ended"}',
});

const facts = [
  factAt(1, 'call/a'),
  factAt(2, 'contact/m'),
  factAt(3, 'call/b'),
  factAt(4, 'contact/m'),
  factAt(5, 'contact/m'),
];

const unused = () => Promise.reject(fault('DEFECT_UNKNOWN'));
const log: EventLog = {
  head: unused,
  observe: unused,
  decide: unused,
  wake: unused,
  read: unused,
  stream: async (stream, after, limit) =>
    facts.filter((one) => one.stream === stream && one.version > after).slice(0, limit),
  find: async (ids) => facts.filter(({ id }) => ids.includes(id)),
};
// Nothing is opened for a history: a key store that is asked would break the test.
const journal = createJournal({ log, keys: {} as Keys });

const history = (after: number, limit: number) =>
  historyOf(
    { log, journal },
    { stream: 'contact/m', rests: [idOf(3), idOf(4), idOf(1)], after, limit },
  );

describe('the history of a record', () => {
  it('is its own stream and what others say of it, in the order of the log, each once', async () => {
    const { items, next } = await history(0, 10);
    expect(items.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect(next).toBeUndefined();
    expect(items[0]).toEqual({
      fact: idOf(1),
      type: 'intake.call.observed.v1',
      event: 'call.ended',
      occurredAt: 9,
      recordedAt: 1,
      position: 1,
      delivery: 'a-delivery',
    });
  });

  it.each([1, 2, 3, 4, 5])('comes whole in pages of %i', async (limit) => {
    const seen: number[] = [];
    for (let after: number | undefined = 0; after !== undefined;) {
      const page: Awaited<ReturnType<typeof history>> = await history(after, limit);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ position }) => position));
      after = page.next;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('knows from a state which facts it rests on', () => {
    const layers = [[`000000000000001.010.001.${idOf(1)}`, { id: 'm' }]];
    const progress = [[`3.000000000000002.010.001.${idOf(2)}`, { status: 'ended' }]];
    expect(factIdsIn({ layers, progress })).toEqual([idOf(1), idOf(2)]);
    expect(factIdsIn({ layers: [...layers, ...layers], progress: [] })).toEqual([idOf(1)]);
  });
});
