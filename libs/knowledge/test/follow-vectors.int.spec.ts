import { asFault, fault } from '#libs/kernel';
import { MemoryEmbedder } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { dyingAt, IndexingWorld, never } from './indexing-world.js';

const TALK = 'conversation/guesty.main.talk';

let embedder: MemoryEmbedder;
let world: IndexingWorld;

const sentTexts = (): string =>
  embedder.asked
    .filter(({ as }) => as === 'passage')
    .flatMap(({ texts }) => texts)
    .join('\n');

const lacking = async (knowledge = world.knowledge): Promise<readonly string[]> => {
  const { live } = await knowledge.pointer.open();
  return world.index.withoutVectors(live.generation, { limit: 100 });
};

const write = async (id: string, text: string, conversation?: string): Promise<void> => {
  await world.message(id, text, conversation);
  await world.knowledge.takeSignals([world.signal('guest_message', id)]);
};

const vectorsNow = async () => (await world.knowledge.examineIndex(10)).vectors;

beforeEach(async () => {
  embedder = new MemoryEmbedder();
  world = await IndexingWorld.open({ embedder, unembeddedKinds: new Set(['review']) });
  await world.message('m0', 'The keys hang beside the door.', 'guesty.main.first');
  const { ended } = await world.knowledge.keepIndex(never);
  expect(ended?.state).toBe('switched');
});
afterEach(() => world.parts.close());

describe('vectors', () => {
  it('are all there when a new index goes live, and the pointer says whose they are', async () => {
    const { live } = await world.knowledge.pointer.open();
    expect(live.meaning).toMatchObject({ model: 'memory', dimension: 256 });
    expect(await lacking()).toEqual([]);
  });

  it('follow a change that was indexed by its words before', async () => {
    await write('m1', 'The boiler is in the cellar.');
    expect(await lacking()).toEqual([TALK]);
    expect(await world.knowledge.followVectors(never)).toEqual({ written: 1, refused: 0 });
    expect(await lacking()).toEqual([]);
    expect(await vectorsNow()).toMatchObject({ lacking: 0, behindMs: 0, model: 'memory' });
  });

  it('are made anew only where a passage says something new', async () => {
    await write('m1', 'The boiler is in the cellar.');
    await world.knowledge.followVectors(never);
    const before = embedder.asked.length;
    await world.knowledge.indexRecord('guest_message', 'm1');
    world.parts.clock.pass(11_000);
    await world.knowledge.followVectors(never);
    expect(embedder.asked).toHaveLength(before);
  });

  it('of a change now go before those of a backlog', async () => {
    for (let i = 0; i < 80; i++) {
      await world.message(`old${i}`, `Old word number ${i}`, `guesty.main.a${i}`);
      await world.knowledge.indexRecord('guest_message', `old${i}`);
    }
    await write('m1', 'Now the water is cold.', 'guesty.main.z');
    const before = embedder.asked.length;
    await world.knowledge.followVectors(never);
    expect(embedder.asked[before]?.texts.join()).toContain('Now the water is cold.');
    expect(await lacking()).toEqual([]);
  });
});

describe('text', () => {
  it('of an excluded kind is never sent, and nobody is told that it is late', async () => {
    await world.put('review', 'guesty.main.r1', { text: 'Marvellous hammock' });
    await world.knowledge.indexRecord('review', 'guesty.main.r1');
    await world.knowledge.followVectors(never);
    expect(sentTexts()).not.toContain('hammock');
    expect(await vectorsNow()).toMatchObject({ lacking: 0 });
  });

  it('that was erased before its vector was made is sent to nobody', async () => {
    await write('m1', 'Planted words of a guest.');
    await world.erase('guest_message', 'm1');
    await world.knowledge.followVectors(never);
    expect(sentTexts()).not.toContain('Planted');
  });

  it('that changes while its vector is made gets none: that of what it says now follows', async () => {
    await write('m1', 'Planted words of a guest.');
    const embed = embedder.embed.bind(embedder);
    embedder.embed = async (...args) => {
      embedder.embed = embed;
      const vectors = await embed(...args);
      await write('m1', 'Other words.');
      return vectors;
    };
    await world.knowledge.followVectors(never);
    world.parts.clock.pass(11_000);
    await world.knowledge.followVectors(never);
    const { live } = await world.knowledge.pointer.open();
    const [planted] = await embedder.embed(['Planted words of a guest.'], 'question');
    const found = await world.index.nearest(live.generation, {
      ...{ vector: planted ?? new Float32Array(256), audience: ['staff'], limit: 10 },
    });
    expect(found.every(({ score }) => score < 0.9)).toBe(true);
    expect(await lacking()).toEqual([]);
  });

  it('that is refused keeps no other waiting', async () => {
    const embed = embedder.embed.bind(embedder);
    embedder.embed = async (texts, as, signal) => {
      if (texts.some((text) => text.includes('forbidden'))) throw fault('EMBEDDER_REFUSED');
      return embed(texts, as, signal);
    };
    await write('m1', 'This is forbidden.', 'guesty.main.a');
    for (let i = 2; i < 7; i++) await write(`m${i}`, `Fine ${i}`, `guesty.main.b${i}`);
    await world.knowledge.followVectors(never);
    expect(await lacking()).toEqual(['conversation/guesty.main.a']);
    expect(await vectorsNow()).toMatchObject({ lacking: 1, code: 'EMBEDDER_REFUSED' });
  });
});

describe('an embedder that is away', () => {
  it('keeps no record from being found by its words, and vectors follow when it is back', async () => {
    embedder.trouble = fault('EMBEDDER_UNAVAILABLE');
    await write('m1', 'The boiler is in the cellar.');
    const { trouble } = await world.knowledge.followVectors(never);
    expect(trouble?.code).toBe('EMBEDDER_UNAVAILABLE');
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    world.parts.clock.pass(400_000);
    expect(await vectorsNow()).toMatchObject({
      ...{ lacking: 1, code: 'EMBEDDER_UNAVAILABLE', behindMs: 400_000 },
    });
    embedder.trouble = undefined;
    expect(await world.knowledge.followVectors(never)).toMatchObject({ written: 1 });
    expect(await vectorsNow()).toMatchObject({ lacking: 0, behindMs: 0 });
  });

  it('while it comes and goes and records change, leaves the index whole in the end', async () => {
    const embed = embedder.embed.bind(embedder);
    let calls = 0;
    embedder.embed = async (...args) => {
      calls += 1;
      if (calls % 3 !== 0) throw fault('EMBEDDER_UNAVAILABLE');
      return embed(...args);
    };
    for (let round = 0; round < 12; round++) {
      await write(`m${round % 4}`, `Round ${round}`, `guesty.main.t${round % 3}`);
      if (round % 5 === 4) await world.erase('guest_message', `m${round % 4}`);
      world.parts.clock.pass(11_000);
      await world.knowledge.followVectors(never);
    }
    embedder.embed = embed;
    world.parts.clock.pass(11_000);
    await world.knowledge.followVectors(never);
    expect(await lacking()).toEqual([]);
    await Promise.all(
      ['m0', 'm1', 'm2', 'm3'].map((id) => world.knowledge.indexRecord('guest_message', id)),
    );
    expect(await world.differing()).toEqual([]);
  });
});

describe('a process that dies while it makes vectors', () => {
  it('leaves nothing that the next one does not make whole, wherever it dies', async () => {
    for (let call = 1; ; call++) {
      for (const id of ['a', 'b']) await write(id, `Words ${call} of ${id}`, `guesty.main.${id}`);
      const dying = dyingAt(call);
      const process = world.start(({ index, documents }) => ({
        index: dying.wrap(index),
        documents: dying.wrap(documents),
        embedder: dying.wrap(embedder),
      }));
      const ended = await Promise.race([process.followVectors(never), dying.died]);
      const next = world.start();
      await next.followVectors(never);
      expect(await lacking(next)).toEqual([]);
      expect((await next.examineIndex(1)).vectors).toMatchObject({ lacking: 0 });
      if (ended !== 'died') break;
      expect(call).toBeLessThan(200);
    }
  });
});

describe('another model', () => {
  const found = async (text: string) => {
    const search = { text, turns: [], principals: ['staff'], timeZone: 'UTC', limit: 5 };
    return world.knowledge.search(search);
  };

  it('is built beside the live one; until then words answer', async () => {
    expect((await found('keys')).meaning).toEqual({});
    embedder.become({ model: 'other', dimension: 64 });
    expect((await found('keys')).meaning).toEqual({ code: 'EMBEDDER_MODEL_CHANGED' });
    expect((await found('keys')).hits).toHaveLength(1);
    const before = (await world.knowledge.pointer.open()).live.generation;
    const { ended } = await world.knowledge.keepIndex(never);
    expect(ended?.state).toBe('switched');
    const { live } = await world.knowledge.pointer.open();
    expect(live.generation).toBeGreaterThan(before);
    expect(live.meaning).toMatchObject({ model: 'other', dimension: 64 });
    expect(await lacking()).toEqual([]);
    expect((await found('keys')).meaning).toEqual({});
  });

  it('is noticed behind the same name, within a minute', async () => {
    const embed = embedder.embed.bind(embedder);
    embedder.embed = async (...args) => (await embed(...args)).map((one) => one.map((n) => -n));
    world.parts.clock.pass(61_000);
    expect((await found('keys')).meaning).toEqual({ code: 'EMBEDDER_MODEL_CHANGED' });
    expect((await world.knowledge.keepIndex(never)).ended?.state).toBe('switched');
    expect((await found('keys')).meaning).toEqual({});
  });

  it('waits for its vectors, counts them, and keeps the live index meanwhile', async () => {
    await world.knowledge.rebuilds.ask('r', { switch: true, acceptChanges: false });
    const embed = embedder.embed.bind(embedder);
    embedder.embed = (texts, as) =>
      texts.some((text) => text.includes('keys')) && as === 'passage'
        ? Promise.reject(fault('EMBEDDER_UNAVAILABLE'))
        : embed(texts, as);
    const look = await world.knowledge.keepIndex(never);
    expect(look).toMatchObject({ swept: { differing: 0 } });
    expect(look.ended).toBeUndefined();
    embedder.embed = embed;
    world.parts.clock.pass(3_000);
    const { ended } = await world.knowledge.keepIndex(never);
    expect(ended).toMatchObject({ state: 'switched', position: 2, head: 2 });
    expect(await lacking()).toEqual([]);
  });

  it('is not waited for by a new version of what is indexed', async () => {
    const other = world.start();
    const { live } = await other.pointer.open();
    expect(live.versions).not.toBe('');
    await world.parts.documents
      .get({ name: 'index_generations', fields: [] }, ['knowledge'])
      .then(async ([stored]) => {
        const body = structuredClone(stored?.body) as { live: { versions: string } };
        body.live.versions = 'old';
        const document = { id: 'knowledge', body: body as never };
        await world.parts.documents.swap(
          { name: 'index_generations', fields: [] },
          document,
          stored?.version ?? 0,
        );
      });
    embedder.trouble = fault('EMBEDDER_UNAVAILABLE');
    world.parts.clock.pass(61_000);
    const { ended } = await other.keepIndex(never);
    expect(ended?.state).toBe('switched');
    expect(await lacking()).toHaveLength(1);
    embedder.trouble = undefined;
    world.parts.clock.pass(3_000);
    await other.followVectors(never);
    expect(await lacking()).toEqual([]);
  });
});

describe('without an embedder', () => {
  it('nothing has vectors, and questions are answered by words', async () => {
    const plain = await IndexingWorld.open();
    await plain.message('m0', 'The keys hang beside the door.');
    await plain.knowledge.keepIndex(never);
    expect((await plain.knowledge.pointer.open()).live.meaning).toBeUndefined();
    expect(await plain.knowledge.followVectors(never)).toEqual({ written: 0, refused: 0 });
    expect((await plain.knowledge.examineIndex(1)).vectors).toBeUndefined();
    const asked = { text: 'keys', turns: [], principals: ['staff'], timeZone: 'UTC', limit: 5 };
    const found = await plain.knowledge.search(asked).catch(asFault);
    expect(found).not.toHaveProperty('meaning');
    expect(found).toMatchObject({ hits: [expect.anything()] });
    await plain.parts.close();
  });
});
