import { expect } from '@jest/globals';

import type { VocabularyWord } from './search-index.port.js';
import { numbered, unitOf, type SearchIndexBehaviours } from './search-index-world.contract.js';

const wordsOf = (found: readonly (readonly VocabularyWord[])[]): string[][] =>
  found.map((words) => words.map(({ word }) => word));

export const vocabulary: SearchIndexBehaviours = {
  'counts in how many units a word stands, once for each': async ({ index, generation }) => {
    expect(await index.count(generation, ['wifi'])).toEqual([0]);
    await index.replace(generation, [
      unitOf('call/1', ['wifi wifi code', 'wifi']),
      unitOf('call/2', ['wifi']),
    ]);
    const asked = ['wifi', 'absent', 'code', 'wifi', 'Wifi', ''];
    expect(await index.count(generation, asked)).toEqual([2, 0, 1, 2, 0, 0]);
  },

  'forgets a word that stands in no unit any more': async ({ index, generation }) => {
    await index.replace(generation, [
      unitOf('call/1', ['lindqvist wifi']),
      unitOf('call/2', ['wifi']),
      unitOf('call/3', ['lindqvist']),
    ]);
    await index.replace(generation, [unitOf('call/1', ['wifi code'], { position: 2 })]);
    expect(await index.count(generation, ['lindqvist', 'wifi', 'code'])).toEqual([1, 2, 1]);
    await index.replace(generation, [unitOf('call/3', [], { position: 2 })]);
    expect(await index.count(generation, ['lindqvist'])).toEqual([0]);
    expect(await index.near(generation, ['lindqvist', 'lindqwist'])).toEqual([[], []]);
    expect(await index.beginning(generation, ['lind'], 5)).toEqual([[]]);
    await index.replace(generation, [unitOf('call/4', ['lindqvist'])]);
    expect(await index.near(generation, ['lindqwist'])).toEqual([
      [{ word: 'lindqvist', units: 1 }],
    ]);
  },

  'keeps the words of a unit whose late writer was refused': async ({ index, generation }) => {
    await index.replace(generation, [unitOf('call/1', ['wifi'], { position: 2 })]);
    await index.replace(generation, [unitOf('call/1', ['code'], { position: 1 })]);
    expect(await index.count(generation, ['wifi', 'code'])).toEqual([1, 0]);
  },

  'knows words within one edit of a short word': async ({ index, generation }) => {
    await index.replace(generation, [unitOf('call/1', ['wifi wlan door doors odor moor floor'])]);
    const typos = ['wfii', 'wln', 'dor', 'wiffi', 'xxxx', 'door'];
    const found = wordsOf(await index.near(generation, typos));
    expect(found.map((words) => [...words].sort())).toEqual([
      ['wifi'],
      ['wlan'],
      ['door', 'odor'],
      ['wifi'],
      [],
      ['door', 'doors', 'moor', 'odor'],
    ]);
  },

  'knows words within two edits of a longer word': async ({ index, generation }) => {
    await index.replace(generation, [unitOf('call/1', ['password haustür müller schlüssel'])]);
    const typos = ['pasword', 'psasowrd', 'passwords1', 'haustur', 'muellerr', 'schlussl', 'pawrd'];
    expect(wordsOf(await index.near(generation, typos))).toEqual([
      ['password'],
      ['password'],
      ['password'],
      ['haustür'],
      [],
      ['schlüssel'],
      [],
    ]);
  },

  'puts the most frequent word first': async ({ index, generation }) => {
    await index.replace(
      generation,
      ['door', 'moor', 'moor', 'poor', 'poor', 'poor'].map((word, i) =>
        unitOf(`call/${i}`, [word]),
      ),
    );
    expect(await index.near(generation, ['boor'])).toEqual([
      [
        { word: 'poor', units: 3 },
        { word: 'moor', units: 2 },
        { word: 'door', units: 1 },
      ],
    ]);
  },

  'knows words by their beginning, as many as asked for': async ({ index, generation }) => {
    await index.replace(generation, [
      unitOf('call/1', ['check checkin checkout chair']),
      unitOf('call/2', ['checkin check']),
      unitOf('call/3', ['checkin']),
    ]);
    expect(await index.beginning(generation, ['check', 'c', 'checkin', 'x', 'heck'], 2)).toEqual([
      [
        { word: 'checkin', units: 3 },
        { word: 'check', units: 2 },
      ],
      [
        { word: 'checkin', units: 3 },
        { word: 'check', units: 2 },
      ],
      [{ word: 'checkin', units: 3 }],
      [],
      [],
    ]);
  },

  'takes any word': async ({ index, generation }) => {
    const odd = ["o'neill", 'a"b', 'x%', '_', '__proto__', '客房', '🛎️', 'z'.repeat(300), '1'];
    await index.replace(generation, [unitOf('call/1', ['x'], { words: odd })]);
    expect(await index.count(generation, odd)).toEqual(odd.map(() => 1));
    const found = wordsOf(await index.near(generation, odd));
    for (const [i, word] of odd.entries()) expect(found[i]).toContain(word);
  },

  'knows the words of thousands of units, as they are after many changes': async ({
    index,
    generation,
  }) => {
    const names = numbered('call', 1500);
    await index.replace(
      generation,
      names.map((unit, i) => unitOf(unit, [`shared own${i} pair${i >> 1}`])),
    );
    await Promise.all(
      names
        .slice(0, 500)
        .map((unit, i) =>
          index.replace(generation, [
            unitOf(unit, i % 2 === 0 ? [] : ['shared changed'], { position: 2 }),
          ]),
        ),
    );
    expect(
      await index.count(generation, ['shared', 'changed', 'own3', 'own501', 'pair7', 'pair300']),
    ).toEqual([1250, 250, 0, 1, 0, 2]);
  },
};
