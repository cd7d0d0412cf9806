import { deliveriesCollection, type Noticed } from '#libs/intake';
import type { JsonObject } from '#libs/kernel';
import { utf8 } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  DAY,
  deliveryOf,
  factsIn,
  intakeOn,
  messageOf,
  openIntake,
  sample,
  type IntakeWorld,
} from './intake-world.js';
import { parrot, TOLD_AT } from './parrot.js';

let world: IntakeWorld;

beforeEach(async () => {
  world = await openIntake();
});
afterEach(() => world.close());

const told = (body: JsonObject) => deliveryOf('parrot', body);
const takeIn = (...deliveries: ReturnType<typeof told>[]) =>
  world.takeIn(deliveries.map(messageOf));
const typesInLog = async () => (await factsIn(world)).map(({ type }) => type);
const factsOf = async ({ id }: { readonly id: string }) =>
  (await world.known.find([id]))[0]?.facts ?? [];

describe('a batch of deliveries', () => {
  const good = deliveryOf('aircall', sample('call.ended.answered'));
  const strange = told({ nonsense: true });
  const canary = told({ canary: 7 });
  const stumbling = told({ throws: true });
  const foreign = deliveryOf('stranger', {});
  const another = told({ things: ['cage', 'mirror'] });
  const all = [good, strange, canary, stumbling, foreign, another];

  it('gets one outcome each, in order, whatever stands beside it', async () => {
    const [first, ...rest] = all.map(messageOf);
    const messages = [first, utf8('no delivery at all'), first, ...rest];
    const outcomes = await world.takeIn(messages as Uint8Array[]);
    expect(outcomes.map((fault) => fault?.code)).toEqual([
      undefined,
      'INTAKE_DELIVERY_MALFORMED',
      undefined,
      undefined,
      undefined,
      'DEFECT_UNKNOWN',
      'INTAKE_SOURCE_UNKNOWN',
      undefined,
    ]);
  });

  it('is in the log as the facts of what was understood, each once', async () => {
    await takeIn(good, ...all, good);
    await takeIn(...all);
    expect(await typesInLog()).toEqual([
      'intake.call.observed.v1',
      'intake.delivery.not_understood.v1',
      'operations.canary.observed.v1',
      'intake.contact.observed.v1',
      'intake.contact.observed.v1',
    ]);
  });

  it('is kept in raw bytes: all but the canary, also what failed', async () => {
    await takeIn(...all);
    const raws = await Promise.all(all.map(({ id }) => world.deliveries.raw(id)));
    expect(raws).toEqual(all.map(({ body }) => (body === canary.body ? undefined : body)));
    const known = await world.known.find(all.map(({ id }) => id));
    expect(known.map((record) => record && [record.failed, record.facts.length])).toEqual([
      [false, 1],
      [false, 1],
      undefined,
      [true, 0],
      [true, 0],
      [false, 2],
    ]);
  });

  it('tells whoever counts what became of each that was read', async () => {
    const noticed: Noticed[] = [];
    const counted = intakeOn(world, { notice: (all) => noticed.push(...all) });
    await counted.takeIn([...all, good].map(messageOf));
    await counted.takeIn([messageOf(strange)]);
    expect(noticed.map((one) => [one.source, one.became, one.understood, one.failed])).toEqual([
      ['aircall', 'taken', true, false],
      ['parrot', 'taken', false, false],
      ['parrot', 'canary', true, false],
      ['parrot', 'taken', true, true],
      ['stranger', 'taken', true, true],
      ['parrot', 'taken', true, false],
      ['aircall', 'repeated', true, false],
      ['parrot', 'repeated', false, false],
    ]);
    expect(noticed[0]?.receivedAt).toBe(good.receivedAt);
  });

  it('may be empty', async () => {
    expect(await takeIn()).toEqual([]);
  });
});

describe('facts that were taken in', () => {
  it('say which delivery they come from, of which account, in which trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const delivery = { ...told({}), traceparent };
    await takeIn(delivery);
    const [fact] = world.journal.decode(await factsIn(world));
    expect(fact).toMatchObject({
      causationId: delivery.id,
      correlationId: delivery.id,
      source: 'parrot/main',
      stream: 'contact/parrot.main.seed',
      occurredAt: TOLD_AT,
      traceparent,
    });
  });

  it('say of what was not understood which delivery, which event and why, once for ever', async () => {
    const delivery = told({ nonsense: true });
    await takeIn(delivery);
    await takeIn({ ...delivery, receivedAt: delivery.receivedAt + 60_000 });
    const facts = await world.journal.open(await factsIn(world));
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      type: 'intake.delivery.not_understood.v1',
      stream: `delivery/${delivery.id}`,
      occurredAt: delivery.sourceTime,
      data: {
        delivery: delivery.id,
        event: 'parrot.squawked',
        reason: 'nonsense',
        source: 'parrot',
      },
    });
  });

  it('say of a canary which door it came through, and in which hour it was sent', async () => {
    const hour = 3_600_000;
    await takeIn(told({ canary: 2 * hour + 1234 }));
    const [fact] = world.journal.decode(await factsIn(world));
    expect(fact).toMatchObject({
      stream: 'canary/parrot',
      occurredAt: 2 * hour,
      data: { door: 'parrot', sentAt: 2 * hour },
    });
  });

  it('are one for the canaries of an hour, though each of them is noticed', async () => {
    const noticed: Noticed[] = [];
    const minute = 60_000;
    // Two processes take turns, and one of them is told something twice.
    for (const at of [0, 1, 1, 30, 59, 60, 61, 119, 120]) {
      const process = intakeOn(world, { notice: (all) => noticed.push(...all) });
      await process.takeIn([messageOf(told({ canary: at * minute }))]);
    }
    const facts = world.journal.decode(await factsIn(world));
    expect(facts.map(({ occurredAt }) => occurredAt / minute)).toEqual([0, 60, 120]);
    expect(noticed.map(({ became }) => became)).toEqual(Array.from({ length: 9 }, () => 'canary'));
  });

  it('are listed at each delivery that yields them, also where another was first', async () => {
    const first = told({ things: ['seed'] });
    const second = told({ things: ['seed', 'cage'] });
    await takeIn(first);
    await takeIn(second);
    const [seed = '', cage] = (await factsIn(world)).map(({ id }) => id);
    expect(await factsOf(first)).toEqual([seed]);
    expect(await factsOf(second)).toEqual([seed, cage]);
  });

  it('are found by delivery where another was first, without reading what all others yielded', async () => {
    const [first, second] = [told({ things: ['seed'] }), told({ things: ['seed', 'cage'] })];
    const third = told({ things: ['cage', 'bell', 'seed'] });
    await takeIn(first, second);
    await takeIn(third, told({ things: ['other'] }));
    const [seed = '', cage = '', bell = ''] = (await factsIn(world)).map(({ id }) => id);
    const yielding = async (...facts: string[]) =>
      (await world.known.yielding(new Set(facts))).toSorted();
    expect(await yielding(seed)).toEqual([second.id, third.id].toSorted());
    expect(await yielding(cage, bell)).toEqual([third.id]);
    expect(await yielding(bell)).toEqual([]);
    const blind = intakeOn(world, {
      documents: (documents) => ({
        ...documents,
        get: (...args) => documents.get(...args),
        query: (collection, query) =>
          collection === deliveriesCollection
            ? Promise.reject(new Error('reads all deliveries'))
            : documents.query(collection, query),
      }),
    });
    expect(await blind.known.yielding(new Set([seed]))).toHaveLength(2);
    world.clock.pass(40 * DAY);
    expect(await yielding(seed)).toEqual([]);
  });

  it('are not the facts of the delivery before it in the batch', async () => {
    const deliveries = [told({ things: ['a', 'b'] }), told({ throws: true }), told({ canary: 1 })];
    const last = told({ things: ['c'] });
    await takeIn(...deliveries, last);
    const streamOf = new Map((await factsIn(world)).map(({ id, stream }) => [id, stream]));
    const streams = (await factsOf(last)).map((id) => streamOf.get(id));
    expect(streams).toEqual(['contact/parrot.main.c']);
  });
});

describe('a fact that is too large', () => {
  it('is the fault of its delivery alone, which is kept', async () => {
    const large = told({ things: ['cage'], long: 50_000 });
    const outcomes = await takeIn(told({ things: ['a'] }), large, told({ things: ['b'] }));
    expect(outcomes.map((fault) => fault?.code)).toEqual([
      undefined,
      'LOG_FACT_TOO_LARGE',
      undefined,
    ]);
    expect(outcomes[1]).toMatchObject({ kind: 'invalid', details: { delivery: large.id } });
    expect(await typesInLog()).toHaveLength(2);
    expect(await world.deliveries.raw(large.id)).toEqual(large.body);
  });

  it('parks its delivery: raw bytes stay, and no fact is claimed that is not there', async () => {
    const large = told({ things: ['cage'], long: 50_000 });
    await takeIn(large);
    const [stored] = await world.documents.get(deliveriesCollection, [large.id]);
    expect(stored?.body).toMatchObject({ failed: true, facts: [] });
    expect(stored).not.toHaveProperty('expiresAt');
  });
});

describe('when something is away', () => {
  it('nothing is in the log before its raw bytes are kept', async () => {
    const broken = intakeOn(world, {
      documents: (documents) => ({
        ...documents,
        get: (...args) => documents.get(...args),
        put: () => Promise.reject(new Error('away')),
      }),
    });
    await expect(broken.takeIn([messageOf(told({}))])).rejects.toThrow('away');
    expect(await typesInLog()).toEqual([]);
  });
});

describe('a normaliser that was mended', () => {
  it('takes in what failed: its facts, its mark, and an end to how long it is kept', async () => {
    const delivery = told({ throws: true, things: ['seed'] });
    await takeIn(delivery);
    const mended = intakeOn(world, { parrot: parrot({ mended: true }) });
    expect(await mended.takeIn([messageOf(delivery)])).toEqual([undefined]);
    const [record] = await world.known.find([delivery.id]);
    expect(record).toMatchObject({ failed: false, facts: [(await factsIn(world))[0]?.id] });
    const failed = await world.known.list({ failed: true, limit: 10 });
    expect(failed.items).toEqual([]);
  });

  it('is not undone by an older replica that still fails', async () => {
    const delivery = told({ throws: true, things: ['seed'] });
    await intakeOn(world, { parrot: parrot({ mended: true }) }).takeIn([messageOf(delivery)]);
    expect((await takeIn(delivery)).map((fault) => fault?.code)).toEqual(['DEFECT_UNKNOWN']);
    const [record] = await world.known.find([delivery.id]);
    expect(record).toMatchObject({ failed: false, facts: [expect.anything()] });
  });
});
