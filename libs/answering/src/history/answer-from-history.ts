import { moneyText, type JsonObject } from '#libs/kernel';
import type { FoundScope, SearchQuestion, TimeSpan } from '#libs/knowledge';

import type { AnswerDraft, AnswerQuestion } from '../answers/answer.js';
import { numberIn, objectIn, textIn } from '../count/counted.js';
import { dayAt, spokenDay } from '../count/local-days.js';
import type { RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn } from '../texts/answer-texts.js';
import { historyLanguages, type HistoryField } from './history-words.js';
import { recogniseHistory, type HistoryQuestion } from './recognise-history.js';

export interface AnswerFromHistoryParts {
  readonly recordsFor: RecordsFor;
  readonly timeIn: (text: string, now: number, timeZone: string) => TimeSpan | undefined;
  readonly findScope: (
    question: Pick<SearchQuestion, 'principals' | 'text' | 'turns'>,
  ) => Promise<FoundScope>;
}

const LISTING = 'listing/';

/** How something was on a day that has passed: folded from the facts of the log up to then. */
export const answerFromHistory =
  (parts: AnswerFromHistoryParts): AnswerQuestion =>
  async (question) => {
    const { text, principals, about, turns, at, timeZone } = question;
    const asked = recogniseHistory(text);
    if (!asked) return undefined;
    const scope: FoundScope =
      about.length > 0
        ? { state: 'given', ids: about, choices: [] }
        : await parts.findScope({ text, principals, turns });
    const { choices } = scope;
    if (scope.state === 'ambiguous' && choices.length > 1)
      return {
        outcome: 'asked_back',
        language: asked.language,
        answer: textsIn(asked.language).which,
        choices,
      };
    const home = scope.ids.find((id) => id.startsWith(LISTING));
    if (home === undefined) return undefined;
    const records = parts.recordsFor(principals);
    const now = await records.show('listing', home.slice(LISTING.length));
    if (!now) return undefined;
    const zone = textIn(now, 'timeZone') ?? timeZone;
    const said = parts.timeIn(text, at, zone);
    // Of today and of what comes, the record itself tells.
    if (!said || dayAt(said.from, zone) >= dayAt(at, zone)) return undefined;
    return answerOf(records, { asked, home, now, said, zone });
  };

interface HistoryMoment {
  readonly asked: HistoryQuestion;
  readonly home: string;
  readonly now: JsonObject;
  readonly said: TimeSpan;
  readonly zone: string;
}

const answerOf = async (
  records: ReturnType<RecordsFor>,
  { asked: { field, language }, home, now, said, zone }: HistoryMoment,
): Promise<AnswerDraft> => {
  const id = home.slice(LISTING.length);
  const [first, last] = await Promise.all([
    records.showAt('listing', id, said.from),
    records.showAt('listing', id, said.to),
  ]);
  const { fields, now: nowText, unknown } = historyLanguages[language];
  const spoken = (record: JsonObject | undefined): string =>
    (record && valueIn(record, field)) ?? unknown;
  const [before, after] = [spoken(first), spoken(last)];
  const [from, to] = [dayAt(said.from, zone), dayAt(said.to, zone)];
  const when =
    from === to
      ? spokenDay(from, language)
      : `${spokenDay(from, language)} – ${spokenDay(to, language)}`;
  const name = textIn(now, 'nickname') ?? textIn(now, 'displayName') ?? home;
  // It changed in these days: both.
  const value = before === after || before === unknown ? after : `${before} → ${after}`;
  const line = `${fields[field].label}, ${name}, ${when}: ${value} [1]`;
  const current = spoken(now);
  return {
    outcome: 'answered',
    way: 'history',
    language,
    answer: current === after ? line : `${line}\n${nowText}: ${current}`,
    citations: [{ record: home, quote: `${fields[field].label}: ${value}` }],
  };
};

const valueIn = (record: JsonObject, field: HistoryField): string | undefined => {
  const money = objectIn(record, 'prices');
  const price = (name: string): string | undefined => {
    const amount = numberIn(money, name);
    const currency = money && textIn(money, 'currency');
    return amount === undefined || !currency ? undefined : moneyText({ amount, currency });
  };
  switch (field) {
    case 'checkInTime':
    case 'checkOutTime':
    case 'cancellationPolicy':
      return textIn(record, field);
    case 'minNights':
    case 'guestsAtMost':
      return numberIn(record, field)?.toString();
    case 'basePrice':
      return price('base');
    case 'cleaningFee':
      return price('cleaning');
    case 'cleaningStatus':
      return textIn(objectIn(record, 'cleaning') ?? {}, 'status');
    default:
      return field satisfies never;
  }
};
