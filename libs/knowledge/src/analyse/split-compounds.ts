import { fold } from './fold.js';
import type { KnownWords } from './known-words.js';
import {
  stemForms,
  type FormDraft,
  type SpokenLanguage,
  type WordDraft,
} from './question-forms.js';
import { stemOf } from './stem.js';

const SHORTEST = 7;
const SHORTEST_PIECE = 3;
const LINKS = ['', 's', 'n', 'en', 'es', 'e', 'er'] as const;
/** A question with more words is not tried in pairs. */
const MOST_PAIRED = 6;
const HEAD = 0.6;
const REST = 0.4;
const JOINED = 0.85;
const LONGER = 0.4;
const LONGER_WORDS = 6;
const SHORTEST_BEGINNING = 5;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * Adds what the vocabulary knows: the pieces of a compound that stand in passages, and the compound that two words make.
 * In languages that make compounds, also the words that begin with one.
 */
export const withCompounds = async (
  words: readonly WordDraft[],
  spoken: readonly SpokenLanguage[],
  known: KnownWords,
): Promise<WordDraft[]> => {
  const compounding = spoken.some(({ language }) => language === 'de' || language === 'nl');
  const cuts = words.map(({ small }) => cutsOf(fold(small), compounding));
  const pairs = pairsOf(words, compounding);
  const asked = [
    ...cuts.flatMap((each) => each.flatMap(({ head, rest }) => [head, rest])),
    ...pairs.map(({ joined }) => joined),
  ];
  const unique = [...new Set(asked)];
  const counts = unique.length === 0 ? [] : await known.count(unique);
  const stands = new Set(unique.filter((_, index) => (counts[index] ?? 0) > 0));
  const longer = compounding ? await longerWords(words, known) : [];
  return words.map((word, index) => {
    const cut = cuts[index]?.find(({ head, rest }) => stands.has(head) && stands.has(rest));
    const joined = pairs.filter((pair) => pair.words.includes(index) && stands.has(pair.joined));
    const forms = [
      ...(cut === undefined ? [] : cutForms(cut, spoken, compounding)),
      ...joined.flatMap((pair) => wordForms(pair.joined, JOINED, spoken)),
      ...(longer[index] ?? []).map((text) => ({ field: 'word' as const, text, weight: LONGER })),
    ];
    return forms.length === 0 ? word : { ...word, forms: [...word.forms, ...forms] };
  });
};

interface WordCut {
  readonly rest: string;
  readonly head: string;
}

/** All ways to cut a word in two, the most even first. */
const cutsOf = (word: string, compounding: boolean): WordCut[] => {
  if (word.length < SHORTEST || !ONLY_LETTERS.test(word)) return [];
  const cuts: WordCut[] = [];
  for (let at = SHORTEST_PIECE; at <= word.length - SHORTEST_PIECE; at++)
    for (const link of compounding ? LINKS : LINKS.slice(0, 1)) {
      const rest = word.slice(0, at);
      const head = word.slice(at);
      if (rest.length - link.length >= SHORTEST_PIECE && rest.endsWith(link))
        cuts.push({ rest: rest.slice(0, rest.length - link.length), head });
    }
  const uneven = ({ rest, head }: WordCut): number => Math.abs(rest.length - head.length);
  return cuts.sort((one, other) => uneven(one) - uneven(other));
};

/** German names the thing last; English writes both words one after the other. */
const cutForms = (
  { rest, head }: WordCut,
  spoken: readonly SpokenLanguage[],
  compounding: boolean,
): FormDraft[] =>
  compounding
    ? [...wordForms(head, HEAD, spoken), ...wordForms(rest, REST, spoken)]
    : spoken.map(({ language }) => {
        const stems = [stemOf(rest, language), stemOf(head, language)];
        const phrase = { stems, at: 1 };
        return { field: 'stem', text: stems[1] ?? head, weight: JOINED, phrase };
      });

const wordForms = (
  word: string,
  weight: number,
  spoken: readonly SpokenLanguage[],
): FormDraft[] => [
  { field: 'word', text: word, weight },
  ...spoken.flatMap(({ language }) => stemForms(stemOf(word, language), weight)),
];

interface WordPair {
  readonly words: readonly number[];
  readonly joined: string;
}

/** `hair dryer` as `hairdryer`; in German in any order, with what may stand between. */
const pairsOf = (words: readonly WordDraft[], compounding: boolean): WordPair[] => {
  if (words.length > MOST_PAIRED) return [];
  return words.flatMap((one, first) =>
    words.flatMap((other, second) => {
      const isNext = second === first + 1;
      if (first === second || !(compounding || isNext)) return [];
      const [front, back] = [fold(one.small), fold(other.small)];
      if (!ONLY_LETTERS.test(front) || !ONLY_LETTERS.test(back)) return [];
      return (compounding ? LINKS : LINKS.slice(0, 1)).map((link) => ({
        ...{ words: [first, second], joined: front + link + back },
      }));
    }),
  );
};

const longerWords = async (
  words: readonly WordDraft[],
  known: KnownWords,
): Promise<readonly (readonly string[])[]> => {
  const asked = words.map(({ small }) => fold(small));
  const long = asked.filter((word) => word.length >= SHORTEST_BEGINNING && ONLY_LETTERS.test(word));
  if (long.length === 0) return [];
  const found = await known.beginning(long, LONGER_WORDS);
  const byWord = new Map(long.map((word, index) => [word, found[index] ?? []]));
  return asked.map((word) =>
    (byWord.get(word) ?? []).map((each) => each.word).filter((each) => each !== word),
  );
};
