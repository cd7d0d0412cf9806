import type { QuestionDraft } from './analyse-question.js';
import { fold } from './fold.js';
import { isLanguage, languages, type Language } from './languages.js';
import { stemForms, type FormDraft, type WordDraft } from './question-forms.js';
import { stemOf } from './stem.js';
import { isStopWord } from './stop-words.js';
import { tokensOf } from './tokens.js';
import { tradeWords } from './trade-words.js';

/** A word or several, in one language or, without one, in all. */
interface TradeTerm {
  readonly language?: Language;
  /** Stems, one after the other. */
  readonly stems: readonly string[];
  /** The word among them that tells most, which the index is asked for. */
  readonly at: number;
}

type TradeGroup = readonly TradeTerm[];

/** A synonym is less sure than the word; a translation stands where the word itself cannot. */
const SAME_LANGUAGE = 0.6;
const TRANSLATION = 0.75;
const LONGEST = 5;

const termOf = (written: string, language: Language | undefined): TradeTerm => {
  const words = tokensOf(written).map(({ text }) => text);
  const stems = words.map((word) => (language === undefined ? fold(word) : stemOf(word, language)));
  const telling = words.findIndex(
    (word) => language === undefined || !isStopWord(fold(word), language),
  );
  return { ...(language !== undefined && { language }), stems, at: Math.max(0, telling) };
};

/** `check-in` stands in texts as one word as well: its two words are joined when a text is read. */
const spellingsOf = (written: string): readonly string[] =>
  written.includes('-') ? [written, written.replaceAll('-', '')] : [written];

const groupOf = (line: string): TradeGroup =>
  line.split('|').flatMap((part) => {
    const [, name = '', list = ''] = /^\s*(\w+)\s+(.*)$/.exec(part) ?? [];
    const language = isLanguage(name) ? name : undefined;
    return list
      .split(',')
      .flatMap((each) => spellingsOf(each.trim()))
      .map((written) => termOf(written, language));
  });

const groups: readonly TradeGroup[] = tradeWords.trim().split('\n').map(groupOf);

const nameOf = (language: string, stems: readonly string[]): string =>
  `${language} ${stems.join(' ')}`;

/** The numbers of the groups that hold a term, by language and stems. */
const groupsOf = new Map<string, readonly number[]>();
groups.forEach((group, number) => {
  for (const { language, stems } of group)
    for (const spoken of language === undefined ? languages : [language]) {
      const name = nameOf(spoken, stems);
      groupsOf.set(name, [...(groupsOf.get(name) ?? []), number]);
    }
});

const knownWords: ReadonlySet<string> = new Set(
  tradeWords.split(/[\s,|]+/).map((word) => fold(word)),
);

/** Whether a folded word is one of the trade, so that it is no typo even where no passage holds it. */
export const isTradeWord = (word: string): boolean => knownWords.has(word);

/** Adds to each word of a question what means the same, in the languages that are indexed. */
export const withSynonyms = (draft: QuestionDraft, indexed: readonly string[]): WordDraft[] => {
  const found = groupsIn(draft);
  return draft.words.map((word) => {
    const numbers = found.filter(({ start, end }) => start <= word.start && word.end <= end);
    const forms = numbers.flatMap(({ group, language }) =>
      (groups[group] ?? []).flatMap((term) => formsOfTerm(term, language, indexed)),
    );
    return forms.length === 0 ? word : { ...word, forms: [...word.forms, ...forms] };
  });
};

interface FoundGroup {
  readonly group: number;
  readonly language: Language;
  readonly start: number;
  readonly end: number;
}

const groupsIn = ({ tokens, spoken, words }: QuestionDraft): readonly FoundGroup[] => {
  const sure = spoken.filter(({ weight }) => weight === 1);
  const insteadAt = new Map(words.map(({ start, instead }) => [start, instead]));
  return (sure.length > 0 ? sure : spoken).flatMap(({ language }) => {
    const spellings = tokens.map(({ text, start }) =>
      [text, ...(insteadAt.get(start) ?? [])].map((word) => stemOf(word, language)),
    );
    return tokens.flatMap(({ start }, from) =>
      runsFrom(spellings.slice(from, from + LONGEST)).flatMap((stems) =>
        (groupsOf.get(nameOf(language, stems)) ?? []).map((group) => ({
          ...{ group, language, start, end: tokens[from + stems.length - 1]?.end ?? start },
        })),
      ),
    );
  });
};

/** Every beginning of a row of words, with each spelling of each. */
const runsFrom = (spellings: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  let last: readonly (readonly string[])[] = [[]];
  return spellings.flatMap((each) => {
    last = last.flatMap((run) => each.map((stem) => [...run, stem]));
    return last;
  });
};

const formsOfTerm = (
  { language, stems, at }: TradeTerm,
  asked: Language,
  indexed: readonly string[],
): readonly FormDraft[] => {
  const text = stems[at];
  if (text === undefined || (language !== undefined && !isIndexed(language, indexed))) return [];
  const weight = language === undefined || language === asked ? SAME_LANGUAGE : TRANSLATION;
  const limits = { ...(language !== undefined && { language }) };
  if (stems.length === 1)
    return stemForms(text, weight)
      .filter(({ field }) => field !== 'part' || makesCompounds(language))
      .map((form) => ({ ...form, ...limits }));
  return [{ field: 'stem', text, weight, phrase: { stems, at }, ...limits }];
};

/** Pieces of words are found in compounds alone; each form less makes the index quicker. */
const makesCompounds = (language: Language | undefined): boolean =>
  language === undefined || language === 'de' || language === 'nl';

const isIndexed = (language: Language, indexed: readonly string[]): boolean =>
  indexed.length === 0 || indexed.includes(language);
