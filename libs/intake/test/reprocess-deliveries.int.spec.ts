import { decodeDelivery, deliveryStreamOf, encodeDelivery } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  DAY,
  deliveryOf,
  factsIn,
  intakeOn,
  openIntake,
  published,
  type IntakeWorld,
} from './intake-world.js';
import { parrot } from './parrot.js';

let world: IntakeWorld;

beforeEach(async () => {
  world = await openIntake();
});
afterEach(() => world.close());

/** Taken in a minute after the one before. */
const taken = async (body: JsonObject, source = 'parrot') => {
  world.clock.pass(60_000);
  const delivery = deliveryOf(source, body, { receivedAt: world.clock.now() });
  await world.takeIn([encodeDelivery(delivery)]);
  return delivery;
};
const idsPublished = async () => (await published(world)).map(({ attributes }) => attributes.id);
const factsOf = async (id: string) => (await world.known.find([id]))[0]?.facts;

describe('running deliveries again', () => {
  it('publishes what a door had published, under the same id', async () => {
    const delivery = await taken({ things: ['seed'] });
    expect(await world.reprocess({})).toEqual({ published: 1, missing: 0 });
    const [message] = await published(world);
    expect(decodeDelivery(message?.data ?? new Uint8Array())).toEqual(delivery);
    expect(message?.attributes).toEqual({ id: delivery.id });
  });

  it('changes nothing where the normaliser is the same', async () => {
    const { id } = await taken({ things: ['seed'] });
    const before = [await factsIn(world), await factsOf(id)];
    await world.reprocess({});
    await world.takeIn((await published(world)).map(({ data }) => data));
    expect([await factsIn(world), await factsOf(id)]).toEqual(before);
  });

  it('adds what a better normaliser sees, and the delivery says what it yields now', async () => {
    const { id } = await taken({ things: ['seed'] });
    const [old] = await factsIn(world);
    await world.reprocess({});
    const again = (await published(world)).map(({ data }) => data);
    await intakeOn(world, { parrot: parrot({ normaliser: 2 }) }).takeIn(again);
    const [, better, ...others] = await factsIn(world);
    expect(others).toEqual([]);
    expect(await factsOf(id)).toEqual([better?.id]);
    // A replica that was not updated yet must not take it back.
    await world.takeIn(again);
    expect(await factsOf(id)).toEqual([better?.id]);
    expect(better?.id).not.toBe(old?.id);
  });

  it('reaches everything that is kept, however much it is', async () => {
    const bodies = Array.from({ length: 150 }, (_, i) => ({ things: [`thing${i}`] }));
    const all = bodies.map((body) => deliveryOf('parrot', body));
    await world.takeIn(all.map(encodeDelivery));
    expect(await world.reprocess({})).toEqual({ published: 150, missing: 0 });
    expect(new Set(await idsPublished())).toEqual(new Set(all.map(({ id }) => id)));
  });

  it('takes exactly those that are asked for, and tells how many are not kept', async () => {
    const [one, , three] = [await taken({ a: 1 }), await taken({ a: 2 }), await taken({ a: 3 })];
    await world.keys.destroy([deliveryStreamOf(three.id)], world.clock.now());
    const ids = [one.id, three.id, deliveryOf('parrot', { a: 4 }).id];
    expect(await world.reprocess({ ids })).toEqual({ published: 1, missing: 2 });
    expect(await idsPublished()).toEqual([one.id]);
  });

  it('takes those of one source, from one time on, before another', async () => {
    const first = await taken({ a: 1 });
    const second = await taken({ a: 2 });
    await taken({ a: 3 }, 'aircall');
    const fourth = await taken({ a: 4 });
    const bounds = { receivedFrom: second.receivedAt, receivedBefore: fourth.receivedAt };
    await world.reprocess({ ...bounds, source: 'parrot' });
    expect(await idsPublished()).toEqual([second.id]);
    await world.reprocess({ receivedBefore: second.receivedAt });
    expect(await idsPublished()).toEqual([first.id]);
  });

  it('has nothing to do once everything has expired', async () => {
    await taken({ a: 1 });
    world.clock.pass(30 * DAY);
    expect(await world.reprocess({})).toEqual({ published: 0, missing: 0 });
  });
});

describe('what came in', () => {
  it('is listed newest first, page by page, by source or failure', async () => {
    const ids: string[] = [];
    for (const throws of [false, true, false])
      ids.unshift((await taken({ throws, id: ids.length })).id);
    const first = await world.known.list({ limit: 2 });
    const rest = await world.known.list({ limit: 2, after: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.next).toBeUndefined();
    const failed = await world.known.list({ failed: true, limit: 9 });
    expect(failed.items.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await world.known.list({ source: 'aircall', limit: 9 })).items).toEqual([]);
  });

  it('is listed oldest first from a time on, so that who follows goes on from the end', async () => {
    await taken({ a: 1 });
    const second = await taken({ a: 2 });
    const third = await taken({ a: 3 });
    const { items } = await world.known.list({ receivedFrom: second.receivedAt, limit: 9 });
    expect(items.map(({ id }) => id)).toEqual([second.id, third.id]);
  });

  it('last through a door is known by its source', async () => {
    await taken({ a: 1 });
    const last = await taken({ a: 2 });
    expect(await world.known.last('parrot')).toMatchObject({ id: last.id });
    expect(await world.known.last('aircall')).toBeUndefined();
  });
});
