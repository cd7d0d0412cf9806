import { encodeDelivery, type FactMeta, type FeedEntry } from '#libs/contracts';
import { canonicalJson, utf8, type JsonObject } from '#libs/kernel';
import { followedNotices } from '#libs/providers/generic';
import { rocketchat } from '#libs/providers/rocketchat';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Noticed } from '#libs/intake';

import { deliveryOf, factsIn, openIntake, published, type IntakeWorld } from './intake-world.js';

const crm = followedNotices('crm', { collection: 'bookings' });
const AT = { t: 1_793_693_561, i: 1 };

let world: IntakeWorld;
let noticed: Noticed[] = [];

beforeEach(async () => {
  noticed = [];
  world = await openIntake({
    provider: rocketchat,
    followed: new Map([['crm', { account: 'main', normalise: crm.normalise }]]),
    notice: (some) => void noticed.push(...some),
  });
});
afterEach(() => world.close());

const message = (id: string, change: JsonObject = {}): FeedEntry => ({
  id,
  at: AT,
  document: { _id: id, rid: 'GENERAL', msg: `words of ${id}`, ...change },
});

const feedOf = (source: string, feed: string, entries: readonly FeedEntry[]) =>
  deliveryOf(source, utf8(canonicalJson({ feed, entries })));

const take = async (source: string, feed: string, entries: readonly FeedEntry[], headers = {}) => {
  const delivery = { ...feedOf(source, feed, entries), headers };
  return { delivery, outcomes: await world.takeIn([encodeDelivery(delivery)]) };
};

describe('a delivery of a feed', () => {
  it('becomes one fact an entry, two hundred in one go', async () => {
    const entries = Array.from({ length: 200 }, (_, i) => message(`m${i}`));
    const { delivery, outcomes } = await take('rocketchat-feed', 'chat_message', entries);
    expect(outcomes).toEqual([undefined]);
    const facts = await factsIn(world);
    expect(new Set(facts.map(({ stream }) => stream)).size).toBe(200);
    const [known] = await world.known.find([delivery.id]);
    expect(known?.facts).toEqual(facts.map(({ id }) => id));
  });

  it('keeps no bytes, under no key, and is listed like any other', async () => {
    const { delivery } = await take('rocketchat-feed', 'chat_message', [message('m1')]);
    expect(await world.deliveries.raw(delivery.id)).toBeUndefined();
    const [known] = await world.known.find([delivery.id]);
    expect([known?.sha256.length, known?.bytes, known?.source]).toEqual([
      ...[64, delivery.body.length, 'rocketchat-feed'],
    ]);
    expect((await world.known.list({ source: 'rocketchat-feed', limit: 9 })).items).toHaveLength(1);
    const stored = await world.documents.query(
      { name: 'deliveries', fields: ['receivedAt', 'source', 'failed'], orderedBy: 'receivedAt' },
      { limit: 9 },
    );
    expect(stored.items.map(({ bytes: raw }) => raw)).toEqual([undefined]);
    expect(JSON.stringify(stored)).not.toContain('words of');
  });

  it('is not run again: its database says it again', async () => {
    const { delivery } = await take('rocketchat-feed', 'chat_message', [message('m1')]);
    expect(await world.reprocess({})).toEqual({ published: 0, missing: 0 });
    expect(await world.reprocess({ ids: [delivery.id] })).toEqual({ published: 0, missing: 1 });
    expect(await published(world)).toEqual([]);
  });

  it('is taken in twice as once', async () => {
    await take('rocketchat-feed', 'chat_message', [message('m1')]);
    const before = await factsIn(world);
    await take('rocketchat-feed', 'chat_message', [message('m1')]);
    expect(await factsIn(world)).toEqual(before);
    expect(noticed.map(({ became }) => became)).toEqual(['taken', 'repeated']);
  });

  it('says of a snapshot that nobody told it', async () => {
    const headers = { 'innkeeper-backfilled': 'true' };
    await take('rocketchat-feed', 'chat_message', [message('m1')], headers);
    const [fact] = await factsIn(world);
    const meta = JSON.parse(fact?.meta ?? '{}') as FactMeta;
    expect(meta).toMatchObject({ backfilled: true, source: 'rocketchat-feed/main' });
  });

  it('tells what of it was not understood, and takes in all the rest', async () => {
    const odd = message('m2', { rid: 'a room of Maya' });
    const { outcomes } = await take('rocketchat-feed', 'chat_message', [message('m1'), odd]);
    expect(outcomes).toEqual([undefined]);
    const facts = await factsIn(world);
    expect(facts.map(({ type }) => type)).toEqual([
      'intake.chat_message.observed.v1',
      'intake.delivery.not_understood.v1',
    ]);
    expect(JSON.stringify(facts[1])).not.toContain('Maya');
    expect(noticed.map(({ understood, failed }) => [understood, failed])).toEqual([[false, false]]);
  });

  it('is dead-lettered where a fact of it is too large, and loses no other', async () => {
    const large = message('m2', { msg: 'x'.repeat(300 * 1024) });
    const { delivery, outcomes } = await take('rocketchat-feed', 'chat_message', [
      ...[message('m1'), large, message('m3')],
    ]);
    expect(outcomes).toEqual([expect.objectContaining({ code: 'LOG_FACT_TOO_LARGE' })]);
    expect((await factsIn(world)).map(({ stream }) => stream)).toEqual([
      ...['chat_message/rocketchat.main.m1', 'chat_message/rocketchat.main.m3'],
    ]);
    const [known] = await world.known.find([delivery.id]);
    expect([known?.failed, await world.deliveries.raw(delivery.id)]).toEqual([true, undefined]);
  });

  it('of another followed collection becomes notices', async () => {
    const entry: FeedEntry = { id: '7', at: AT, document: { nights: { $numberInt: '4' } } };
    await take('crm-feed', 'crm', [entry, { id: '8', at: AT, gone: 'removed' }]);
    const facts = await factsIn(world);
    expect(facts.map(({ stream, meta }) => [stream, JSON.parse(meta) as FactMeta])).toEqual([
      ['notice/crm.main.7', expect.objectContaining({ source: 'crm-feed/main' })],
      ['notice/crm.main.8', expect.objectContaining({ source: 'crm-feed/main' })],
    ]);
  });

  it.each(['aircall-feed', 'erp-feed', 'crm', '-feed'])(
    'of a source that nobody follows is refused: %s',
    async (source) => {
      const { outcomes } = await take(source, 'crm', []);
      expect(outcomes).toEqual([expect.objectContaining({ code: 'INTAKE_SOURCE_UNKNOWN' })]);
    },
  );
});
