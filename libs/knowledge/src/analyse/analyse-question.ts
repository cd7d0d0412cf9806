import type { QuestionAnalysis, QuestionWord } from './analysis.js';
import { likelyLanguages } from './detect-language.js';
import { fold } from './fold.js';
import { isLanguage, languages as everyLanguage } from './languages.js';
import {
  formsOf,
  formsOfWhole,
  type FormDraft,
  type SpokenLanguage,
  type WordDraft,
} from './question-forms.js';
import { isStopWord } from './stop-words.js';
import type { HashTerm } from './term-hash.js';
import { tokensOf, wholesOf, type TextToken } from './tokens.js';
import type { WholeTerm } from './whole-term.js';

/** With fewer words a question may be in any language: it is read in each that is indexed. */
const SHORT = 5;
/** What has less than this share of the evidence is not spoken. */
const LEAST_SHARE = 0.25;
const GUESSED = 0.7;
const LIKELY = 0.9;
/** Where no language is sure, short words are stop words if any language says so. */
const SHORT_WORD = 3;

export interface QuestionDraft {
  /** All words in their order, with the stop words. */
  readonly tokens: readonly TextToken[];
  readonly spoken: readonly SpokenLanguage[];
  readonly words: readonly WordDraft[];
  /** Stop words. */
  readonly faint: readonly WordDraft[];
}

export const draftQuestion = (text: string, indexed: readonly string[]): QuestionDraft => {
  const tokens = tokensOf(text);
  const spoken = spokenIn(text, tokens, indexed);
  const wholes = wholesOf(text, tokens);
  return { tokens, spoken, ...wordsOf(text, tokens, wholes, spoken) };
};

const spokenIn = (
  text: string,
  tokens: readonly TextToken[],
  indexed: readonly string[],
): SpokenLanguage[] => {
  const { shares, isSure } = likelyLanguages(
    text,
    tokens.map((token) => token.text),
  );
  const known = shares.filter(({ language }) => indexed.length === 0 || indexed.includes(language));
  const first = known[0]?.share ?? 0;
  const likely = known
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ language, share }) => ({ language, weight: weightOf(share / first, isSure) }));
  if (isSure && tokens.length >= SHORT) return likely;
  const others = (indexed.length > 0 ? indexed.filter(isLanguage) : everyLanguage).filter(
    (each) => !likely.some(({ language }) => language === each),
  );
  return [...likely, ...others.map((language) => ({ language, weight: GUESSED }))];
};

/** Only a language that is sure has the whole weight: synonyms are looked for in that one alone. */
const weightOf = (share: number, isSure: boolean): number =>
  isSure ? Math.max(GUESSED, share) : Math.max(GUESSED, share * LIKELY);

const wordsOf = (
  text: string,
  tokens: readonly TextToken[],
  wholes: readonly WholeTerm[],
  spoken: readonly SpokenLanguage[],
): Pick<QuestionDraft, 'words' | 'faint'> => {
  const exact = wholes.filter(({ joined }) => !joined);
  const single = tokens.filter((token) => !exact.some((whole) => covers(whole, token)));
  const meaningful = single.filter((token) => !isStop(token, spoken));
  const used = meaningful.length + exact.length > 0 ? meaningful : single;
  const drafts = used.map((token) => ({
    ...placed(text, token),
    forms: [
      ...formsOf(token.text, spoken),
      ...wholes.filter((whole) => whole.joined && covers(whole, token)).flatMap(formsOfWhole),
    ],
  }));
  const words = [...drafts, ...exact.map((whole) => draftOfWhole(text, whole))];
  return {
    words: words.sort((one, other) => one.start - other.start),
    faint: single
      .filter((token) => !used.includes(token))
      .map((token) => draftOfFaint(text, token)),
  };
};

const placed = (
  text: string,
  { text: small, start, end }: Pick<TextToken, 'text' | 'start' | 'end'>,
) => ({
  ...{ written: text.slice(start, end), small, start, end, instead: [] },
});

const draftOfFaint = (text: string, token: TextToken): WordDraft => ({
  ...placed(text, token),
  forms: [{ field: 'word', text: fold(token.text), weight: 1 }],
});

const covers = (whole: WholeTerm, token: TextToken): boolean =>
  whole.start <= token.start && token.end <= whole.end;

const isStop = ({ text }: TextToken, spoken: readonly SpokenLanguage[]): boolean => {
  const sure = spoken.filter(({ weight }) => weight === 1);
  const asked = sure.length > 0 ? sure : text.length <= SHORT_WORD ? spoken : [];
  return asked.some(({ language }) => isStopWord(fold(text), language));
};

const draftOfWhole = (text: string, whole: WholeTerm): WordDraft => {
  const { start, end } = whole;
  const written = text.slice(start, end);
  return { ...placed(text, { ...whole, text: written.toLowerCase() }), forms: formsOfWhole(whole) };
};

/** Hashes what was gathered; of forms that are the same, the heaviest stays. */
export const questionOf = (
  { spoken, words, faint }: QuestionDraft,
  hash: HashTerm,
): QuestionAnalysis => {
  const hashed = ({ written, start, end, forms }: WordDraft): QuestionWord => ({
    ...{ written, start, end },
    forms: hashedForms(forms, hash),
  });
  return {
    languages: spoken.map(({ language }) => language),
    words: words.map(hashed),
    faint: faint.map(hashed),
  };
};

const hashedForms = (forms: readonly FormDraft[], hash: HashTerm): QuestionWord['forms'] => {
  const heaviest = new Map<string, FormDraft>();
  for (const form of forms) {
    const name = `${form.field} ${form.phrase?.stems.join(' ') ?? form.text}`;
    if ((heaviest.get(name)?.weight ?? 0) < form.weight) heaviest.set(name, form);
  }
  return [...heaviest.values()].map(({ field, text, weight, phrase, language }) => ({
    ...{ field, term: hash(text), weight },
    ...(phrase !== undefined && { phrase: { stems: phrase.stems.map(hash), at: phrase.at } }),
    ...(language !== undefined && { language }),
  }));
};
