import { folded } from '../texts/folded.js';
import type { AnswerLanguage } from '../texts/answer-texts.js';
import { historyLanguages, type HistoryField } from './history-words.js';

export interface HistoryQuestion {
  readonly field: HistoryField;
  readonly language: AnswerLanguage;
}

interface FieldPattern extends HistoryQuestion {
  readonly asks: RegExp;
  readonly was: RegExp;
}

const pattern = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'u');

let compiled: readonly FieldPattern[] | undefined;

const allPatterns = (): readonly FieldPattern[] =>
  (compiled ??= (Object.keys(historyLanguages) as AnswerLanguage[]).flatMap((language) => {
    const { fields, was } = historyLanguages[language];
    return (Object.keys(fields) as HistoryField[]).map((field) => ({
      ...{ field, language },
      asks: pattern(fields[field].asks),
      was: pattern(was),
    }));
  }));

/** What of a home a text asks for as it was; nothing for most questions. Pure. */
export const recogniseHistory = (text: string): HistoryQuestion | undefined => {
  const said = folded(text);
  const [best] = allPatterns()
    .flatMap(({ asks, was, field, language }) => {
      const asked = asks.exec(said);
      return asked && was.test(said) ? [{ field, language, length: asked[0].length }] : [];
    })
    .sort((a, b) => b.length - a.length);
  return best && { field: best.field, language: best.language };
};
