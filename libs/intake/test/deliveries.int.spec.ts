import { BODY_LIMIT, deliveryStreamOf } from '#libs/contracts';
import { fault, toHex, utf8, type JsonObject } from '#libs/kernel';
import { digest } from '#libs/adapters/node-crypto';
import { deliveriesCollection, deliveryPartsCollection } from '#libs/intake';
import type { Sealed } from '#libs/ports/keys';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  DAY,
  deliveryOf,
  incompressible,
  intakeOn,
  messageOf,
  openIntake,
  sample,
  type IntakeWorld,
} from './intake-world.js';
import { parrot } from './parrot.js';

let world: IntakeWorld;

beforeEach(async () => {
  world = await openIntake();
});
afterEach(() => world.close());

const told = (body: JsonObject | Uint8Array) => deliveryOf('parrot', body);
const takeIn = (delivery: ReturnType<typeof told>) => world.takeIn([messageOf(delivery)]);
/** Its sealed bytes as they lie there now: they open for as long as its key is there. */
const sealedOf = async ({ id }: { readonly id: string }) => {
  const [stored] = await world.documents.get(deliveriesCollection, [id]);
  return { stream: deliveryStreamOf(id), sealed: stored?.bytes ?? new Uint8Array() };
};
const opens = (item: Sealed): boolean => {
  try {
    return world.keys.open([item])[0] !== undefined;
  } catch {
    return false;
  }
};
const partsStored = async () =>
  (await world.documents.query(deliveryPartsCollection, { limit: 9 })).items;

describe('raw bytes', () => {
  it('come back byte for byte, with what is known of them without opening them', async () => {
    const delivery = deliveryOf('aircall', sample('call.ended.answered'));
    await takeIn(delivery);
    expect(await world.deliveries.raw(delivery.id)).toEqual(delivery.body);
    const [record] = await world.known.find([delivery.id]);
    expect(record).toMatchObject({
      id: delivery.id,
      source: 'aircall',
      receivedAt: delivery.receivedAt,
      sha256: toHex(digest(delivery.body)),
      bytes: delivery.body.length,
      headers: delivery.headers,
    });
  });

  it('are sealed: nothing of them stands in what is stored', async () => {
    const delivery = told(utf8('Zelda Fitzgerald '.repeat(20)));
    await takeIn(delivery);
    const [stored] = await world.documents.get(deliveriesCollection, [delivery.id]);
    const bytes = Buffer.from(stored?.bytes ?? new Uint8Array());
    expect(bytes.length).toBeGreaterThan(0);
    expect(Buffer.concat([bytes, utf8(JSON.stringify(stored?.body))]).includes('Zelda')).toBe(
      false,
    );
  });

  it.each([0, 1, 700 * 1024, 900 * 1024, BODY_LIMIT])(
    'of %i incompressible bytes come back, in parts where one document is too small',
    async (length) => {
      const delivery = told(incompressible(length));
      expect(await takeIn(delivery)).toEqual([undefined]);
      expect(await partsStored()).toHaveLength(length < 700 * 1024 ? 0 : 1);
      const raw = await world.deliveries.raw(delivery.id);
      expect(Buffer.compare(raw ?? new Uint8Array([1]), delivery.body)).toBe(0);
    },
  );

  it('are not read by lists', async () => {
    await takeIn(told({ things: ['seed'] }));
    const asked: (boolean | undefined)[] = [];
    const { known } = intakeOn(world, {
      documents: (documents) => ({
        ...documents,
        query: (collection, query) => {
          asked.push(query.bytes);
          return documents.query(collection, query);
        },
      }),
    });
    expect((await known.list({ limit: 10 })).items).toHaveLength(1);
    expect(await known.last('parrot')).toBeDefined();
    expect(asked).toEqual([false, false]);
  });

  it('in parts survive a crash between the parts and the rest', async () => {
    const delivery = told(incompressible(BODY_LIMIT));
    const { documents } = world;
    const dying = intakeOn(world, {
      documents: () => ({
        ...documents,
        put: (collection, puts) =>
          collection === deliveriesCollection
            ? Promise.reject(fault('DOCUMENTS_UNAVAILABLE'))
            : documents.put(collection, puts),
      }),
    });
    await expect(dying.takeIn([messageOf(delivery)])).rejects.toMatchObject({
      code: 'DOCUMENTS_UNAVAILABLE',
    });
    expect(await partsStored()).toHaveLength(1);
    expect(await takeIn(delivery)).toEqual([undefined]);
    const raw = await world.deliveries.raw(delivery.id);
    expect(Buffer.compare(raw ?? new Uint8Array(), delivery.body)).toBe(0);
  });

  it('are kept for as long as was set from their receipt, parts and all, then are gone', async () => {
    const delivery = told(incompressible(BODY_LIMIT));
    await takeIn(delivery);
    world.clock.pass(30 * DAY - 1);
    expect(await world.deliveries.raw(delivery.id)).toHaveLength(BODY_LIMIT);
    world.clock.pass(1);
    expect(await world.deliveries.raw(delivery.id)).toBeUndefined();
    expect([await world.known.find([delivery.id]), await partsStored()]).toEqual([[undefined], []]);
  });

  it('of what failed are kept until that is resolved, and from then on as long as others', async () => {
    const delivery = told({ throws: true });
    await takeIn(delivery);
    world.clock.pass(300 * DAY);
    expect(await world.deliveries.raw(delivery.id)).toEqual(delivery.body);
    const mended = intakeOn(world, { parrot: parrot({ mended: true }) });
    await mended.takeIn([messageOf(delivery)]);
    expect(await world.deliveries.raw(delivery.id)).toBeUndefined();
  });

  it('have a key that goes a day after them, and a new one when the same bytes come again', async () => {
    const delivery = told({ things: ['seed'] });
    await takeIn(delivery);
    const sealed = await sealedOf(delivery);
    world.clock.pass(30 * DAY + DAY - 1);
    await world.keys.sweep(world.clock.now());
    expect(opens(sealed)).toBe(true);
    world.clock.pass(DAY);
    await world.keys.sweep(world.clock.now());
    expect(opens(sealed)).toBe(false);
    expect(await world.keys.tombstones()).toEqual([]);
    await takeIn({ ...delivery, receivedAt: world.clock.now() });
    expect(await world.deliveries.raw(delivery.id)).toEqual(delivery.body);
    world.clock.pass(20 * DAY);
    await world.keys.sweep(world.clock.now());
    expect(await world.deliveries.raw(delivery.id)).toEqual(delivery.body);
  });

  it('of what failed keep their key for as long', async () => {
    const delivery = told({ throws: true });
    await takeIn(delivery);
    world.clock.pass(300 * DAY);
    await world.keys.sweep(world.clock.now());
    expect(await world.deliveries.raw(delivery.id)).toEqual(delivery.body);
    const sealed = await sealedOf(delivery);
    const mended = intakeOn(world, { parrot: parrot({ mended: true }) });
    await mended.takeIn([messageOf(delivery)]);
    await world.keys.sweep(world.clock.now());
    expect(opens(sealed)).toBe(false);
  });

  it('are not kept twice, nor changed, when a delivery is repeated', async () => {
    const delivery = told({ things: ['seed'] });
    await takeIn(delivery);
    const before = await world.documents.get(deliveriesCollection, [delivery.id]);
    world.clock.pass(DAY);
    await takeIn({ ...delivery, receivedAt: world.clock.now() });
    expect(await world.documents.get(deliveriesCollection, [delivery.id])).toEqual(before);
  });
});

describe('a delivery whose key was destroyed', () => {
  const erase = (id: string) => world.keys.destroy([deliveryStreamOf(id)], world.clock.now());

  it('is known, and its raw bytes are gone', async () => {
    const delivery = told({});
    await takeIn(delivery);
    await erase(delivery.id);
    expect(await world.deliveries.raw(delivery.id)).toBeUndefined();
    expect(await world.known.find([delivery.id])).toEqual([
      expect.objectContaining({ id: delivery.id }),
    ]);
  });

  it('is not learnt again when it is repeated, or read by a better normaliser', async () => {
    for (const [body, before] of [
      [{ things: ['seed'] }, true],
      [{ things: ['cage'] }, false],
    ] as const) {
      const delivery = told(body);
      if (before) await takeIn(delivery);
      await erase(delivery.id);
      expect(await takeIn(delivery)).toEqual([undefined]);
      const newer = intakeOn(world, { parrot: parrot({ normaliser: 2 }) });
      expect(await newer.takeIn([messageOf(delivery)])).toEqual([undefined]);
      expect(await world.deliveries.raw(delivery.id)).toBeUndefined();
    }
  });
});
