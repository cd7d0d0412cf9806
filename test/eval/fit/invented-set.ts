import type {
  CollectionDocument,
  CollectionQuery,
  CollectionScope,
  Judgement,
} from '#libs/knowledge';

import { chance, type Chance } from './chance.js';
import { placeNames, placeWords, topicsOfSort, type PlaceSort } from './invented-places.js';
import {
  inventedLanguages,
  readInventedTexts,
  type InventedFact,
  type InventedTexts,
} from './invented-texts.js';

/** Why a question of the set is as hard as it is. */
export type InventedWhy =
  'written' | 'neighbour' | 'elsewhere' | 'unheard' | 'written-next' | 'missing-next' | 'vague';

export interface InventedQuestion extends CollectionQuery {
  readonly language: string;
  readonly sort: PlaceSort;
  readonly why: InventedWhy;
}

export interface InventedSet {
  readonly documents: readonly CollectionDocument[];
  readonly scopes: readonly CollectionScope[];
  readonly questions: readonly InventedQuestion[];
  readonly judgements: readonly Judgement[];
}

interface Place {
  readonly id: string;
  readonly name: string;
  readonly sort: PlaceSort;
  readonly texts: InventedTexts;
  /** What it writes about, with its own figures. */
  readonly written: readonly InventedFact[];
  readonly missing: readonly InventedFact[];
}

/** What a place writes of what its sort may write about. */
const WRITTEN = 0.55;
/** How many questions of a sort each place is asked. */
const ASKED: Readonly<Record<Exclude<InventedWhy, 'vague'>, number>> = {
  written: 9,
  neighbour: 5,
  elsewhere: 4,
  unheard: 3,
  'written-next': 4,
  'missing-next': 2,
};
const VAGUE = 10;

/** The same places and questions each time. */
export const inventSet = (): InventedSet => {
  const random = chance(20_261_130);
  const places = inventedLanguages.flatMap((language) => placesIn(language, random));
  const documents = places.flatMap((place) => documentsOf(place, random));
  const questions = [
    ...places.flatMap((place) => questionsOf(place, places, random)),
    ...inventedLanguages.flatMap((language) =>
      vagueQuestions(
        places.filter(({ texts }) => texts.language === language),
        random,
      ),
    ),
  ];
  return {
    documents,
    scopes: places.map(({ id, name }) => ({ id, names: [name] })),
    questions: questions.map(({ question }, i) => ({ ...question, id: `q${i + 1}` })),
    judgements: questions.flatMap(({ rightIn }, i) =>
      rightIn === undefined ? [] : [{ query: `q${i + 1}`, document: rightIn, grade: 1 }],
    ),
  };
};

const placesIn = (language: string, random: Chance): readonly Place[] => {
  const texts = readInventedTexts(language);
  const sorts = Object.entries(placeNames[language] ?? {}) as [PlaceSort, readonly string[]][];
  return sorts.flatMap(([sort, names]) => {
    const topics: readonly string[] = topicsOfSort[sort].split(' ');
    const possible = texts.facts.filter(({ topic }) => topics.includes(topic));
    return names.map((name, i) => {
      const chosen = new Set(possible.filter(() => random.next() < WRITTEN));
      return {
        ...{ id: `${language}-${sort}-${i + 1}`, name, sort, texts },
        written: possible.filter((fact) => chosen.has(fact)).map((fact) => filled(fact, random)),
        missing: possible.filter((fact) => !chosen.has(fact)),
      };
    });
  });
};

const filled = (fact: InventedFact, random: Chance): InventedFact => ({
  ...fact,
  says: fact.says
    .replace('{n}', String(3 + random.below(40)))
    .replace('{t}', `${7 + random.below(14)}:${random.below(2) === 0 ? '00' : '30'}`),
});

/** One place answers each question by itself, another writes pages, as people do. */
const documentsOf = (place: Place, random: Chance): readonly CollectionDocument[] => {
  const { id, name, sort, texts, written } = place;
  const { language, about, reviews } = texts;
  const of = (key: string, text: string): CollectionDocument => ({
    ...{ id: `${id}-${key}`, title: name, text, scope: [id], audience: ['staff'] },
  });
  const said = about
    .replace('{name}', name)
    .replace('{sort}', placeWords[language]?.sorts[sort] ?? sort);
  const topics = [...new Set(written.map(({ topic }) => topic))];
  const byTopic = (topic: string) =>
    written
      .filter((fact) => fact.topic === topic)
      .map(({ says }) => says)
      .join(' ');
  const facts = isOfPages(id)
    ? [of('page', topics.map(byTopic).join('\n\n'))]
    : written.map((fact) => of(`${fact.topic}.${fact.part}`, fact.says));
  return [
    of('about', said),
    ...facts,
    ...random.some(reviews, 4).map((text, i) => of(`review${i + 1}`, text)),
  ];
};

const isOfPages = (id: string): boolean => id.endsWith('-1');

const rightDocument = (place: Place, { topic, part }: InventedFact): string =>
  isOfPages(place.id) ? `${place.id}-page` : `${place.id}-${topic}.${part}`;

interface Drafted {
  readonly question: Omit<InventedQuestion, 'id'>;
  readonly rightIn?: string;
}

const questionsOf = (
  place: Place,
  places: readonly Place[],
  random: Chance,
): readonly Drafted[] => {
  const { missing, texts, written } = place;
  const has = (topic: string): boolean => written.some((fact) => fact.topic === topic);
  const others = places.filter(
    (one) => one.texts === texts || one.texts.language === texts.language,
  );
  const isSaidElsewhere = (fact: InventedFact): boolean =>
    others.some((one) => one.written.some((its) => its.topic === fact.topic));
  const neighbours = missing.filter(({ topic }) => has(topic));
  const elsewhere = missing.filter((fact) => !has(fact.topic) && isSaidElsewhere(fact));
  const asked = (facts: readonly InventedFact[], why: keyof typeof ASKED) =>
    random.some(facts, ASKED[why]).map((fact) => drafted(place, fact, why, random));
  return [
    ...asked(written, 'written'),
    ...asked(neighbours, 'neighbour'),
    ...asked(elsewhere, 'elsewhere'),
    ...random
      .some(texts.unheard, ASKED.unheard)
      .map((ask) => drafted(place, { ...NO_FACT, asks: [ask] }, 'unheard', random)),
    ...asked(written, 'written-next'),
    ...asked(missing, 'missing-next'),
  ];
};

const NO_FACT = { topic: '', part: '', says: '' };

const drafted = (place: Place, fact: InventedFact, why: InventedWhy, random: Chance): Drafted => {
  const ask = random.one(fact.asks) ?? '';
  const isWritten = why === 'written' || why === 'written-next';
  const goesOn = why === 'written-next' || why === 'missing-next';
  return {
    question: {
      ...{ language: place.texts.language, sort: place.sort, why },
      expects: isWritten ? 'answer' : 'abstain',
      ...(goesOn ? askedNext(place, ask, random) : askedAtOnce(place, ask, random)),
    },
    ...(isWritten && { rightIn: rightDocument(place, fact) }),
  };
};

/** In half of the questions the place is known beforehand, in the others by its name. */
const askedAtOnce = ({ id, name, texts }: Place, ask: string, random: Chance) =>
  random.below(2) === 0
    ? { text: ask, turns: [], scope: [id] }
    : {
        text: (random.one(placeWords[texts.language]?.at ?? []) ?? '{name}: {ask}')
          .replace('{name}', name)
          .replace('{ask}', ask),
        turns: [],
      };

const askedNext = (place: Place, ask: string, random: Chance) => {
  const { name, texts, written } = place;
  const before = random.one(written);
  const { and = '', at = [] } = placeWords[texts.language] ?? {};
  const opening = (random.one(at) ?? '{name}: {ask}').replace('{name}', name);
  return {
    text: and + (ask.startsWith('¿') ? ask : ask.charAt(0).toLowerCase() + ask.slice(1)),
    turns: [
      {
        who: 'user' as const,
        text: opening.replace('{ask}', random.one(before?.asks ?? []) ?? ''),
      },
      { who: 'other' as const, text: before?.says ?? '' },
    ],
  };
};

/** Without a place: several have it. */
const vagueQuestions = (places: readonly Place[], random: Chance): readonly Drafted[] => {
  const [first] = places;
  if (!first) return [];
  const shared = first.texts.facts.filter(
    ({ topic, part }) =>
      places.filter(({ written }) =>
        written.some((fact) => fact.topic === topic && fact.part === part),
      ).length > 1,
  );
  return random.some(shared, VAGUE).map((fact) => ({
    question: {
      ...{ language: first.texts.language, sort: first.sort, why: 'vague', expects: 'ask' },
      ...{ text: random.one(fact.asks) ?? '', turns: [] },
    },
  }));
};
