import { moneyText, type JsonObject } from '#libs/kernel';

import { numberIn, objectIn, textIn } from '../count/counted.js';
import { dayAt, spokenDay, spokenTime } from '../count/local-days.js';
import { stayOf } from '../count/stays.js';
import {
  guestOf,
  namesIn,
  type LookUpFound,
  type LookUpLine,
  type LookUpScope,
} from './links-asked.js';
import { lookUpTexts } from './look-up-texts.js';
import type { LookUpTopic } from './look-up-words.js';

export type StayTopic = Exclude<LookUpTopic, 'calls' | 'mail' | 'phone'>;

/** More stays of one guest than a person reads. */
const MOST_LINES = 5;

interface AskedStay {
  readonly record: string;
  readonly view: JsonObject;
  readonly from: string;
  readonly to: string;
  readonly isFirm: boolean;
}

/** What their reservations say of somebody. */
export const lookUpStays = async (
  scope: LookUpScope & { readonly topic: StayTopic },
): Promise<LookUpFound> => {
  const { language, links, records, topic } = scope;
  const shown = await records.showMany(links.stays);
  const stays = [...shown].flatMap(([record, view]) => askedStay(record, view) ?? []);
  const meant = meantStays(stays, scope);
  const homes = await homeNames(scope, meant);
  return {
    label: lookUpTexts[language].topics[topic],
    who: namesIn(meant.map(({ view }) => view)),
    lines: meant.map((stay) => lineOf(stay, scope, homes)),
  };
};

const askedStay = (record: string, view: JsonObject): AskedStay | undefined => {
  const [from, to] = [textIn(view, 'checkInDate'), textIn(view, 'checkOutDate')];
  if (from === undefined || to === undefined || view['deleted'] === true) return undefined;
  return { record, view, from, to, isFirm: stayOf(view) !== undefined };
};

/**
 * Of the days that are said; else those to come, of these nobody canceled; of what has been, the last one. What is
 * canceled is told where there is nothing else.
 */
const meantStays = (
  stays: readonly AskedStay[],
  { links, question, said, timeZone, today, topic }: LookUpScope,
): readonly AskedStay[] => {
  const firm = stays.filter(({ isFirm }) => isFirm);
  const all = firm.length > 0 ? firm : stays;
  // By its code or its home one stay is meant, whenever it is.
  const isOneStay =
    links.by === 'code' || links.by === 'home' || question.about.some(isReservation);
  if (isOneStay) return all.slice(-MOST_LINES);
  if (topic === 'balance') return owing(all);
  if (said && links.by !== 'chosen') {
    const [first, last] = [dayAt(said.from, timeZone), dayAt(said.to, timeZone)];
    const during = all.filter(({ from, to }) => from <= last && to >= first);
    if (during.length > 0) return during.slice(0, MOST_LINES);
  }
  const begun = all.filter(({ from }) => from <= today);
  const ahead = all.filter(({ to }) => to >= today);
  if (links.isPast && begun.length > 0) return begun.slice(-1);
  return ahead.length > 0 ? ahead.slice(0, MOST_LINES) : all.slice(-1);
};

const isReservation = (record: string): boolean => record.startsWith('reservation/');

/** Who owes nothing is told so by the stay that is nearest to the end. */
const owing = (stays: readonly AskedStay[]): readonly AskedStay[] => {
  const open = stays.filter(
    ({ view }) => (numberIn(objectIn(view, 'money'), 'balanceDue') ?? 0) > 0,
  );
  return open.length > 0 ? open.slice(-MOST_LINES) : stays.slice(-1);
};

/** A lean webhook does not say what the home is called: the listing does. */
const homeNames = async (
  { records }: LookUpScope,
  stays: readonly AskedStay[],
): Promise<ReadonlyMap<string, string>> => {
  const homes = stays.flatMap(({ view }) => homeId(view) ?? []);
  const shown = await records.showMany([...new Set(homes)]);
  return new Map(
    [...shown].flatMap(([id, view]) => {
      const name = textIn(view, 'nickname') ?? textIn(view, 'displayName');
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
};

const homeId = (view: JsonObject): string | undefined => {
  const listing = objectIn(view, 'listing');
  const id = (listing && textIn(listing, 'id')) ?? textIn(view, 'unit');
  return id === undefined ? undefined : `listing/${id}`;
};

const lineOf = (
  stay: AskedStay,
  scope: LookUpScope & { readonly topic: StayTopic },
  homes: ReadonlyMap<string, string>,
): LookUpLine => {
  const { language } = scope;
  const { from, isFirm, record, to, view } = stay;
  const listing = objectIn(view, 'listing');
  const home =
    homes.get(homeId(view) ?? '') ??
    (listing && (textIn(listing, 'nickname') ?? textIn(listing, 'name')));
  const days = `${spokenDay(from, language, true)} – ${spokenDay(to, language, true)}`;
  const value = valueOf(stay, scope, home);
  const beside = scope.topic === 'home' ? [days] : [home, isDay(scope.topic) ? undefined : days];
  const status = isFirm ? undefined : textIn(view, 'status');
  return { record, text: [value, guestOf(view), ...beside, status].filter(Boolean).join(' · ') };
};

const isDay = (topic: StayTopic): boolean => topic === 'arrival' || topic === 'departure';

const valueOf = (
  { from, to, view }: AskedStay,
  { language, timeZone, topic }: LookUpScope & { readonly topic: StayTopic },
  home: string | undefined,
): string => {
  const { unsaid } = lookUpTexts[language];
  const zone = textIn(view, 'timeZone') ?? timeZone;
  const timed = (day: string, instant: string | undefined, planned: string | undefined): string => {
    const at = Date.parse(instant ?? '');
    const time = planned ?? (Number.isNaN(at) ? undefined : spokenTime(at, language, zone));
    return [spokenDay(day, language), time].filter(Boolean).join(', ');
  };
  switch (topic) {
    case 'arrival':
      return timed(from, textIn(view, 'checkInAt'), textIn(view, 'plannedArrival'));
    case 'departure':
      return timed(to, textIn(view, 'checkOutAt'), textIn(view, 'plannedDeparture'));
    case 'home':
      return home ?? unsaid;
    case 'party':
      return partyOf(view) ?? unsaid;
    case 'code':
      return textIn(view, 'confirmationCode') ?? unsaid;
    case 'balance':
      return balanceOf(view) ?? unsaid;
    default:
      return topic satisfies never;
  }
};

const partyOf = (view: JsonObject): string | undefined => {
  const guests = objectIn(view, 'guests');
  const total = numberIn(guests, 'total');
  return total === undefined || total === 0 ? undefined : String(total);
};

const balanceOf = (view: JsonObject): string | undefined => {
  const money = objectIn(view, 'money');
  const due = numberIn(money, 'balanceDue');
  const currency = money && textIn(money, 'currency');
  return due === undefined || !currency ? undefined : moneyText({ amount: due, currency });
};
