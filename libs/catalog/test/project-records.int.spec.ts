import type { StoredFact } from '#libs/ports/event-log';
import type { Bus } from '#libs/ports/bus';
import { projectRecords, recordCollection } from '#libs/catalog';
import { fault, utf8 } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;

beforeEach(async () => {
  world = await openCatalog();
});
afterEach(() => world.close());

describe('facts that are folded', () => {
  it('make a record of everything they tell of, each with one signal, whatever told of it', async () => {
    const facts = await world.tell(
      call('a.1', 'a.7', 'Maya'),
      contact('a.7', 'Maia', { at: START + 1 }),
      call('a.2', 'a.7', 'Maya'),
    );
    await world.project(facts);
    expect(await world.values('call', 'a.1')).toMatchObject({ contact: 'a.7' });
    expect(await world.values('contact', 'a.7')).toMatchObject({ firstName: 'Maia' });
    const { era } = await world.log.head();
    const signals = await world.signals();
    expect(signals).toHaveLength(3);
    expect(signals).toEqual(
      expect.arrayContaining([
        { kind: 'call', id: 'a.1', era, position: 2, gone: false },
        { kind: 'call', id: 'a.2', era, position: 4, gone: false },
        { kind: 'contact', id: 'a.7', era, position: 4, gone: false },
      ]),
    );
  });

  it('fold on from what is there, and say nothing of what they do not touch', async () => {
    await world.project(await world.tell(contact('a.1', 'Ann'), contact('a.2', 'Bob')));
    const before = await world.everything();
    await world.signals();
    await world.project(await world.tell(contact('a.2', 'Bo', { at: START + 1 })));
    expect(await world.values('contact', 'a.2')).toMatchObject({ firstName: 'Bo' });
    expect((await world.signals()).map(({ id }) => id)).toEqual(['a.2']);
    expect((await world.everything())['contact/a.1']).toBe(before['contact/a.1']);
  });

  it('in any batches come to one state', async () => {
    const told = [contact('a.1', 'Ann', { at: START + 2 }), call('a.2', 'a.1', 'An')];
    const facts = await world.tell(...told, contact('a.1', 'Anna', { at: START + 1 }));
    await world.project(facts, { generation: 1 });
    for (const fact of facts) await world.project([fact], { generation: 2 });
    expect(await world.everything(2)).toEqual(await world.everything(1));
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });

  it('of a thing deleted at its source say that it is gone', async () => {
    await world.project(await world.tell(contact('a.1', 'Ann')));
    await world.project(await world.tell(contact('a.1', 'Ann', { at: START + 1, deleted: true })));
    const signals = await world.signals();
    expect(signals.map(({ gone }) => gone)).toEqual([false, true]);
    expect(await world.signals('gone')).toEqual(signals.slice(1));
  });

  it('are folded without what was personal, once their key is destroyed', async () => {
    const facts = await world.tell(contact('a.1', 'Ann'));
    await world.keys.destroy(['contact/a.1'], 1);
    await world.project(facts);
    const values = await world.values('contact', 'a.1');
    expect(values).toMatchObject({ id: 'a.1', event: 'contact.updated' });
    expect(values).not.toHaveProperty('firstName');
  });

  it('are folded in silence where nobody reads their generation yet', async () => {
    await world.project(await world.tell(contact('a.1', 'Ann')), { generation: 2, signals: false });
    expect(await world.values('contact', 'a.1', 2)).toMatchObject({ firstName: 'Ann' });
    expect(await world.values('contact', 'a.1', 1)).toBeUndefined();
    expect(await world.signals()).toEqual([]);
  });

  it('of the log’s own say nothing of any record', async () => {
    await world.project(await world.log.read(0, 10));
    expect([await world.everything(), await world.signals(), await world.parked()]).toEqual([
      {},
      [],
      [],
    ]);
  });
});

describe('the fence of a record', () => {
  it('lets nobody who stands further back write over it, and tells nobody of the attempt', async () => {
    const old = await world.tell(contact('a.1', 'Ann'), contact('a.2', 'Bob'));
    const young = await world.tell(contact('a.1', 'Anna', { at: START + 1 }));
    await world.project([...old, ...young]);
    const before = await world.everything();
    await world.signals();
    await world.project(old.slice(0, 1));
    expect(await world.everything()).toEqual(before);
    expect(await world.signals()).toEqual([]);
  });

  it('that is equal tells again: the first time may have died before it told', async () => {
    const facts = await world.tell(contact('a.1', 'Ann'));
    await world.project(facts);
    const before = [await world.everything(), await world.signals()];
    await world.project(facts);
    expect([await world.everything(), await world.signals()]).toEqual(before);
  });

  it('says up to which fact it was folded, by era first', async () => {
    const [fact] = await world.tell(contact('a.1', 'Ann'));
    if (!fact) throw new Error('one was told');
    await world.project([{ ...fact, era: fact.era + 1, position: 2 }]);
    const [later] = await world.tell(contact('a.1', 'Anna', { at: START + 1 }));
    if (!later) throw new Error('one was told');
    await world.project([later]);
    const [stored] = await world.documents.get(recordCollection('contact', 1), ['a.1']);
    expect(stored?.fence).toEqual({ era: fact.era + 1, position: 2 });
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
  });
});

describe('a fact that cannot be folded', () => {
  const poisoned = async (): Promise<readonly StoredFact[]> => {
    const shapeless = { ...contact('a.2', 'Bob'), data: { contact: 'a.2' } };
    const unheard = { ...contact('a.3', 'Cid'), type: 'intake.contact.imagined.v1' };
    return world.tell(contact('a.1', 'Ann'), shapeless, unheard, contact('a.4', 'Dan'));
  };

  it('is parked with its cause, and the rest goes on', async () => {
    const facts = await poisoned();
    await world.project(facts);
    expect(Object.keys(await world.everything())).toEqual(['contact/a.1', 'contact/a.4']);
    expect((await world.signals()).map(({ id }) => id)).toEqual(['a.1', 'a.4']);
    const parked = (at: number, code: string) =>
      expect.objectContaining({
        fact: facts[at]?.id,
        type: facts[at]?.type,
        stream: facts[at]?.stream,
        position: facts[at]?.position,
        code,
      });
    const all = await world.parked();
    expect(all).toHaveLength(2);
    expect(all).toEqual(
      expect.arrayContaining([parked(1, 'FACT_DATA_INVALID'), parked(2, 'FACT_SCHEMA_UNKNOWN')]),
    );
  });

  it('is parked once in each generation, and nothing personal stands there', async () => {
    const facts = await poisoned();
    for (const generation of [1, 1, 2]) await world.project(facts, { generation });
    const all = await world.parked();
    expect(all.map(({ generation }) => generation).toSorted()).toEqual([1, 1, 2, 2]);
    expect(JSON.stringify(all)).not.toMatch(/Bob|Cid/);
  });
});

describe('a fact that cannot be read', () => {
  const halfWritten = async (field: 'data' | 'meta'): Promise<readonly StoredFact[]> => {
    const drafts = await world.journal.prepare([
      contact('a.1', 'Ann'),
      contact('a.2', 'Bob'),
      contact('a.3', 'Cid'),
    ]);
    await world.log.observe(
      drafts.map((one, i) => (i === 1 ? { ...one, [field]: '{"half' } : one)),
    );
    return world.log.find(drafts.map(({ id }) => id));
  };
  const names = async () => Object.keys(await world.everything());

  it.each(['data', 'meta'] as const)(
    'is parked where the log holds it as it was written, and the rest goes on (%s)',
    async (field) => {
      const facts = await halfWritten(field);
      await world.project(facts);
      expect(await names()).toEqual(['contact/a.1', 'contact/a.3']);
      expect(await world.parked()).toEqual([
        expect.objectContaining({ fact: facts[1]?.id, code: 'CATALOG_FACT_UNFOLDABLE' }),
      ]);
    },
  );

  it('is parked too where its personal part does not open', async () => {
    const [draft, other] = await world.journal.prepare([
      contact('a.1', 'Ann'),
      contact('a.2', 'Bob'),
    ]);
    if (!draft || !other) throw new Error('two were prepared');
    await world.log.observe([{ ...draft, personal: utf8('not what the key sealed') }, other]);
    await world.project(await world.log.find([draft.id, other.id]));
    expect(await names()).toEqual(['contact/a.2']);
    expect(await world.parked()).toHaveLength(1);
  });

  it('stops everything where the log holds another than was appended', async () => {
    const facts = await halfWritten('data');
    const [first, ...others] = facts;
    if (!first) throw new Error('three were told');
    const tampered = [{ ...first, data: '{"half' }, ...others];
    await expect(world.project(tampered)).rejects.toMatchObject({ code: 'LOG_CHAIN_BROKEN' });
    expect(await world.parked()).toEqual([]);
  });

  it('says nothing while keys are away: nothing is parked then', async () => {
    const facts = await world.tell(contact('a.1', 'Ann'));
    const away = () => Promise.reject(fault('KEYS_UNAVAILABLE'));
    const journal = { ...world.journal, openEach: away, open: away };
    const project = projectRecords({ ...world, journal })({ generation: 1, signals: true });
    await expect(project(facts)).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
    expect(await world.parked()).toEqual([]);
  });

  it('is passed by when an erasure folds again what was before it', async () => {
    await world.project(await halfWritten('data'));
    await world.keys.destroy(['contact/a.3'], 1);
    const erased = {
      ...contact('a.3', ''),
      type: 'log.stream.erased.v1',
      stream: 'log/erasures',
      data: { deliveries: [], reason: 'asked', streams: ['contact/a.3', 'contact/a.2'] },
    };
    const { personal: _none, ...erasure } = erased;
    await world.project(await world.tell(erasure));
    expect(await world.values('contact', 'a.3')).not.toMatchObject({ firstName: 'Cid' });
  });
});

describe('when the bus is away', () => {
  it('records are written, nobody is told, and the same facts again tell everybody', async () => {
    const facts = await world.tell(contact('a.1', 'Ann'));
    const publish = () => Promise.reject(fault('BUS_UNAVAILABLE'));
    const bus = Object.assign(Object.create(world.bus) as Bus, { publish });
    const project = projectRecords({ ...world, bus });
    await expect(project({ generation: 1, signals: true })(facts)).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
    });
    expect(await world.values('contact', 'a.1')).toMatchObject({ firstName: 'Ann' });
    expect(await world.signals()).toEqual([]);
    await world.project(facts);
    expect((await world.signals()).map(({ id }) => id)).toEqual(['a.1']);
  });
});
