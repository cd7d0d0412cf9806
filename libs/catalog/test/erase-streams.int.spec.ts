import { eraseStreams, type Mentions } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, canary, contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

const none: Mentions = { letters: [], deliveries: [], quarantined: [] };

let world: CatalogWorld;
/** Deliveries that say to have yielded a fact that another had stored first. */
let alsoYielded: readonly string[];
/** What a search through what nobody could read finds, and what it was asked for. */
let mentions: Mentions;
let lookedFor: readonly string[];
/** Raw bytes that somebody can still open. */
let kept: readonly string[];

beforeEach(async () => {
  world = await openCatalog();
  alsoYielded = [];
  mentions = none;
  kept = [];
});
afterEach(() => world.close());

const told = async (...observations: FactObservation[]) =>
  world.project(await world.tell(...observations));
const erasing = () =>
  eraseStreams({
    ...world,
    deliveriesYielding: () => Promise.resolve(alsoYielded),
    mentioning: (words) => {
      lookedFor = words;
      return Promise.resolve(mentions);
    },
    rawOf: (id) => Promise.resolve(kept.includes(id) ? new Uint8Array([1]) : undefined),
  });
const erase = async (target: string) => {
  const { plan, erase: carryOut } = erasing();
  return carryOut(await plan(target), 'Zoe');
};
/** What the projector meets when it goes on. */
const projectFrom = async (after: number) => world.project(await world.log.read(after, 5000));
const destroyed = async () =>
  (await world.keys.tombstones()).map(({ stream }) => stream).toSorted();

describe('the plan of an erasure', () => {
  it('lists a contact’s own stream, those of the calls linked to it, and what fed them', async () => {
    await told(
      contact('a.7', 'Maya', { delivery: 'd1' }),
      call('a.1', 'a.7', 'Maya', { delivery: 'd2' }),
      call('a.2', 'a.8', 'Otto', { delivery: 'd3' }),
      call('a.3', 'a.7', 'Maya', { delivery: 'd4' }),
    );
    alsoYielded = ['d0', 'd2'];
    expect(await erasing().plan('a.7')).toEqual({
      streams: ['call/a.1', 'call/a.3', 'contact/a.7'],
      kinds: { call: 2, contact: 1 },
      deliveries: ['d0', 'd1', 'd2', 'd4'],
      facts: 3,
      choices: [],
      // It came from the same number, and names another contact.
      finds: [{ stream: 'call/a.2', by: 'number' }],
      bounded: false,
    });
  });

  it('asks who yielded exactly those facts', async () => {
    await told(contact('a.7', 'Maya'), contact('a.8', 'Otto'));
    let asked: ReadonlySet<string> = new Set();
    const deliveriesYielding = async (facts: ReadonlySet<string>) => {
      asked = facts;
      return [];
    };
    const mentioning = () => Promise.resolve(none);
    const rawOf = () => Promise.resolve(undefined);
    await eraseStreams({ ...world, deliveriesYielding, mentioning, rawOf }).plan('contact/a.7');
    const [fact] = await world.log.stream('contact/a.7', 0, 1);
    expect([...asked]).toEqual([fact?.id]);
  });

  it('is of one stream where it names one, also where no record is left of it', async () => {
    await told(call('a.1', 'a.7'), contact('a.7', 'Maya'));
    await world.tell(contact('a.9', 'Unseen'));
    expect((await erasing().plan('call/a.1')).streams).toEqual(['call/a.1']);
    expect((await erasing().plan('contact/a.9')).streams).toEqual(['contact/a.9']);
  });

  it('finds what was never linked by the ids that providers use, shows it, and takes letters along', async () => {
    await told(
      contact('aircall.main.880001', 'Maya', { delivery: 'd1' }),
      call('aircall.main.4190001001', 'aircall.main.880001', 'Maya', { delivery: 'd2' }),
      call('aircall.main.77', 'aircall.main.880001', 'Maya', { delivery: 'd2' }),
    );
    mentions = { letters: ['intake.9'], deliveries: ['d9'], quarantined: ['q1'] };
    expect(await erasing().plan('contact/aircall.main.880001')).toMatchObject({
      deliveries: ['d1', 'd2', 'd9'],
      unlinked: { letters: ['intake.9'], quarantined: ['q1'] },
    });
    expect([...lookedFor].sort()).toEqual(['4190001001', '880001']);
    await erase('contact/aircall.main.880001');
    const gone = await destroyed();
    expect(gone).toContain('delivery/d9');
    expect(gone.filter((stream) => stream.includes('q1'))).toEqual([]);
  });

  it('counts a long stream to its end, and every call of a contact', async () => {
    const many = Array.from({ length: 1100 }, (_, i) => contact('a.7', 'Maya', { at: START + i }));
    const calls = Array.from({ length: 1005 }, (_, i) => call(`a.${1000 + i}`, 'a.7'));
    await told(...many, ...calls);
    const plan = await erasing().plan('contact/a.7');
    expect([plan.facts, plan.streams.length]).toEqual([2105, 1006]);
  });

  it('is refused where nothing is known, and changes nothing by itself', async () => {
    await told(contact('a.7', 'Maya'));
    await expect(erasing().plan('a.8')).rejects.toMatchObject({ code: 'CATALOG_ERASE_NOTHING' });
    await erasing().plan('a.7');
    expect([await destroyed(), (await world.log.head()).position]).toEqual([[], 2]);
  });
});

describe('an erasure', () => {
  it('destroys every key of its plan, and is a fact that says who asked for it', async () => {
    await told(contact('a.7', 'Maya', { delivery: 'd1' }), contact('a.8', 'Otto'));
    const erasure = await erase('a.7');
    expect(await destroyed()).toEqual(['contact/a.7', 'delivery/d1']);
    const [stored] = await world.log.find([erasure.fact]);
    expect(stored && world.journal.decode([stored])).toEqual([
      expect.objectContaining({
        type: 'log.stream.erased.v1',
        stream: 'log/erasures',
        position: erasure.position,
        actor: 'Zoe',
        data: {
          deliveries: expect.any(Array),
          reason: expect.any(String),
          streams: ['contact/a.7'],
        },
      }),
    ]);
  });

  it('takes what was personal out of every record it had come into, and nothing else', async () => {
    await told(contact('a.7', 'Maya'), call('a.1', 'a.7', 'Maya'), call('a.2', 'a.8', 'Otto'));
    const before = await world.everything();
    await world.signals();
    const { position } = await erase('a.7');
    await projectFrom(position - 1);
    const after = await world.everything();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(JSON.stringify(after)).not.toMatch(/Maya/);
    expect(await world.values('call', 'a.1')).toMatchObject({ id: 'a.1', contact: 'a.7' });
    for (const other of ['call/a.2', 'contact/a.8']) expect(after[other]).toBe(before[other]);
    const signals = await world.signals();
    expect(signals.map(({ kind, id }) => `${kind}/${id}`)).toEqual(['call/a.1', 'contact/a.7']);
    expect(new Set(signals.map((signal) => signal.position))).toEqual(new Set([position]));
    expect(signals.map(({ gone }) => gone)).toEqual([false, false]);
    // Who cited it has to let go, although its page says what is left of it.
    const gone = await world.signals('gone');
    expect(gone).toEqual(signals.map((signal) => ({ ...signal, gone: true })));
    expect(gone.map(({ id }) => id)).not.toContain('a.2');
  });

  it('of one stream leaves what other streams still say of the same person', async () => {
    await told(contact('a.7', 'Maya', { at: START + 1 }), call('a.1', 'a.7', 'May'));
    const { position } = await erase('call/a.1');
    await projectFrom(position - 1);
    expect(await world.values('contact', 'a.7')).toMatchObject({ firstName: 'Maya' });
    expect(await world.values('call', 'a.1')).not.toHaveProperty('contactName');
  });

  it('met in the middle of a batch takes what was before it, and goes on behind it', async () => {
    await world.tell(contact('a.7', 'Maya'), contact('a.8', 'Otto'));
    const { position } = await erase('contact/a.7');
    await world.tell(contact('a.7', 'Maia', { at: START + 5 }), contact('a.9', 'Ines'));
    await projectFrom(0);
    expect(await world.values('contact', 'a.7')).toEqual({ event: 'contact.updated', id: 'a.7' });
    expect(await world.values('contact', 'a.8')).toMatchObject({ firstName: 'Otto' });
    expect(await world.values('contact', 'a.9')).toMatchObject({ firstName: 'Ines' });
    const fences = Object.values(await world.everything()).map((text) => text.split(' ').at(-1));
    expect(fences).toEqual([`${position + 1}`, '3', `${position + 2}`]);
  });

  it('takes it out also where the same batch tells more of the same thing', async () => {
    await told(contact('a.7', 'Maya'));
    const { position } = await erase('contact/a.7');
    await world.tell(call('a.1', 'a.7', 'M.'));
    await projectFrom(position - 1);
    expect(JSON.stringify(await world.everything())).not.toMatch(/Maya/);
    expect(await world.values('contact', 'a.7')).toMatchObject({ firstName: 'M.' });
  });

  it('folds again up to itself, and not what comes behind it', async () => {
    await told(contact('a.7', 'Maya'));
    const { fact } = await erase('contact/a.7');
    await world.tell(call('a.1', 'a.7', 'M.'));
    await world.project(await world.log.find([fact]));
    expect(await world.values('contact', 'a.7')).toEqual({ event: 'contact.updated', id: 'a.7' });
  });

  it('finds what it erases in however long a log', async () => {
    const between = (from: number) => Array.from({ length: 1100 }, (_, i) => canary(from + i));
    await world.tell(call('a.1', 'a.7', 'Maya'), ...between(0), contact('a.7', 'Maya'));
    await world.tell(...between(2000), call('a.2', 'a.7', 'Maya'));
    await projectFrom(0);
    const { position } = await erase('contact/a.7');
    await projectFrom(position - 1);
    expect(JSON.stringify(await world.everything())).not.toMatch(/Maya/);
  });

  it('a second time finds the same and changes no record', async () => {
    await told(contact('a.7', 'Maya'), call('a.1', 'a.7'));
    const first = await erase('a.7');
    await projectFrom(first.position - 1);
    const values = [await world.values('contact', 'a.7'), await world.values('call', 'a.1')];
    const keys = await destroyed();
    world.clock.pass(1);
    const second = await erase('a.7');
    await projectFrom(second.position - 1);
    expect(second).toMatchObject({ streams: first.streams, deliveries: first.deliveries });
    expect([await world.values('contact', 'a.7'), await world.values('call', 'a.1')]).toEqual(
      values,
    );
    expect(await destroyed()).toEqual(keys);
  });

  it('that died before it was told is mended by erasing again', async () => {
    await told(contact('a.7', 'Maya'));
    const { plan } = erasing();
    const { streams } = await plan('a.7');
    await world.keys.destroy(streams, world.clock.now());
    expect(await world.values('contact', 'a.7')).toMatchObject({ firstName: 'Maya' });
    const { position } = await erase('a.7');
    await projectFrom(position - 1);
    expect(await world.values('contact', 'a.7')).not.toHaveProperty('firstName');
  });

  it('passes by facts that nobody can read', async () => {
    const shapeless = { ...contact('a.7', 'Bob'), data: { contact: 'a.7' } };
    await told(shapeless, contact('a.7', 'Maya'));
    const { position } = await erase('contact/a.7');
    await projectFrom(position - 1);
    expect(await world.values('contact', 'a.7')).toEqual({ event: 'contact.updated', id: 'a.7' });
  });

  it('tells nobody while its generation is not the one people read', async () => {
    await world.project(await world.tell(contact('a.7', 'Maya')), {
      generation: 2,
      signals: false,
    });
    const { position } = await erase('contact/a.7');
    const facts = await world.log.read(position - 1, 10);
    await world.project(facts, { generation: 2, signals: false });
    expect(await world.values('contact', 'a.7', 2)).not.toHaveProperty('firstName');
    expect(await world.signals()).toEqual([]);
  });
});
