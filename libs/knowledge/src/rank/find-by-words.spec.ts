import { beforeAll, describe, expect, it } from '@jest/globals';

import type { IndexedUnit } from '#libs/ports/search-index';
import { MemorySearchIndex } from '#libs/testing';

import { createAnalyser } from '../analyse/analyser.js';
import { knownWordsOf } from '../analyse/known-words.js';
import { languages } from '../analyse/languages.js';
import { rescore } from './rescore.js';
import { termsToCount } from './word-weights.js';

const analyser = createAnalyser({ key: new Uint8Array(32).fill(3) });

const texts: Readonly<Record<string, string>> = {
  key: 'Der Schlüssel liegt in der Schlüsselbox neben dem Eingang.',
  wifi: 'The wifi password is on the fridge. The network is called Seaside.',
  muller: 'Frau Müller hat angerufen und kommt am Freitag.',
  phone: 'Please call us at +49 30 1234567 if you are late.',
  code: 'The reservation HMABC123 was paid.',
  spanish: 'Las llaves están en la habitación, sobre la mesa.',
  french: 'Les serviettes sont dans les armoires de la salle de bains.',
  italian: 'Gli asciugamani sono nei cassetti del bagno.',
  dutch: 'De handdoeken liggen in de kasten van de badkamer.',
  polish: 'Ręczniki leżą w szafach w łazience.',
  compound: 'Der Haustürschlüssel hängt im Flur.',
  machine: 'Die Waschmaschine steht im Keller.',
  hairdryer: 'There is a hairdryer in the top drawer.',
  deposit: 'Die Kaution wird nach sieben Tagen zurückgezahlt.',
  late: 'Late arrivals after 10 pm cost 20 euros.',
  pet: 'Mascotas: se admiten perros pequeños.',
  portuguese: 'As toalhas estão nos armários da casa de banho.',
};

const unitOf = (name: string, text: string): IndexedUnit => {
  const { language, terms, words } = analyser.passage('', text);
  return {
    ...{ unit: `note/${name}`, kind: 'note', digest: name, words },
    fence: { generation: 1, era: 1, position: 1 },
    passages: [
      {
        ...{ id: name, path: '0', records: [`note/${name}`], hash: name },
        ...{ language, terms, scope: [], audience: ['staff'] },
      },
    ],
  };
};

const index = new MemorySearchIndex();

const ask = async (text: string): Promise<readonly string[]> => {
  const vocabulary = knownWordsOf(index, 1);
  const question = await analyser.question(text, { languages: [...languages], vocabulary });
  const hits = await index.find(1, {
    terms: question.words.flatMap(({ forms }) => forms),
    weights: { title: 1, word: 1, stem: 1, part: 0.5 },
    ...{ audience: ['staff'], limit: 100 },
  });
  const candidates = hits.map(({ passage, score }) => ({
    ...{ id: String(passage.id), title: '', text: texts[passage.id] ?? '' },
    ...{ language: passage.language, indexScore: score },
  }));
  const statistics = await index.statistics(1, termsToCount(question));
  return rescore({ question, statistics }, candidates, analyser).map(
    ({ candidate }) => candidate.id,
  );
};

describe('a question finds its passage', () => {
  beforeAll(async () => {
    await index.replace(
      1,
      Object.entries(texts).map(([name, text]) => unitOf(name, text)),
    );
  });

  it.each([
    ['wo liegt der Schlüssel', 'key'],
    ['wo liegt der Schluessel?', 'key'],
    ['schlussel', 'key'],
    ['What is the wifi password?', 'wifi'],
    ['wi-fi passwords', 'wifi'],
    ['Mueller', 'muller'],
    ['muller', 'muller'],
    ['MÜLLER', 'muller'],
    ['030/1234567', 'phone'],
    ['0049 (30) 12 34 567', 'phone'],
    ['1234567', 'phone'],
    ['hmabc123', 'code'],
    ['Donde estan las llaves?', 'spanish'],
    ['habitacion', 'spanish'],
    ['serviette armoire', 'french'],
    ['cassetto', 'italian'],
    ['handdoek', 'dutch'],
    ['recznik', 'polish'],
    ['armario', 'portuguese'],
    ['wlan pasword', 'wifi'],
    ['wifi pasword?', 'wifi'],
    ['Haustür Schlüssel', 'compound'],
    ['Schlüssel Haustür', 'compound'],
    ['Waschmaschinen', 'machine'],
    ['wo ist die Maschine zum Waschen', 'machine'],
    ['hair dryer', 'hairdryer'],
    ['Föhn', 'hairdryer'],
    ['security deposit', 'deposit'],
    ['fianza', 'deposit'],
    ['caution', 'deposit'],
    ['when do we get our deposit back?', 'deposit'],
    ['späte Anreise möglich?', 'late'],
    ['llegada tardía', 'late'],
    ['arrivée tardive', 'late'],
    ['Dürfen Hunde mit?', 'pet'],
    ['dogs allowed', 'pet'],
    ['lavatrice', 'machine'],
    ['gdzie jest pralka', 'machine'],
  ])('%s', async (question, name) => {
    expect((await ask(question))[0]).toBe(name);
  });
});
