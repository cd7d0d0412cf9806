import type { JsonObject } from '#libs/kernel';
import type { CallsQuestion, FoundCalls } from '#libs/knowledge';

import { objectIn, textIn } from '../count/counted.js';
import { spokenMoment } from '../count/local-days.js';
import { namesIn, type LookUpFound, type LookUpLine, type LookUpScope } from './links-asked.js';
import { lookUpTexts } from './look-up-texts.js';

export interface LookUpCallsParts {
  readonly findCalls: (question: CallsQuestion) => Promise<FoundCalls>;
}

interface AskedCall {
  readonly record: string;
  readonly view: JsonObject;
  readonly at: number;
}

/** The index may not know yet what began just now: these are read as they are. */
const JUST_NOW_MS = 15 * 60_000;
const MOST_JUST_NOW = 500;
/** Of the last ones that many are shown where no time is said. */
const [MOST_LINES, LAST] = [20, 1];

/** Calls with somebody: in the time that is said, else the last one. */
export const lookUpCalls = async (
  { findCalls }: LookUpCallsParts,
  scope: LookUpScope,
): Promise<LookUpFound> => {
  const { language, links, now, question, records, said } = scope;
  const found = await findCalls({ links, principals: question.principals, ...said });
  const people = await records.showMany([...links.people, ...links.stays]);
  const shown = await records.showMany(found.calls);
  const calls = [...shown].flatMap(([record, view]) => askedCall(record, view) ?? []);
  const all = new Map(
    [...calls, ...(await justNow(scope, people))].map((one) => [one.record, one]),
  );
  const newestFirst = [...all.values()]
    .filter(({ at }) => at <= now && (!said || (at >= said.from && at <= said.to)))
    .sort((a, b) => b.at - a.at);
  const { lastCall, topics } = lookUpTexts[language];
  return {
    label: said ? topics.calls : lastCall,
    who: whoIn(scope, people),
    lines: newestFirst.slice(0, said ? MOST_LINES : LAST).map((call) => lineOf(call, scope)),
    ...(said && !found.more && { count: newestFirst.length }),
  };
};

const askedCall = (record: string, view: JsonObject): AskedCall | undefined => {
  const at = Date.parse(textIn(view, 'startedAt') ?? '');
  return Number.isNaN(at) ? undefined : { record, view, at };
};

const justNow = async (
  { links, now, records }: LookUpScope,
  people: ReadonlyMap<string, JsonObject>,
): Promise<readonly AskedCall[]> => {
  const { items } = await records.inRange({
    ...{ kind: 'call', field: 'startedAt', from: now - JUST_NOW_MS, to: now },
    limit: MOST_JUST_NOW,
  });
  const numbers = new Set([...people.values()].flatMap(numbersIn));
  const said = (links.said ?? '').replaceAll(/\D/g, '').replace(/^0+/, '');
  const isTheirs = (view: JsonObject): boolean => {
    const contact = textIn(objectIn(view, 'contact') ?? {}, 'id');
    const phone = textIn(view, 'phone') ?? '';
    return (
      links.people.includes(`contact/${contact ?? ''}`) ||
      numbers.has(phone) ||
      (links.by === 'phone' && said !== '' && phone.endsWith(said))
    );
  };
  return items
    .filter(isTheirs)
    .flatMap((view) => askedCall(`call/${textIn(view, 'id') ?? ''}`, view) ?? []);
};

const numbersIn = (view: JsonObject): readonly string[] => {
  const listed = Array.isArray(view['phones']) ? (view['phones'] as readonly JsonObject[]) : [];
  const guest = objectIn(view, 'guest');
  const own = guest && textIn(guest, 'phone');
  return [
    ...listed.flatMap((one) => textIn(one, 'e164') ?? []),
    ...(own === undefined ? [] : [own]),
  ];
};

const whoIn = ({ links }: LookUpScope, people: ReadonlyMap<string, JsonObject>): string => {
  const own = [...people].filter(([record]) => !record.startsWith('reservation/'));
  const names = own.flatMap(([, view]) => textIn(view, 'displayName') ?? []);
  const known = names.length > 0 ? [...new Set(names)].join(', ') : namesIn([...people.values()]);
  const number = links.by === 'phone' ? links.said : undefined;
  return [known, number].filter(Boolean).join(', ');
};

const lineOf = (
  { at, record, view }: AskedCall,
  { language, now, timeZone }: LookUpScope,
): LookUpLine => {
  const texts = lookUpTexts[language];
  const isIncoming = textIn(view, 'direction') === 'inbound';
  return {
    record,
    text: [
      spokenMoment(at, now, { language, timeZone }),
      textIn(view, 'displayName'),
      isIncoming ? texts.incoming : texts.outgoing,
      view['missed'] === true ? texts.missed : undefined,
    ]
      .filter(Boolean)
      .join(' · '),
  };
};
