import { afterEach, describe, expect, it } from '@jest/globals';

import type { KnowledgeParts } from '#libs/knowledge';

import { dyingAt, IndexingWorld, never } from './indexing-world.js';

const TALK = 'conversation/guesty.main.talk';
const worlds: IndexingWorld[] = [];
const open = async (overrides: Partial<KnowledgeParts> = {}): Promise<IndexingWorld> => {
  const world = await IndexingWorld.open(overrides);
  worlds.push(world);
  return world;
};

afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ parts }) => parts.close()));
});

describe('indexRecord', () => {
  it('indexes a message with its thread, whoever of both changes', async () => {
    const world = await open();
    await world.message('m1', 'Where is the key?');
    await world.knowledge.indexRecord('guest_message', 'm1');
    await world.message('m2', 'In the box at the door.');
    await world.knowledge.indexRecord('guest_message', 'm2');
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1', 'guest_message/m2']);
    expect(await world.recordsIn('guest_message/m1')).toEqual([]);
    expect(await world.differing()).toEqual([]);
  });

  it('writes nothing where nothing changed', async () => {
    const world = await open();
    await world.message('m1', 'Where is the key?');
    const first = await world.knowledge.indexRecord('guest_message', 'm1');
    const again = await world.knowledge.indexRecord('guest_message', 'm1');
    expect([first.written, again.written]).toEqual([1, 0]);
  });

  it('takes out a message that was erased, though its thread is older now than the index', async () => {
    const world = await open();
    await world.message('m1', 'Where is the key?');
    await world.message('m2', 'My card is 1234.');
    await world.knowledge.indexRecord('guest_message', 'm1');
    await world.erase('guest_message', 'm2');
    await world.knowledge.indexRecord('guest_message', 'm2');
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    await world.erase('guest_message', 'm1');
    await world.knowledge.indexRecord('guest_message', 'm1');
    expect(await world.differing()).toEqual([]);
  });

  it('takes a message from the thread that it left', async () => {
    const world = await open();
    await world.message('m1', 'Where is the key?');
    await world.message('m2', 'In the box.');
    await world.knowledge.indexRecord('guest_message', 'm1');
    await world.message('m2', 'In the box.', 'guesty.main.other');
    await world.knowledge.indexRecord('guest_message', 'm2');
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    expect(await world.recordsIn('conversation/guesty.main.other')).toEqual(['guest_message/m2']);
  });

  it('finds nothing of what was deleted at its provider', async () => {
    const world = await open();
    await world.put('review', 'guesty.main.r1', { text: 'Lovely house', rating: 5 });
    await world.knowledge.indexRecord('review', 'guesty.main.r1');
    await world.put('review', 'guesty.main.r1', { deletedAt: 5_000 });
    await world.knowledge.indexRecord('review', 'guesty.main.r1');
    const { items } = await world.index.list(1, { limit: 10 });
    expect(items.map(({ unit, passages }) => [unit, passages])).toEqual([
      ['review/guesty.main.r1', 0],
    ]);
  });

  it('comes to what is true after a death at any of its calls', async () => {
    let deaths = 0;
    for (let call = 1; ; call++) {
      const world = await open();
      await world.message('m1', 'Where is the key?');
      await world.message('m2', 'My card is 1234.');
      await world.knowledge.indexRecord('guest_message', 'm1');
      await world.erase('guest_message', 'm2');
      await world.message('m3', 'Thank you!');
      const dying = dyingAt(call);
      const indexer = world.start((parts) => ({
        index: dying.wrap(parts.index),
        documents: dying.wrap(parts.documents),
        catalog: { ...parts.catalog, units: dying.wrap(parts.catalog.units) },
      }));
      const work = indexer.indexRecords([
        { kind: 'guest_message', id: 'm2' },
        { kind: 'guest_message', id: 'm3' },
      ]);
      const ended = await Promise.race([work, dying.died]);
      if (ended !== 'died') break;
      deaths += 1;
      // Its signals were not acknowledged: another process gets them.
      await world.knowledge.indexRecord('guest_message', 'm2');
      await world.knowledge.indexRecord('guest_message', 'm3');
      expect([call, await world.recordsIn(TALK)]).toEqual([
        call,
        ['guest_message/m1', 'guest_message/m3'],
      ]);
      expect(await world.differing()).toEqual([]);
    }
    expect(deaths).toBeGreaterThan(15);
  });

  it('parks what cannot be rendered, says so, and finds it when it can be', async () => {
    let isBroken = true;
    const world = await open();
    const knowledge = world.start(({ catalog }) => ({
      catalog: {
        ...catalog,
        reading: {
          ...catalog.reading,
          sectionsOf: (...asked) => {
            if (isBroken && asked[0] === 'review') throw new TypeError('a bug of ours');
            return catalog.reading.sectionsOf(...asked);
          },
        },
      },
    }));
    await world.put('review', 'guesty.main.r1', { text: 'Lovely house' });
    await world.message('m1', 'Where is the key?');
    await knowledge.indexRecords([
      { kind: 'review', id: 'guesty.main.r1' },
      { kind: 'guest_message', id: 'm1' },
    ]);
    expect((await knowledge.examineIndex(10)).parked).toEqual([
      { unit: 'review/guesty.main.r1', code: 'DEFECT_UNKNOWN' },
    ]);
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    isBroken = false;
    await knowledge.indexRecord('review', 'guesty.main.r1');
    expect((await knowledge.examineIndex(10)).parked).toEqual([]);
    expect(await world.differing()).toEqual([]);
  });
});

describe('the words that mend typos', () => {
  it('are those of records, and none that only a question holds', async () => {
    const world = await open();
    await world.put('note', 'notes.n1', { title: 'Key', text: 'It hangs on the hook.' });
    await world.put('question', 'q1', { text: 'Where hangs the kexy?', asker: 'somebody' });
    const { knowledge, index } = world;
    await knowledge.indexRecords([
      { kind: 'note', id: 'notes.n1' },
      { kind: 'question', id: 'q1' },
    ]);
    const { live } = await knowledge.pointer.open();
    expect(await index.count(live.generation, ['hangs', 'kexy'])).toEqual([1, 0]);
    const [asked] = await index.states(live.generation, ['question/q1']);
    expect(asked?.passages).toBe(1);
  });
});

describe('signals', () => {
  it('of the moment are indexed at once, older ones wait: the newest goes first', async () => {
    const world = await open();
    const { knowledge, parts } = world;
    for (const id of ['m1', 'm2', 'm3']) await world.message(id, `Text of ${id}`, id);
    await knowledge.takeSignals([
      world.signal('guest_message', 'm1', 60_000),
      world.signal('guest_message', 'm2', 30_000),
      world.signal('guest_message', 'm2', 40_000),
      world.signal('guest_message', 'm3', 100),
    ]);
    expect(await world.recordsIn('conversation/m3')).toEqual(['guest_message/m3']);
    expect(await world.recordsIn('conversation/m2')).toEqual([]);
    expect((await knowledge.wanted.due(10)).records.map(({ record }) => record)).toEqual([
      'guest_message/m2',
      'guest_message/m1',
    ]);
    expect((await knowledge.examineIndex(10)).waiting).toEqual([
      { record: 'guest_message/m1', ms: 60_000 },
      { record: 'guest_message/m2', ms: 30_000 },
    ]);
    parts.clock.pass(1_000);
    expect(await knowledge.indexWanted(never)).toBe(2);
    expect((await knowledge.wanted.due(10)).records).toEqual([]);
    expect(world.freshness).toEqual([
      ['live', 100],
      ['backlog', 31_000],
      ['backlog', 61_000],
    ]);
    expect(await world.differing()).toEqual([]);
  });

  it('that come again while their record is indexed are not lost', async () => {
    const world = await open();
    const { knowledge } = world;
    await world.message('m1', 'Where is the key?');
    await knowledge.wanted.want([{ record: 'guest_message/m1', changedAt: 1 }]);
    const due = await knowledge.wanted.due(10);
    await knowledge.wanted.want([{ record: 'guest_message/m1', changedAt: 2 }]);
    await knowledge.wanted.settle(due);
    expect((await knowledge.wanted.due(10)).records).toMatchObject([{ changedAt: 2 }]);
  });
});
