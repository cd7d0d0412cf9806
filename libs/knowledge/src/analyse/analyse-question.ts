import type { QuestionAnalysis, QuestionWord } from './analysis.js';
import { likelyLanguages } from './detect-language.js';
import { fold } from './fold.js';
import { isLanguage, languages as everyLanguage, type Language } from './languages.js';
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

export interface QuestionDraft {
  readonly spoken: readonly SpokenLanguage[];
  readonly words: readonly WordDraft[];
}

export const draftQuestion = (text: string, indexed: readonly string[]): QuestionDraft => {
  const tokens = tokensOf(text);
  const spoken = spokenIn(text, tokens, indexed);
  const wholes = wholesOf(text, tokens);
  return { spoken, words: wordsOf(text, tokens, wholes, spoken) };
};

const spokenIn = (
  text: string,
  tokens: readonly TextToken[],
  indexed: readonly string[],
): SpokenLanguage[] => {
  const likely = likelyLanguages(
    text,
    tokens.map((token) => token.text),
  );
  const first = likely[0]?.share ?? 0;
  const sure = likely
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ language, share }) => ({ language, weight: Math.max(GUESSED, share / first) }));
  if (tokens.length >= SHORT && sure.length > 0) return sure;
  const others = (indexed.length > 0 ? indexed.filter(isLanguage) : everyLanguage).filter(
    (each) => !sure.some(({ language }) => language === each),
  );
  return [...sure, ...others.map((language) => ({ language, weight: GUESSED }))];
};

const wordsOf = (
  text: string,
  tokens: readonly TextToken[],
  wholes: readonly WholeTerm[],
  spoken: readonly SpokenLanguage[],
): WordDraft[] => {
  const sure = spoken.filter(({ weight }) => weight > GUESSED).map(({ language }) => language);
  const exact = wholes.filter(({ joined }) => !joined);
  const single = tokens.filter((token) => !exact.some((whole) => covers(whole, token)));
  const meaningful = single.filter((token) => !sure.some((language) => isStop(token, language)));
  const used = meaningful.length + exact.length > 0 ? meaningful : single;
  const drafts = used.map((token) => ({
    ...{ written: text.slice(token.start, token.end), small: token.text },
    ...{ start: token.start, end: token.end },
    forms: [
      ...formsOf(token.text, spoken),
      ...wholes.filter((whole) => whole.joined && covers(whole, token)).flatMap(formsOfWhole),
    ],
  }));
  return [...drafts, ...exact.map((whole) => draftOfWhole(text, whole))].sort(
    (one, other) => one.start - other.start,
  );
};

const covers = (whole: WholeTerm, token: TextToken): boolean =>
  whole.start <= token.start && token.end <= whole.end;

const isStop = ({ text }: TextToken, language: Language): boolean =>
  isStopWord(fold(text), language);

const draftOfWhole = (text: string, whole: WholeTerm): WordDraft => {
  const { start, end } = whole;
  const written = text.slice(start, end);
  return { written, small: written.toLowerCase(), start, end, forms: formsOfWhole(whole) };
};

/** Hashes what was gathered; of forms that are the same, the heaviest stays. */
export const questionOf = (draft: QuestionDraft, hash: HashTerm): QuestionAnalysis => ({
  languages: draft.spoken.map(({ language }) => language),
  words: draft.words.map(({ written, start, end, forms }) => ({
    ...{ written, start, end },
    forms: hashedForms(forms, hash),
  })),
});

const hashedForms = (forms: readonly FormDraft[], hash: HashTerm): QuestionWord['forms'] => {
  const heaviest = new Map<string, FormDraft>();
  for (const form of forms) {
    const name = `${form.field} ${form.text}`;
    if ((heaviest.get(name)?.weight ?? 0) < form.weight) heaviest.set(name, form);
  }
  return [...heaviest.values()].map(({ field, text, weight }) => ({
    ...{ field, term: hash(text), weight },
  }));
};
