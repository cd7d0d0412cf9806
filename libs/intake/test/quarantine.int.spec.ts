import { BODY_LIMIT, decodeDelivery, encodeDelivery, type Delivery } from '#libs/contracts';
import { quarantinedMentioning, readQuarantine } from '#libs/intake';
import { toHex, utf8 } from '#libs/kernel';
import { digest } from '#libs/adapters/node-crypto';
import type { Documents } from '#libs/ports/documents';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  CURRENT,
  DAY,
  deliveryOf,
  incompressible,
  intakeOn,
  openIntake,
  published,
  type IntakeWorld,
} from './intake-world.js';
import { TOLD_AT, WINDOW_MS } from './parrot.js';

const LATER = 'the right secret, set too late';
let world: IntakeWorld;

beforeEach(async () => {
  world = await openIntake();
});
afterEach(() => world.close());

/** What a door could not prove yet: signed with a secret that it does not know. */
const unproved = (text: string, headers: Record<string, string> = {}, source = 'parrot') => ({
  ...deliveryOf(source, utf8(text), { receivedAt: world.clock.now() }),
  headers: { 'webhook-signature': LATER, ...headers },
});
const keep = (...deliveries: Delivery[]) => world.quarantine.keep(deliveries.map(encodeDelivery));
const shown = async (options = {}) =>
  (await readQuarantine(world).list({ limit: 100, ...options })).items;
const idsShown = async () => (await shown()).map(({ id }) => id);
/** The same process after it was started again with other secrets. */
const withSecret = (secret: string) => intakeOn(world, { secrets: [secret] }).quarantine;

describe('what cannot be proved', () => {
  it('is found by an id that stands in it, over all pages, until it is dropped', async () => {
    const first = unproved('{"call":4190001001}');
    const others = Array.from({ length: 120 }, (_, i) => unproved(`{"call":${5_000_000 + i}}`));
    await keep(first, ...others);
    const find = quarantinedMentioning(world);
    expect(await find(['4190001001'])).toEqual([first.id]);
    expect(await find(['5000003', '5000119'])).toHaveLength(2);
    expect(await find(['419000100', 'nobody'])).toEqual([]);
    await world.quarantine.drop([first.id]);
    expect(await find(['4190001001'])).toEqual([]);
  });

  it('is kept once, however often the bus hands it over, and shown without what it claims', async () => {
    const delivery = unproved('it says it is Aircall');
    expect(await keep(delivery, delivery)).toEqual([undefined, undefined]);
    await keep(delivery);
    expect(await shown()).toEqual([
      {
        id: delivery.id,
        source: 'parrot',
        receivedAt: delivery.receivedAt,
        bytes: delivery.body.length,
        sha256: toHex(digest(delivery.body)),
      },
    ]);
  });

  it('is listed without reading what it holds', async () => {
    await keep(unproved('large'));
    const asked: (boolean | undefined)[] = [];
    const documents: Documents = {
      ...world.documents,
      get: (...args) => world.documents.get(...args),
      query: (collection, query) => {
        asked.push(query.bytes);
        return world.documents.query(collection, query);
      },
    };
    await readQuarantine({ documents }).list({ limit: 10 });
    await readQuarantine({ documents }).waiting('parrot');
    expect(asked).toEqual([false, false]);
  });

  it('is listed newest first, by source if asked', async () => {
    const first = unproved('first');
    world.clock.pass(1);
    const second = unproved('second', {}, 'aircall');
    await keep(first, second);
    expect(await idsShown()).toEqual([second.id, first.id]);
    expect((await shown({ source: 'parrot' })).map(({ id }) => id)).toEqual([first.id]);
  });

  it('gets a fault where it is no delivery at all; the others beside it are kept', async () => {
    const delivery = unproved('whole');
    const messages = [utf8('torn'), encodeDelivery(delivery)];
    const faults = await world.quarantine.keep(messages);
    expect(faults.map((fault) => fault?.code)).toEqual(['INTAKE_DELIVERY_MALFORMED', undefined]);
    expect(await idsShown()).toEqual([delivery.id]);
  });

  it('is forgotten after seven days', async () => {
    const delivery = unproved('soon gone');
    await keep(delivery);
    world.clock.pass(7 * DAY - 1);
    expect(await readQuarantine(world).has(delivery.id)).toBe(true);
    world.clock.pass(1);
    expect(await readQuarantine(world).has(delivery.id)).toBe(false);
  });
});

describe('a retry', () => {
  it('with the secrets of before changes nothing', async () => {
    const delivery = unproved('still a stranger');
    await keep(delivery);
    expect(await world.quarantine.retry()).toEqual({ proved: 0, left: 1 });
    expect([await idsShown(), await published(world)]).toEqual([[delivery.id], []]);
  });

  it('with the right secret sends on what it proves, as it came in then', async () => {
    const delivery = unproved('{"things":["seed"]}');
    const other = { ...unproved('other'), headers: {} };
    await keep(delivery, other);
    world.clock.pass(DAY);
    expect(await withSecret(LATER).retry()).toEqual({ proved: 1, left: 1 });
    const [message, ...more] = await published(world);
    expect(more).toEqual([]);
    const { id, ...sent } = decodeDelivery(message?.data ?? new Uint8Array());
    const { id: _then, ...came } = delivery;
    expect(sent).toEqual({ ...came, sourceTime: TOLD_AT });
    expect(message?.attributes).toEqual({ id });
    expect(await idsShown()).toEqual([other.id]);
  });

  it('gives the id that a door would have given, so that a repetition is known', async () => {
    const delivery = unproved('{}', { 'webhook-id': 'msg_1' });
    await keep(delivery);
    await withSecret(LATER).retry();
    const [message] = await published(world);
    const door = intakeOn(world, { secrets: [CURRENT, LATER] });
    const again = await door.receive({ headers: delivery.headers, body: utf8('{"again":1}') });
    expect(again).toEqual({ outcome: 'received', id: message?.attributes.id });
  });

  it('judges a time window by the time of receipt: neither forgives nor forgets', async () => {
    const now = world.clock.now();
    const inTime = unproved('in time', { 'webhook-timestamp': `${now - WINDOW_MS}` });
    const late = unproved('late', { 'webhook-timestamp': `${now - WINDOW_MS - 1}` });
    await keep(inTime, late);
    world.clock.pass(6 * DAY);
    expect(await withSecret(LATER).retry()).toEqual({ proved: 1, left: 1 });
    expect(await idsShown()).toEqual([late.id]);
  });

  it('judges by a wider window where an admin says so, and the log has who and how far', async () => {
    const now = world.clock.now();
    const signed = { 'webhook-timestamp': `${now}` };
    const ahead = { ...unproved('while in 2036', signed), receivedAt: Date.UTC(2036, 0, 1) };
    const behind = { ...unproved('a day off', signed), receivedAt: now - DAY };
    const strange = { ...ahead, ...unproved('strange', { 'webhook-signature': 'no secret' }) };
    await keep(ahead, behind, strange);
    const cause = '01a0a060-e1f8-8907-be5e-296a42f6352e';
    const widened = (withinMs: number) => ({ withinMs, actor: 'ada', cause });
    const quarantine = withSecret(LATER);
    expect(await quarantine.retry()).toEqual({ proved: 0, left: 3 });
    expect(await quarantine.retry(widened(DAY))).toEqual({ proved: 1, left: 2 });
    expect(await quarantine.retry(widened(4_000 * DAY))).toEqual({ proved: 1, left: 1 });
    const sent = (await published(world)).map(({ data }) => decodeDelivery(data));
    // As the sender's clock has it: ours was wrong.
    expect(sent.map(({ receivedAt }) => receivedAt)).toEqual([TOLD_AT, TOLD_AT]);
    const facts = world.journal.decode(await world.log.read(1, 9));
    expect(facts).toMatchObject(
      [DAY, 4_000 * DAY].map((withinMs) => ({
        type: 'operations.proof_window.widened.v1',
        ...{ actor: 'ada', correlationId: cause, data: { withinMs } },
      })),
    );
  });

  it('reaches everything, however many wait', async () => {
    const many = Array.from({ length: 230 }, (_, i) => unproved(`number ${i}`));
    await keep(...many);
    expect(await withSecret(LATER).retry()).toEqual({ proved: 230, left: 0 });
    expect(await published(world)).toHaveLength(230);
    expect(await shown()).toEqual([]);
  });

  it('leaves what belongs to a source that is not set up', async () => {
    await keep(unproved('{}', {}, 'stranger'));
    expect(await withSecret(LATER).retry()).toEqual({ proved: 0, left: 1 });
    expect(await intakeOn(world, { secrets: [] }).quarantine.retry()).toEqual({
      proved: 0,
      left: 1,
    });
  });

  it('keeps what it has proved while the bus is away', async () => {
    const delivery = unproved('{}');
    await keep(delivery);
    await world.bus.close();
    await expect(withSecret(LATER).retry()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    expect(await idsShown()).toEqual([delivery.id]);
  });
});

describe('a drop', () => {
  it('forgets exactly what it was told, and destroys its key', async () => {
    const [gone, stays] = [unproved('gone'), unproved('stays')];
    await keep(gone, stays);
    await world.quarantine.drop([gone.id]);
    expect(await idsShown()).toEqual([stays.id]);
    const destroyed = (await world.keys.tombstones()).map(({ stream }) => stream);
    expect(destroyed).toEqual([`quarantine/${gone.id}`]);
    await keep(gone);
    expect(await idsShown()).toEqual([stays.id]);
  });
});

describe('the largest body a door takes', () => {
  const large = (body: Uint8Array) => encodeDelivery({ ...unproved(''), body });
  const roomy = () => intakeOn(world, { secrets: [LATER], maxBytes: 8 * BODY_LIMIT }).quarantine;

  it('is kept whole, and proved again later', async () => {
    const body = utf8('{}'.padEnd(BODY_LIMIT));
    const quarantine = roomy();
    expect(await quarantine.keep([large(body)])).toEqual([undefined]);
    expect(await quarantine.retry()).toEqual({ proved: 1, left: 0 });
    const [message] = await published(world);
    const delivery = decodeDelivery(message?.data ?? new Uint8Array());
    expect(Buffer.compare(delivery.body, body)).toBe(0);
  });

  it('is dropped and counted where it does not fit one document; who stands beside it is kept', async () => {
    const other = unproved('small');
    const quarantine = roomy();
    const messages = [large(incompressible(BODY_LIMIT)), encodeDelivery(other)];
    expect(await quarantine.keep(messages)).toEqual([undefined, undefined]);
    expect(quarantine.dropped()).toBe(1);
    expect(await idsShown()).toEqual([other.id]);
  });
});
