import { folded } from '../texts/folded.js';
import type { AnswerLanguage } from '../texts/answer-texts.js';
import { recordHistoryLanguages, type RecordHistoryField } from './record-history-words.js';

export interface RecordHistoryQuestion {
  readonly field: RecordHistoryField;
  readonly language: AnswerLanguage;
}

interface RecordFieldPattern extends RecordHistoryQuestion {
  readonly asks: RegExp;
  readonly was: RegExp;
}

const pattern = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'u');

let compiled: readonly RecordFieldPattern[] | undefined;

const allPatterns = (): readonly RecordFieldPattern[] =>
  (compiled ??= (Object.keys(recordHistoryLanguages) as AnswerLanguage[]).flatMap((language) => {
    const { fields, was } = recordHistoryLanguages[language];
    return (Object.keys(fields) as RecordHistoryField[]).map((field) => ({
      ...{ field, language },
      asks: pattern(fields[field][0]),
      was: pattern(was),
    }));
  }));

/** What of a stay or a task a text asks for as it was; whether one is meant, others tell. Pure. */
export const recogniseRecordHistory = (text: string): RecordHistoryQuestion | undefined => {
  const said = folded(text);
  const [best] = allPatterns()
    .flatMap(({ asks, field, language, was }) => {
      const asked = asks.exec(said);
      return asked && was.test(said) ? [{ field, language, length: asked[0].length }] : [];
    })
    .sort((a, b) => b.length - a.length);
  return best && { field: best.field, language: best.language };
};
