import { relayFacts } from '#libs/catalog';
import { fromCloudEvent, topics } from '#libs/contracts';
import type { FactObservation } from '#libs/journal';
import { textOf, utf8, type JsonObject } from '#libs/kernel';
import { drained, listenerOf } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, canary, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;

beforeEach(async () => {
  world = await openCatalog();
});
afterEach(() => world.close());

const relayed = async (topic: 'chat' | 'intakeFacts' | 'logFacts') =>
  drained(world.bus, listenerOf(topics[topic]));
const inChat = (what: string, personal?: JsonObject): FactObservation => ({
  type: `intake.chat_${what}.observed.v1`,
  stream: `chat_${what}/rocketchat.main.a`,
  occurredAt: START,
  data: {
    ...{ event: 'feed', normaliser: 1, rank: 1, room: 'rocketchat.main.r' },
    ...(what !== 'room' && { message: 'rocketchat.main.a' }),
  },
  ...(personal && { personal }),
  meta: { source: 'rocketchat-feed/main', causationId: 'd', correlationId: 'd' },
});
const relayAll = async () => relayFacts(world)(await world.log.read(0, 1000));

describe('the relay', () => {
  it('goes on past a fact whose envelope nobody can read', async () => {
    const drafts = await world.journal.prepare([contact('a.1', 'Ann'), contact('a.2', 'Bob')]);
    await world.log.observe(drafts.map((one, i) => (i === 0 ? { ...one, meta: '{"half' } : one)));
    await relayAll();
    const told = await relayed('intakeFacts');
    expect(told.map(({ attributes }) => attributes['ce-subject'])).toEqual(['contact/a.2']);
  });

  it('announces every fact once, as a CloudEvent that says all but what is personal', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const told = contact('a.1', 'Zelda');
    const [fact] = await world.tell({ ...told, meta: { ...told.meta, traceparent } });
    await relayAll();
    const [message, ...others] = await relayed('intakeFacts');
    expect(others).toEqual([]);
    expect(message?.attributes).toEqual({
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': fact?.id,
      'ce-type': 'intake.contact.observed.v1',
      'ce-source': 'aircall/main',
      'ce-subject': 'contact/a.1',
      'ce-time': new Date(told.occurredAt).toISOString(),
      'ce-position': '2',
      'ce-era': `${fact?.era}`,
      'ce-streamversion': '2',
      'ce-recordedtime': new Date(world.clock.now()).toISOString(),
      'ce-correlationid': 'a delivery',
      'ce-causationid': 'a delivery',
      'ce-traceparent': traceparent,
    });
    expect(textOf(message?.data ?? new Uint8Array())).toBe(fact?.data);
  });

  it('sends neither clear nor sealed personal data', async () => {
    const facts = await world.tell(contact('a.1', 'Zelda'), call('a.2', 'a.1', 'Zelda'));
    await relayAll();
    const messages = await relayed('intakeFacts');
    expect(messages).toHaveLength(2);
    const bytes = Buffer.concat(
      messages.flatMap(({ data, attributes }) => [data, utf8(JSON.stringify(attributes))]),
    );
    for (const secret of ['Zelda', '447700900123']) expect(bytes.includes(secret)).toBe(false);
    for (const { personal } of facts) {
      if (!personal) throw new Error('nothing personal was told');
      const sealed = Buffer.from(personal);
      expect([bytes.includes(sealed), bytes.includes(sealed.toString('base64'))]).toEqual([
        false,
        false,
      ]);
    }
  });

  it('can be read back into the envelope that lies in the log', async () => {
    const [fact] = await world.tell(contact('a.1', 'Zelda'));
    await relayAll();
    const [message] = await relayed('intakeFacts');
    const { personal: _sealed, meta, ...envelope } = fact ?? { meta: '{}' };
    expect(message && fromCloudEvent(message)).toEqual({
      ...envelope,
      ...(JSON.parse(meta) as object),
    });
  });

  it('keeps our own probes to itself, and the facts between them in their order', async () => {
    await world.tell(canary(1), contact('a.1', 'Ann'), canary(2), contact('a.2', 'Bob'), canary(3));
    await relayAll();
    const subjects = (await relayed('intakeFacts')).map(
      ({ attributes }) => attributes['ce-subject'],
    );
    expect(subjects).toEqual(['contact/a.1', 'contact/a.2']);
  });

  it('gives each context a topic of its own', async () => {
    await world.tell(contact('a.1', 'Ann'));
    await relayAll();
    const types = async (topic: 'intakeFacts' | 'logFacts') =>
      (await relayed(topic)).map(({ attributes }) => attributes['ce-type']);
    expect(await types('logFacts')).toEqual(['log.era.began.v1']);
    expect(await types('intakeFacts')).toEqual(['intake.contact.observed.v1']);
  });

  it('gives what is said in the chat beside, and nothing else of it or of others', async () => {
    await world.tell(
      contact('a.1', 'Ann'),
      inChat('message', { text: 'Towels are out.' }),
      inChat('room', { name: 'lobby' }),
      inChat('answer'),
    );
    await relayAll();
    const beside = await relayed('chat');
    expect(beside.map(({ attributes }) => attributes['ce-type'])).toEqual([
      'intake.chat_message.observed.v1',
      'intake.chat_answer.observed.v1',
    ]);
    const all = await relayed('intakeFacts');
    expect(all).toHaveLength(4);
    expect(beside.map(({ data, attributes }) => [textOf(data), attributes])).toEqual(
      [all[1], all[3]].map((one) => one && [textOf(one.data), one.attributes]),
    );
    expect(JSON.stringify(beside.map(({ data }) => textOf(data)))).not.toContain('Towels');
  });

  it('fails as a whole while the bus is away, so that it goes again', async () => {
    await world.tell(contact('a.1', 'Ann'));
    await world.bus.close();
    await expect(relayAll()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
  });
});
