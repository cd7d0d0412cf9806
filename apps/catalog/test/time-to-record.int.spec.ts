import { deliveriesCollection, readDeliveries, type Source } from '#libs/intake';
import { fault } from '#libs/kernel';
import type { StoredFact } from '#libs/ports/event-log';
import { aircall } from '#libs/providers/aircall';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { TimeToRecord } from '../src/time-to-record.js';

let parts: EmbeddedParts;
let now = 100_000;
let reached: unknown[];

beforeEach(async () => {
  parts = await openEmbedded();
  reached = [];
});
afterEach(() => parts.close());

const sources = new Map<string, Source>([
  ['aircall', { provider: aircall, account: 'main', secrets: [] }],
]);
const timeOn = (documents = parts.documents) =>
  new TimeToRecord({
    ...{ deliveries: readDeliveries({ documents }), sources, clock: { now: () => now } },
    log: { warn: (...told) => reached.push(told[0]) },
    metrics: { reached: (...told) => reached.push(told) },
  });

const keep = (id: string, receivedAt: number) =>
  parts.documents.put(deliveriesCollection, [
    {
      ...{ id, body: { id, receivedAt }, fence: { era: 0, position: 2 } },
      fields: { receivedAt, source: 'aircall', failed: 0 },
    },
  ]);
const factOf = (source: string, causationId: string): StoredFact => ({
  ...{ id: 'fact', type: 'intake.call.observed.v1', stream: 'call/a', version: 1, position: 1 },
  ...{ era: 1, occurredAt: 0, recordedAt: 0, data: '{}' },
  meta: JSON.stringify({ source, causationId }),
});

describe('the time to a record', () => {
  it('is measured from the receipt of the newest delivery, by source', async () => {
    await keep('older', 10_000);
    await keep('newer', 98_500);
    await timeOn().written([factOf('aircall/main', 'older'), factOf('aircall/main', 'newer')]);
    expect(reached).toEqual([['aircall', 'record', 1500]]);
  });

  it('is measured once a second, so that a flood costs no more', async () => {
    await keep('one', 99_000);
    const time = timeOn();
    for (const later of [0, 1, 999, 1000]) {
      now = 100_000 + later;
      await time.written([factOf('aircall/main', 'one')]);
    }
    expect(reached).toEqual([
      ['aircall', 'record', 1000],
      ['aircall', 'record', 2000],
    ]);
  });

  it('is not known of sources we have not, of what was forgotten, nor of what cannot be read', async () => {
    await keep('one', 99_000);
    const unreadable = { ...factOf('aircall/main', 'one'), meta: '{' };
    await timeOn().written([
      factOf('innkeeper/operations', 'one'),
      factOf('stranger/main', 'one'),
      factOf('aircall/main', 'gone'),
      unreadable,
    ]);
    expect(reached).toEqual([]);
  });

  it('is settled only when nothing is looked up any more', async () => {
    const found = Promise.withResolvers<[]>();
    const time = timeOn({ ...parts.documents, get: () => found.promise });
    const written = time.written([factOf('aircall/main', 'one')]);
    const order: string[] = [];
    const settled = time.settled().then(() => order.push('settled'));
    setImmediate(() => {
      order.push('found');
      found.resolve([]);
    });
    await Promise.all([written, settled]);
    expect(order).toEqual(['found', 'settled']);
  });

  it('stops nothing where the documents are away', async () => {
    const away = () => Promise.reject(fault('DOCUMENTS_UNAVAILABLE'));
    await timeOn({ ...parts.documents, get: away }).written([factOf('aircall/main', 'one')]);
    expect(reached).toEqual(['lag.unknown']);
  });
});
