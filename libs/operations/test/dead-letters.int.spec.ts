import {
  allSubscriptions,
  BODY_LIMIT,
  deliveryStreamOf,
  encodeDelivery,
  REDRIVE_ATTRIBUTE,
  subscriptions,
  topics,
  type Subscription,
} from '#libs/contracts';
import { fault, textOf, utf8 } from '#libs/kernel';
import {
  createDeadLetters,
  deadLetterPartsCollection,
  deadLettersCollection,
  letterOf,
  lettersMentioning,
  type DeadLetters,
} from '#libs/operations';
import type { Message } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';
import { drained, listenerOf, openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const work = subscriptions.intakeOfDeliveries;
const keeper = allSubscriptions.find(({ topic }) => topic === work.deadLetter) as Subscription;

/** A letter as it stands on the bus, with something in it changed. */
const letterSaying = (changed: object): string =>
  JSON.stringify({
    ...{ id: 'intake.1', subscription: work.name, code: 'DEFECT_UNKNOWN', attempts: 1 },
    ...{ buriedAt: 1, bytes: 1, attributes: {}, ...changed },
  });

/** The same documents, so that one method of them can be another. */
const delegated = (documents: Documents): Documents => ({
  get: (...args) => documents.get(...args),
  query: (...args) => documents.query(...args),
  put: (...args) => documents.put(...args),
  swap: (...args) => documents.swap(...args),
  remove: (...args) => documents.remove(...args),
  drop: (...args) => documents.drop(...args),
});

let parts: EmbeddedParts;
let letters: DeadLetters;

beforeEach(async () => {
  parts = await openEmbedded();
  letters = createDeadLetters(parts);
});
afterEach(() => parts.close());

const message = (id: string, changed: Partial<Message> = {}): Message => ({
  id,
  data: utf8(`Zelda says ${id}`),
  attributes: { id: `delivery ${id}`, traceparent: 'a trace' },
  publishedAt: 1,
  attempt: 5,
  ...changed,
});
const bury = (id: string, of = work) =>
  letters.bury(of, message(id), fault('DEFECT_UNKNOWN', { details: { at: id } }));
const keepAll = async (of = keeper) => {
  const lying = await drained(parts.bus, of);
  await letters.keep(of, lying);
  return lying;
};
const list = async (query: Partial<Parameters<DeadLetters['list']>[0]> = {}) =>
  (await letters.list({ limit: 10, ...query })).items.map(letterOf);
/** Buried and kept, each a second after the one before; their ids. */
const kept = async (...ids: string[]): Promise<string[]> => {
  for (const id of ids) {
    parts.clock.pass(1000);
    await bury(id);
    await keepAll();
  }
  return ids.map((id) => `intake.${id}`);
};
const sentAgain = () => drained(parts.bus, work);

describe('a message that is buried', () => {
  it('lies sealed on the dead letter topic of its subscription, with its cause', async () => {
    await bury('7');
    const [lying, ...others] = await drained(parts.bus, keeper);
    expect(others).toEqual([]);
    expect(textOf(lying?.data ?? new Uint8Array())).not.toMatch(/Zelda/);
    expect(JSON.parse(lying?.attributes.letter ?? '')).toEqual({
      id: 'intake.7',
      subscription: work.name,
      code: 'DEFECT_UNKNOWN',
      attempts: 5,
      buriedAt: parts.clock.now(),
      bytes: 12,
      attributes: { id: 'delivery 7', traceparent: 'a trace' },
    });
  });

  it('is not answered as buried while the bus is away, nor where there is no place for it', async () => {
    const { deadLetter: _none, ...homeless } = work;
    await expect(bury('1', homeless)).rejects.toMatchObject({ code: 'BUS_TOPIC_UNKNOWN' });
    await parts.bus.close();
    await expect(bury('1')).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
  });
});

describe('letters that are kept', () => {
  it('can be shown, with everything but their bytes', async () => {
    const [id = ''] = await kept('7');
    expect(await letters.show(id)).toMatchObject({ id, code: 'DEFECT_UNKNOWN', attempts: 5 });
    expect(await list()).toEqual([await letters.show(id)]);
    expect(await letters.show('intake.8')).toBeUndefined();
    const [stored] = await parts.documents.get(deadLettersCollection, [id]);
    expect(JSON.stringify(stored?.body) + textOf(stored?.bytes ?? utf8(''))).not.toMatch(/Zelda/);
  });

  it('are listed newest first, page by page, by subscription if asked', async () => {
    const ids = await kept('1', '2', '3');
    const other = subscriptions.keeperOfQuarantine;
    await bury('4', other);
    await keepAll(allSubscriptions.find(({ topic }) => topic === other.deadLetter));
    const mine = { subscription: work.name };
    const first = await letters.list({ ...mine, limit: 2 });
    const rest = await letters.list({ ...mine, limit: 2, after: first.next ?? '' });
    const listed = [...first.items, ...rest.items].map((one) => letterOf(one).id);
    expect(listed).toEqual([...ids].reverse());
    expect(rest.next).toBeUndefined();
    expect(await list()).toHaveLength(4);
  });

  it('are kept once, however often the keeper gets one', async () => {
    await bury('1');
    const lying = await keepAll();
    await letters.keep(keeper, [...lying, ...lying]);
    expect(await list()).toHaveLength(1);
  });

  it('tell what happened last to a message that was buried more than once', async () => {
    await bury('1');
    parts.clock.pass(1000);
    await letters.bury(work, message('1', { attempt: 6 }), fault('LOG_FACT_TOO_LARGE'));
    const lying = await drained(parts.bus, keeper);
    for (const letter of [...lying, ...[...lying].reverse()]) await letters.keep(keeper, [letter]);
    const newest = { code: 'LOG_FACT_TOO_LARGE', attempts: 6, buriedAt: parts.clock.now() };
    expect(await list()).toEqual([expect.objectContaining(newest)]);
  });

  it.each([700 * 1024, 920_000, 980_000, BODY_LIMIT + 1001, 2 * BODY_LIMIT])(
    'of %i bytes come back whole and go whole, in parts where one document is too small',
    async (length) => {
      const data = new Uint8Array(length).fill(90);
      await letters.bury(work, message('1', { data }), fault('DEFECT_UNKNOWN'));
      const lying = await keepAll();
      await letters.keep(keeper, lying);
      expect(await list()).toEqual([expect.objectContaining({ bytes: length })]);
      expect(await letters.redrive('intake.1')).toBe(true);
      const [again] = await sentAgain();
      expect(Buffer.compare(again?.data ?? utf8(''), data)).toBe(0);
      await letters.keep(keeper, lying);
      expect(await letters.drop('intake.1')).toBe(true);
      for (const collection of [deadLettersCollection, deadLetterPartsCollection])
        expect((await parts.documents.query(collection, { limit: 9 })).items).toEqual([]);
    },
  );

  it('have a name of plain characters, whatever the bus calls its messages', async () => {
    await bury('projects/p/messages/ä 1');
    await keepAll();
    const [letter] = await list();
    expect(letter?.id).toBe('intake.projects-p-messages---1');
    expect(await letters.redrive(letter?.id ?? '')).toBe(true);
    expect((await sentAgain()).map(({ data }) => textOf(data))).toEqual([
      'Zelda says projects/p/messages/ä 1',
    ]);
  });
});

describe('a letter that is sent again', () => {
  it('goes to its topic as it was, for its own subscription, and is no letter any more', async () => {
    const [id = '', other] = await kept('1', '2');
    expect(await letters.redrive(id)).toBe(true);
    const [again, ...more] = await sentAgain();
    expect(more).toEqual([]);
    expect(textOf(again?.data ?? utf8(''))).toBe('Zelda says 1');
    expect(again?.attributes).toEqual({
      id: 'delivery 1',
      traceparent: 'a trace',
      [REDRIVE_ATTRIBUTE]: work.name,
    });
    expect((await list()).map((letter) => letter.id)).toEqual([other]);
    expect(await letters.redrive(id)).toBe(false);
  });

  it('and dies again is a letter once more', async () => {
    const [id = ''] = await kept('1');
    await letters.redrive(id);
    const [again] = await sentAgain();
    parts.clock.pass(1000);
    await letters.bury(work, { ...message('1'), ...again, id: '1' }, fault('LOG_FACT_TOO_LARGE'));
    await keepAll();
    expect(await list()).toEqual([expect.objectContaining({ id, code: 'LOG_FACT_TOO_LARGE' })]);
    expect(await letters.redrive(id)).toBe(true);
  });

  it('stays a letter while the bus is away', async () => {
    const [id = ''] = await kept('1');
    await parts.bus.close();
    await expect(letters.redrive(id)).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    expect(await list()).toHaveLength(1);
  });

  it('is only forgotten where its key is gone', async () => {
    const [id = ''] = await kept('1');
    await parts.keys.destroy([`dead/${id}`], 1);
    expect(await letters.redrive(id)).toBe(true);
    expect([await sentAgain(), await list()]).toEqual([[], []]);
  });

  it('of a subscription that is no more stays, and says so', async () => {
    await letters.bury({ ...work, name: 'of.old--times' }, message('1'), fault('DEFECT_UNKNOWN'));
    await keepAll();
    await expect(letters.redrive('intake.1')).rejects.toMatchObject({ code: 'BUS_TOPIC_UNKNOWN' });
    expect(await list()).toHaveLength(1);
  });
});

describe('a letter that is a delivery', () => {
  const delivery = '01a0a060-e1f8-8907-be5e-296a42f6352e';
  const buried = async (): Promise<string> => {
    const sent = message('1', { attributes: { id: delivery } });
    await letters.bury(work, sent, fault('DEFECT_UNKNOWN'));
    await keepAll();
    return 'intake.1';
  };

  it('says which, and comes back as it was', async () => {
    const id = await buried();
    expect(await letters.show(id)).toMatchObject({ delivery, bytes: 12 });
    expect(await letters.redrive(id)).toBe(true);
    expect((await sentAgain()).map(({ data }) => textOf(data))).toEqual(['Zelda says 1']);
  });

  it('can be read by nobody once that delivery is erased', async () => {
    const id = await buried();
    await parts.keys.destroy([deliveryStreamOf(delivery)], 1);
    expect(await letters.redrive(id)).toBe(true);
    expect([await sentAgain(), await list()]).toEqual([[], []]);
  });

  it('is not kept in any form where that delivery was erased before', async () => {
    await parts.keys.destroy([deliveryStreamOf(delivery)], 1);
    const id = await buried();
    const [stored] = await parts.documents.get(deadLettersCollection, [id]);
    expect(stored?.bytes?.length ?? 0).toBe(0);
    expect(await letters.redrive(id)).toBe(true);
    expect(await sentAgain()).toEqual([]);
  });

  it('reads as gone once the delivery came again, was taken in, and its key aged', async () => {
    const id = await buried();
    const later = parts.clock.now() + 30 * 86_400_000;
    const stream = deliveryStreamOf(delivery);
    await parts.keys.sweep(later + 2 * 86_400_000);
    expect(await letters.open(id)).toBeDefined();
    parts.keys.seal([{ stream, plain: utf8('raw'), expiresAt: later }]);
    expect(await letters.open(id)).toBeDefined();
    await parts.keys.sweep(later + 2 * 86_400_000);
    expect(await letters.open(id)).toBeUndefined();
    expect(await letters.drop(id)).toBe(true);
  });

  it('is listed without its bytes', async () => {
    const id = await buried();
    const { items } = await letters.list({ limit: 10 });
    expect(items.map((item) => [item.id, item.bytes])).toEqual([[id, undefined]]);
  });

  it('leaves the delivery its key when it is dropped', async () => {
    const id = await buried();
    const [raw] = parts.keys.seal([{ stream: deliveryStreamOf(delivery), plain: utf8('raw') }]);
    expect(await letters.drop(id)).toBe(true);
    const sealed = raw ?? utf8('');
    const [opened] = parts.keys.open([{ stream: deliveryStreamOf(delivery), sealed }]);
    expect(textOf(opened ?? utf8(''))).toBe('raw');
    expect((await parts.keys.tombstones()).map(({ stream }) => stream)).toEqual([`dead/${id}`]);
  });
});

describe('a message on a dead letter topic that we did not put there', () => {
  const delivery = '01a0a060-e1f8-8907-be5e-296a42f6352e';
  const moved = (changed: Partial<Message> = {}): Message =>
    message('9', {
      data: utf8('Zelda says 9'),
      attributes: {
        id: delivery,
        traceparent: 'a trace',
        CloudPubSubDeadLetterSourceSubscription: `innkeeper.prod.${work.name}`,
        CloudPubSubDeadLetterSourceDeliveryCount: '100',
      },
      publishedAt: 77,
      attempt: 3,
      ...changed,
    });
  const stored = async () => {
    const [first] = (await parts.documents.query(deadLettersCollection, { limit: 9 })).items;
    return `${JSON.stringify(first?.body)} ${textOf(first?.bytes ?? utf8(''))}`;
  };
  const destroy = (stream: string) => parts.keys.destroy([stream], 1);

  it('is a letter of its subscription, sealed, where Pub/Sub gave it up', async () => {
    await letters.keep(keeper, [moved()]);
    const id = 'intake.moved.9';
    expect(await list()).toEqual([
      {
        id,
        delivery,
        subscription: work.name,
        code: 'BUS_DELIVERED_TOO_OFTEN',
        attempts: 100,
        buriedAt: 77,
        bytes: 12,
        attributes: { id: delivery, traceparent: 'a trace' },
      },
    ]);
    expect(await stored()).not.toMatch(/Zelda/);
    expect(textOf((await letters.open(id)) ?? utf8(''))).toBe('Zelda says 9');
  });

  it('goes again as it was before it was moved', async () => {
    await letters.keep(keeper, [moved()]);
    expect(await letters.redrive('intake.moved.9')).toBe(true);
    const [again] = await sentAgain();
    expect(textOf(again?.data ?? utf8(''))).toBe('Zelda says 9');
    expect(again?.attributes).toEqual({
      ...{ id: delivery, traceparent: 'a trace', [REDRIVE_ATTRIBUTE]: work.name },
    });
  });

  it.each([deliveryStreamOf(delivery), 'dead/intake.moved.9'])(
    'opens no more once the key of %s is gone',
    async (stream) => {
      await letters.keep(keeper, [moved()]);
      await destroy(stream);
      expect(await letters.open('intake.moved.9')).toBeUndefined();
    },
  );

  it('is sealed for the delivery that its bytes name, where its attributes were lost', async () => {
    const data = encodeDelivery({
      ...{ id: delivery, source: 'aircall', receivedAt: 1, sourceTime: 1, headers: {} },
      body: utf8('Zelda'),
    });
    await letters.keep(keeper, [moved({ data, attributes: {} })]);
    expect(await list()).toMatchObject([{ delivery, code: 'BUS_DELIVERED_TOO_OFTEN' }]);
  });

  it('is whole though a keeper died between its parts and was given it again', async () => {
    const data = new Uint8Array(2 * BODY_LIMIT).fill(90);
    const dying = {
      ...parts,
      documents: {
        ...delegated(parts.documents),
        put: async (...[collection, documents]: Parameters<Documents['put']>) => {
          if (collection === deadLettersCollection) throw fault('DOCUMENTS_UNAVAILABLE');
          return parts.documents.put(collection, documents);
        },
      },
    };
    const kept = createDeadLetters(dying).keep(keeper, [moved({ data })]);
    await expect(kept).rejects.toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    parts.clock.pass(1);
    await letters.keep(keeper, [moved({ data })]);
    const opened = await letters.open('intake.moved.9');
    expect(Buffer.compare(opened ?? utf8(''), data)).toBe(0);
  });

  it.each([
    ['no attributes and no words', {}, new Uint8Array([0, 255, 0])],
    ['nothing at all', {}, new Uint8Array()],
    ['a letter that is no JSON', { letter: 'Zelda{' }, utf8('Zelda')],
    ['a letter that says nothing', { letter: '{}' }, utf8('Zelda')],
    ['a letter of no object', { letter: 'null' }, utf8('Zelda')],
    [
      'a letter whose bytes are more than it says',
      { letter: letterSaying({ bytes: 3 }) },
      new Uint8Array(1_000_000).fill(90),
    ],
    ['a letter of endless parts', { letter: letterSaying({ bytes: 1e15 }) }, utf8('Zelda')],
  ])('is kept as unreadable: %s', async (_, attributes, data) => {
    await letters.keep(keeper, [moved({ attributes, data })]);
    expect(await list()).toEqual([
      {
        id: 'intake.moved.9',
        subscription: work.name,
        code: 'BUS_DEAD_LETTER_UNREADABLE',
        attempts: 0,
        buriedAt: 77,
        bytes: data.length,
        attributes: {},
      },
    ]);
    expect(await stored()).not.toMatch(/Zelda/);
    expect(await letters.drop('intake.moved.9')).toBe(true);
  });
});

describe('letters that mention something', () => {
  const deliveryOf = (n: number): string =>
    `01a0a060-e1f8-8907-be5e-${String(n).padStart(12, '0')}`;
  const about = (n: number, text: string, attributes = {}) =>
    letters.bury(
      work,
      message(`${n}`, { data: utf8(text), attributes: { id: deliveryOf(n), ...attributes } }),
      fault('DEFECT_UNKNOWN'),
    );

  it('are found in what is sealed, each with the delivery it is, over all pages', async () => {
    await about(1, '{"call":4190001001}');
    for (let n = 2; n <= 150; n++) await about(n, `{"call":${5_000_000 + n}}`);
    await about(151, '{"call":880001}');
    await about(152, '{"call":880001}', { id: 'of no delivery' });
    await keepAll();
    const find = lettersMentioning({ deadLetters: letters });
    expect(await find(['4190001001'])).toEqual([{ id: 'intake.1', delivery: deliveryOf(1) }]);
    expect((await find(['880001', '5000077'])).map(({ id }) => id).sort()).toEqual([
      'intake.151',
      'intake.77',
    ]);
    expect(await find(['500007'])).toEqual([]);
    await parts.keys.destroy([deliveryStreamOf(deliveryOf(1))], 1);
    expect(await find(['4190001001'])).toEqual([]);
  });
});

describe('a letter that is dropped', () => {
  it('is gone for good, and its key with it', async () => {
    const [id = '', other] = await kept('1', '2');
    expect(await letters.drop(id)).toBe(true);
    expect((await list()).map((letter) => letter.id)).toEqual([other]);
    expect((await parts.keys.tombstones()).map(({ stream }) => stream)).toEqual([`dead/${id}`]);
    expect(await letters.drop(id)).toBe(false);
    expect(await sentAgain()).toEqual([]);
    expect(await drained(parts.bus, listenerOf(topics.deliveries))).toEqual([]);
  });
});
