import { moneyText, type JsonObject } from '#libs/kernel';
import type { LinkQuestion, QuestionLinks, SearchPassages, TimeSpan } from '#libs/knowledge';

import type { AnswerDraft, AnswerQuestion, QuestionToAnswer } from '../answers/answer.js';
import { numberIn, objectIn, textIn } from '../count/counted.js';
import { dayAt, spokenDay, spokenMoment } from '../count/local-days.js';
import type { RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn } from '../texts/answer-texts.js';
import { folded } from '../texts/folded.js';
import { historyLanguages } from './history-words.js';
import { recordHistoryLanguages, type RecordHistoryField } from './record-history-words.js';
import { recogniseRecordHistory, type RecordHistoryQuestion } from './recognise-record-history.js';

export interface AnswerFromRecordHistoryParts {
  readonly recordsFor: RecordsFor;
  readonly timeIn: (text: string, now: number, timeZone: string) => TimeSpan | undefined;
  readonly findLinks: (question: LinkQuestion) => Promise<QuestionLinks>;
  readonly search: SearchPassages;
}

/** How a stay or a task was on a day that has passed: folded from the facts of the log up to then. */
export const answerFromRecordHistory =
  (parts: AnswerFromRecordHistoryParts): AnswerQuestion =>
  async (question) => {
    const { at, principals, text, timeZone } = question;
    const asked = recogniseRecordHistory(text);
    const said = asked && parts.timeIn(text, at, timeZone);
    // Of today and of what comes, the record itself tells.
    if (!said || dayAt(said.from, timeZone) >= dayAt(at, timeZone)) return undefined;
    const records = parts.recordsFor(principals);
    const found = isOfTask(asked.field)
      ? await taskMeant(parts, question, said)
      : await stayMeant(parts, question);
    if (found === undefined) return undefined;
    if (typeof found !== 'string') {
      const { language } = asked;
      return { outcome: 'asked_back', language, answer: textsIn(language).which, choices: found };
    }
    return answerOf(records, { asked, record: found, said, zone: timeZone });
  };

const isOfTask = (field: RecordHistoryField): boolean => field.startsWith('task');

/** One stay, or the choices where several are meant. */
const stayMeant = async (
  { findLinks }: AnswerFromRecordHistoryParts,
  { about, principals, text, timeZone, turns }: QuestionToAnswer,
): Promise<string | QuestionLinks['choices'] | undefined> => {
  const links = await findLinks({
    ...{ text, turns, principals, timeZone },
    ...(about.length > 0 && { about }),
  });
  if (links.state === 'ambiguous') return links.choices.length > 1 ? links.choices : undefined;
  // By the home, the days that are said would choose another stay.
  return links.by === 'home' ? undefined : links.stays.at(-1);
};

const LOOKED_AT = 10;
/** So much of a task’s title must be said. */
const LEAST_SAID = 0.6;
const SHORTEST_WORD = 3;

/** The task that the question calls by most words of its title. */
const taskMeant = async (
  { recordsFor, search }: AnswerFromRecordHistoryParts,
  { principals, text, timeZone }: QuestionToAnswer,
  time: TimeSpan,
): Promise<string | undefined> => {
  // The days that are said are not those of the task.
  const called = text.replace(time.said, ' ');
  const { hits } = await search({
    ...{ text: called, turns: [], principals, timeZone },
    limit: LOOKED_AT,
  });
  const tasks = [...new Set(hits.map(({ passage }) => passage.unit))].filter((unit) =>
    unit.startsWith('task/'),
  );
  const said = new Set(wordsIn(text));
  const shown = await recordsFor(principals).showMany(tasks);
  return tasks.find((task) => {
    const words = wordsIn(textIn(shown.get(task) ?? {}, 'displayName') ?? '');
    const held = words.filter((word) => said.has(word));
    return words.length > 0 && held.length / words.length >= LEAST_SAID;
  });
};

const wordsIn = (text: string): readonly string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD);

interface MomentOfRecord {
  readonly asked: RecordHistoryQuestion;
  readonly record: string;
  readonly said: TimeSpan;
  readonly zone: string;
}

const answerOf = async (
  records: ReturnType<RecordsFor>,
  { asked, record, said, zone }: MomentOfRecord,
): Promise<AnswerDraft | undefined> => {
  const { field, language } = asked;
  const kind = isOfTask(field) ? 'task' : 'reservation';
  const id = record.slice(kind.length + 1);
  const [now, first, last] = await Promise.all([
    records.show(kind, id),
    records.showAt(kind, id, said.from),
    records.showAt(kind, id, said.to),
  ]);
  if (!now) return undefined;
  const { now: nowText, unknown } = historyLanguages[language];
  const spoken = async (view: JsonObject | undefined): Promise<string> =>
    (view && (await valueIn(records, view, { asked, zone }))) ?? unknown;
  const [before, after, current] = await Promise.all([spoken(first), spoken(last), spoken(now)]);
  // It changed in these days: both.
  const value = before === after || before === unknown ? after : `${before} → ${after}`;
  const [from, to] = [dayAt(said.from, zone), dayAt(said.to, zone)];
  const when =
    from === to
      ? spokenDay(from, language)
      : `${spokenDay(from, language)} – ${spokenDay(to, language)}`;
  const label = recordHistoryLanguages[language].fields[field][1];
  const line = `${label}, ${textIn(now, 'displayName') ?? record}, ${when}: ${value} [1]`;
  return {
    outcome: 'answered',
    way: 'history',
    language,
    answer: current === after ? line : `${line}\n${nowText}: ${current}`,
    citations: [{ record, quote: `${label}: ${value}` }],
  };
};

interface ValueSetting {
  readonly asked: RecordHistoryQuestion;
  readonly zone: string;
}

const valueIn = async (
  records: ReturnType<RecordsFor>,
  view: JsonObject,
  { asked: { field, language }, zone }: ValueSetting,
): Promise<string | undefined> => {
  const day = (name: string): string | undefined => {
    const value = textIn(view, name);
    return value === undefined ? undefined : spokenDay(value, language);
  };
  switch (field) {
    case 'arrival':
      return day('checkInDate');
    case 'departure':
      return day('checkOutDate');
    case 'people':
      return numberIn(objectIn(view, 'guests'), 'total')?.toString();
    case 'status':
    case 'taskStatus':
      return textIn(view, 'status');
    case 'toPay':
      return amountIn(view, ['balanceDue']);
    case 'total':
      return amountIn(view, ['hostPayout', 'subtotal', 'accommodation']);
    case 'taskOf':
      return colleagueIn(records, view);
    case 'taskDue': {
      const due = Date.parse(textIn(view, 'dueAt') ?? '');
      return Number.isNaN(due) ? undefined : spokenMoment(due, 0, { language, timeZone: zone });
    }
    default:
      return field satisfies never;
  }
};

const amountIn = (view: JsonObject, names: readonly string[]): string | undefined => {
  const money = objectIn(view, 'money');
  const currency = money && textIn(money, 'currency');
  const amount = names.map((name) => numberIn(money, name)).find((one) => one !== undefined);
  return amount === undefined || !currency ? undefined : moneyText({ amount, currency });
};

const colleagueIn = async (
  records: ReturnType<RecordsFor>,
  view: JsonObject,
): Promise<string | undefined> => {
  const id = textIn(view, 'assignedTo');
  const colleague = id === undefined ? undefined : await records.show('colleague', id);
  return colleague && textIn(colleague, 'displayName');
};
