import type { FoundScope, SearchQuestion, TimeSpan } from '#libs/knowledge';

import type {
  AnswerCitation,
  AnswerDraft,
  AnswerQuestion,
  QuestionToAnswer,
} from '../answers/answer.js';
import type { RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn } from '../texts/answer-texts.js';
import { countTexts } from './count-texts.js';
import { asOf, type AsOfParts } from './as-of.js';
import { countTopics, timeless } from './count-topics.js';
import { textIn, type CountedRecords, type CountScope } from './counted.js';
import { dayAt, spokenDay } from './local-days.js';
import { recogniseCount, type CountQuestion } from './recognise-count.js';

export interface AnswerByCountingParts extends AsOfParts {
  readonly recordsFor: RecordsFor;
  /** What time a text says. Pure. */
  readonly timeIn: (text: string, now: number, timeZone: string) => TimeSpan | undefined;
  /** What homes and people a question names. */
  readonly findScope: (
    question: Pick<SearchQuestion, 'principals' | 'text' | 'turns'>,
  ) => Promise<FoundScope>;
}

/** Lines of the list that are shown and cited; the number counts all. */
const SHOWN = 50;
const DAY_MS = 86_400_000;

/** An exact number from records with the list behind it; nothing where the question asks for no number. */
export const answerByCounting =
  (parts: AnswerByCountingParts): AnswerQuestion =>
  async (question) => {
    const asked = recogniseCount(question.text);
    if (!asked) return undefined;
    const scope = await scopeOf(parts, question);
    const { choices } = scope;
    if (scope.state === 'ambiguous' && choices.length > 1) {
      const { language } = asked;
      return { outcome: 'asked_back', language, answer: textsIn(language).which, choices };
    }
    const place = await placeOf(parts, question, scope);
    const said = parts.timeIn(question.text, question.at, place.timeZone);
    // "Guests" alone is about anything; with a day or a home it is a count.
    if (asked.weak && !said && place.about.length === 0) return undefined;
    const counting = countScope(parts, { question, asked, place, said });
    const counted = await countTopics[asked.topic](counting);
    return answered(parts, { question, asked, place, counted, counting });
  };

const scopeOf = async (
  { findScope }: AnswerByCountingParts,
  { text, principals, about }: QuestionToAnswer,
): Promise<FoundScope> =>
  about.length > 0
    ? { state: 'given', ids: about, choices: [] }
    : // Its own words only: a number is about all homes, unless the question itself names one.
      findScope({ text, principals, turns: [] });

interface CountPlace {
  readonly about: readonly string[];
  readonly name?: string;
  readonly timeZone: string;
}

/** "Today" is that of the home, where it is about one. */
const placeOf = async (
  { recordsFor }: AnswerByCountingParts,
  { principals, timeZone }: QuestionToAnswer,
  { ids }: FoundScope,
): Promise<CountPlace> => {
  const [only] = ids;
  if (only === undefined) return { about: ids, timeZone };
  const shown = await recordsFor(principals).showMany(ids);
  const record = shown.get(only);
  const name = record && (textIn(record, 'nickname') ?? textIn(record, 'displayName'));
  return {
    about: ids,
    timeZone: (record && textIn(record, 'timeZone')) ?? timeZone,
    ...(name !== undefined && { name }),
  };
};

interface CountSetting {
  readonly question: QuestionToAnswer;
  readonly asked: CountQuestion;
  readonly place: CountPlace;
  readonly said: TimeSpan | undefined;
}

const countScope = (
  { recordsFor }: AnswerByCountingParts,
  { question, asked, place, said }: CountSetting,
): CountScope => {
  const { timeZone, about } = place;
  const today = dayAt(question.at, timeZone);
  return {
    records: recordsFor(question.principals),
    from: said ? dayAt(said.from, timeZone) : today,
    to: said ? dayAt(said.to, timeZone) : today,
    fromMs: said?.from ?? startOfDay(question.at, timeZone),
    toMs: said?.to ?? question.at,
    isTimeSaid: said !== undefined,
    today,
    now: question.at,
    about,
    language: asked.language,
    timeZone,
    unanswered: asked.unanswered,
  };
};

/** The last moment before which it was another day there, to the minute. */
const startOfDay = (now: number, timeZone: string): number => {
  const today = dayAt(now, timeZone);
  let [before, within] = [now - DAY_MS - 3_600_000, now];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayAt(middle, timeZone) === today) within = middle;
    else before = middle;
  }
  return within;
};

interface CountResult {
  readonly question: QuestionToAnswer;
  readonly asked: CountQuestion;
  readonly place: CountPlace;
  readonly counted: CountedRecords;
  readonly counting: CountScope;
}

const answered = async (
  parts: AnswerByCountingParts,
  result: CountResult,
): Promise<AnswerDraft> => {
  const { asked, counted, counting } = result;
  const { language } = asked;
  const shown = counted.lines.slice(0, SHOWN);
  const { more } = countTexts[language];
  const left = counted.lines.length - shown.length;
  const lines = [
    headOf(result),
    ...shown.map(({ text }, i) => `• ${text} [${i + 1}]`),
    ...(left > 0 ? [`${more} ${left}`] : []),
    '',
    await asOf(parts, counting, counted.kind),
  ];
  const citations = shown.map(({ record, text }): AnswerCitation => ({ record, quote: text }));
  return {
    outcome: 'answered',
    way: 'records',
    language,
    answer: lines.join('\n'),
    citations,
    count: counted.count,
  };
};

/** `Arrivals, Harbour Loft, Tue 1 Dec 2026: 3`. */
const headOf = ({ asked, place, counted, counting }: CountResult): string => {
  const texts = countTexts[asked.language];
  const isUnanswered = asked.topic === 'repeat_callers' && asked.unanswered;
  const label = isUnanswered ? texts.unansweredCallers : texts.topics[asked.topic];
  const what = [label, place.name, whenOf(asked, counting)].filter(Boolean).join(', ');
  const count = `${counted.more ? `${texts.atLeast} ` : ''}${counted.count}`;
  if (asked.topic === 'rating')
    return counted.sum === undefined ? `${what}: –` : `${what}: ${counted.sum} (${count})`;
  return `${what}: ${count}${counted.sum === undefined ? '' : ` (${counted.sum})`}`;
};

const whenOf = (
  { topic, language }: CountQuestion,
  { isTimeSaid, from, to }: CountScope,
): string => {
  const { fromToday, lastYear, now } = countTexts[language];
  if (!isTimeSaid && timeless.has(topic)) {
    if (topic === 'rating') return lastYear;
    return topic === 'tasks' ? now : fromToday;
  }
  return from === to
    ? spokenDay(from, language)
    : `${spokenDay(from, language)} – ${spokenDay(to, language)}`;
};
