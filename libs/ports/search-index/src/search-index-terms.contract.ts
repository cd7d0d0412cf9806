import { expect } from '@jest/globals';

import type { TermField } from './search-index.port.js';
import {
  asking,
  foundBy,
  hashes,
  numbered,
  termsOf,
  unitOf,
  unitsIn,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

const alone = { title: 0, word: 0, stem: 0, part: 0 };

export const terms: SearchIndexBehaviours = {
  'finds any of the terms, and gives back all but terms and audience': async ({
    index,
    generation,
  }) => {
    const given = {
      ...{
        id: '01234567-89ab-8def-8123-456789abcdef',
        path: '/turns/3',
        hash: 'abc',
        language: 'de',
      },
      ...{ records: ['message/1', 'message/2'], scope: ['listing/1', 'stay/2'], audience: ['all'] },
      ...{ from: -5, to: 1_700_000_000_000 },
    };
    await index.replace(generation, [
      unitOf('conversation/1', [{ text: 'wifi code', ...given }], { kind: 'message' }),
      unitOf('call/2', ['nothing of it']),
    ]);
    const { audience: _, ...passage } = given;
    const hits = await index.find(generation, asking('code absent'));
    expect(hits).toEqual([
      { unit: 'conversation/1', kind: 'message', passage, score: expect.any(Number) },
    ]);
    const timeless = await index.find(generation, asking('nothing'));
    expect(Object.keys(timeless[0]?.passage ?? {}).sort()).toEqual([
      'hash',
      'id',
      'language',
      'path',
      'records',
      'scope',
    ]);
  },

  'finds nothing without terms, without a match, and in a generation that is not there': async (
    world,
  ) => {
    await world.index.replace(world.generation, [unitOf('call/1', ['wifi'])]);
    expect(await foundBy(world, '')).toEqual([]);
    expect(await foundBy(world, 'absent')).toEqual([]);
    expect(await foundBy({ ...world, generation: world.another() }, 'wifi')).toEqual([]);
  },

  'looks for a term in its own field only': async ({ index, generation }) => {
    const fields: readonly TermField[] = ['title', 'word', 'stem', 'part'];
    await index.replace(
      generation,
      fields.map((field) => {
        const unit = unitOf(`call/${field}`, ['']);
        const none = { title: [], word: [], stem: [], part: [] };
        const [passage] = unit.passages;
        return {
          ...unit,
          passages: passage ? [{ ...passage, terms: { ...none, [field]: hashes('wifi') } }] : [],
        };
      }),
    );
    for (const field of fields) {
      const hits = await index.find(generation, asking('', { terms: termsOf('wifi', field) }));
      expect(unitsIn(hits)).toEqual([`call/${field}`]);
    }
  },

  'takes terms as large as 32 bits hold, and 0': async ({ index, generation }) => {
    const large = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff];
    const unit = unitOf('call/1', ['']);
    const passages = large.map((term) => ({
      ...(unit.passages[0] as (typeof unit.passages)[number]),
      path: `/${term}`,
      terms: { title: [], word: [term], stem: [], part: [] },
    }));
    await index.replace(generation, [{ ...unit, passages }]);
    for (const term of large) {
      const query = asking('', { terms: [{ field: 'word', term }] });
      expect((await index.find(generation, query)).map(({ passage }) => passage.path)).toEqual([
        `/${term}`,
      ]);
    }
  },

  'puts first what holds more of the terms, and rarer ones': async ({ index, generation }) => {
    await index.replace(generation, [
      ...numbered('other', 30).map((unit) => unitOf(unit, ['common filler words here'])),
      unitOf('call/rare', ['rare filler words here']),
      unitOf('call/both', ['rare common filler words']),
      unitOf('call/none', ['nothing of all this']),
    ]);
    const hits = await index.find(generation, asking('common rare', { limit: 3 }));
    expect(hits.map(({ unit }) => unit).slice(0, 2)).toEqual(['call/both', 'call/rare']);
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(hits).toHaveLength(3);
  },

  'weighs the fields as the query says': async ({ index, generation }) => {
    await index.replace(generation, [
      ...numbered('other', 30).map((unit) => unitOf(unit, ['filler'])),
      unitOf('call/title', [{ text: 'filler', title: 'wifi' }]),
      unitOf('call/word', [{ text: 'wifi', title: 'filler' }]),
    ]);
    const both = [...termsOf('wifi', 'title'), ...termsOf('wifi', 'word')];
    const ranked = async (weights: typeof alone) =>
      (await index.find(generation, asking('', { terms: both, weights }))).map(({ unit }) => unit);
    expect(await ranked({ ...alone, title: 5, word: 1 })).toEqual(['call/title', 'call/word']);
    expect(await ranked({ ...alone, title: 1, word: 5 })).toEqual(['call/word', 'call/title']);
  },

  'gives no more than asked for, the best of them': async ({ index, generation }) => {
    const units = numbered('call', 20);
    await index.replace(
      generation,
      units.map((unit, i) => unitOf(unit, [`${'wifi '.repeat(i + 1)}${'filler '.repeat(20 - i)}`])),
    );
    const all = await index.find(generation, asking('wifi'));
    expect(all).toHaveLength(20);
    expect(await index.find(generation, asking('wifi', { limit: 5 }))).toEqual(all.slice(0, 5));
    expect(await index.find(generation, asking('wifi', { limit: 0 }))).toEqual([]);
  },

  'takes a term that is given twice as one': async ({ index, generation }) => {
    await index.replace(generation, [unitOf('call/1', ['wifi']), unitOf('call/2', ['filler'])]);
    const once = await index.find(generation, asking('wifi'));
    expect(await index.find(generation, asking('wifi wifi wifi'))).toEqual(once);
  },

  'counts exactly: passages, their length, and in how many each term stands': async ({
    index,
    generation,
  }) => {
    const asked = [...termsOf('wifi code absent'), ...termsOf('wifi', 'title')];
    const empty = { passages: 0, averageLength: 0, frequencies: [0, 0, 0, 0] };
    expect(await index.statistics(generation, asked)).toEqual(empty);
    await index.replace(generation, [
      unitOf('call/1', ['wifi wifi code', { text: 'wifi', title: 'wifi' }]),
      unitOf('call/2', ['four words of it']),
    ]);
    expect(await index.statistics(generation, asked)).toEqual({
      passages: 3,
      averageLength: 8 / 3,
      frequencies: [2, 1, 0, 1],
    });
    await index.replace(generation, [
      unitOf('call/1', ['code'], { position: 2 }),
      unitOf('call/2', [], { position: 2 }),
    ]);
    expect(await index.statistics(generation, asked)).toEqual({
      passages: 1,
      averageLength: 1,
      frequencies: [0, 1, 0, 0],
    });
  },

  'counts exactly while much is replaced': async ({ index, generation }) => {
    const units = numbered('call', 60);
    for (let round = 1; round <= 5; round++)
      await Promise.all(
        units.map((unit, i) =>
          index.replace(generation, [
            unitOf(unit, i % 5 === round - 1 ? [] : ['wifi', `round${round}`], { position: round }),
          ]),
        ),
      );
    const asked = termsOf('wifi round1 round4 round5');
    expect(await index.statistics(generation, asked)).toEqual({
      passages: 96,
      averageLength: 1,
      frequencies: [48, 0, 0, 48],
    });
  },
};
