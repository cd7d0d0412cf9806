import type { IndexedPassage, IndexedUnit, IndexQuery } from '#libs/ports/search-index';

const WORDS = 100_000;
const WORDS_OF_PASSAGE = 60;
const PASSAGES_OF_UNIT = 2;
export const LISTINGS = 1000;

/** Words as people use them: the second half as often as the first, the third a third as often. */
const cumulated = ((): Float64Array => {
  const sums = new Float64Array(WORDS);
  let sum = 0;
  for (let i = 0; i < WORDS; i++) sums[i] = sum += 1 / (i + 1);
  return sums;
})();

/** Repeatable: both sides of a comparison get the same. */
export class ZipfWords {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  number(most: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * most);
  }

  /** By rank: 0 is the most frequent word. */
  word(): number {
    const at = (this.number(2 ** 31) / 2 ** 31) * (cumulated[WORDS - 1] ?? 1);
    let [low, high] = [0, WORDS - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const hashOf = (sort: number, word: number): number =>
  Math.imul(word * 4 + sort + 1, 2_654_435_761) >>> 0;
const stemOf = (word: number): number => hashOf(2, word >> 1);

/** Six to ten letters, as different from each other as words are. */
export const textOfWord = (word: number): string => {
  let text = '';
  for (
    let rest = hashOf(3, word);
    text.length < 6 + (word % 5);
    rest = Math.floor(rest / 26) || word + 7
  )
    text += String.fromCharCode(97 + (rest % 26));
  return `${text}${word.toString(36)}`;
};

const passageOf = (unit: string, path: number, random: ZipfWords): [IndexedPassage, number[]] => {
  const words = Array.from({ length: WORDS_OF_PASSAGE }, () => random.word());
  const listing = random.number(LISTINGS);
  const passage: IndexedPassage = {
    id: `00000000-0000-8000-8000-${(hashOf(path, random.number(2 ** 31)) % 1e12).toString().padStart(12, '0')}`,
    path: `/turns/${path}`,
    records: [unit],
    hash: hashOf(1, words[0] ?? 0).toString(36),
    language: 'en',
    scope: [`listing/guesty.${listing}`, `guest/guesty.${random.number(50_000)}`],
    audience: ['staff', `room/${listing % 50}`],
    from: 1_700_000_000_000 + random.number(2 ** 31),
    to: 1_703_000_000_000 + random.number(2 ** 31),
    terms: {
      title: words.slice(0, 3).map((word) => hashOf(0, word)),
      word: words.map((word) => hashOf(1, word)),
      stem: words.map(stemOf),
      part: words.slice(0, 6).map((word) => hashOf(3, word)),
    },
  };
  return [passage, words];
};

export const unitsOfZipf = (from: number, count: number, position = 1): IndexedUnit[] =>
  Array.from({ length: count }, (_, i) => {
    const unit = `call/aircall.${from + i}`;
    const random = new ZipfWords((from + i) * 7919 + position);
    const made = Array.from({ length: PASSAGES_OF_UNIT }, (__, path) =>
      passageOf(unit, path, random),
    );
    return {
      unit,
      kind: 'call',
      fence: { generation: 1, era: 1, position },
      digest: `${position}`,
      passages: made.map(([passage]) => passage),
      words: [...new Set(made.flatMap(([, words]) => words))].map(textOfWord),
    };
  });

const WEIGHTS = { title: 2, word: 1, stem: 0.7, part: 0.4 };

/** Two words that tell it from others, three of the kind that stand in every question. */
export const questionOfZipf = (number: number, scoped: boolean): IndexQuery => {
  const random = new ZipfWords(number * 104_729 + 1);
  const words = [
    ...[200 + random.number(2_000), 200 + random.number(20_000)],
    ...[random.number(10), 10 + random.number(40), 50 + random.number(150)],
  ];
  return {
    terms: words.flatMap((word) => [
      { field: 'title', term: hashOf(0, word) } as const,
      { field: 'word', term: hashOf(1, word) } as const,
      { field: 'stem', term: stemOf(word) } as const,
    ]),
    weights: WEIGHTS,
    audience: ['staff'],
    ...(scoped && { scope: [`listing/guesty.${random.number(LISTINGS)}`] }),
    limit: 100,
  };
};
