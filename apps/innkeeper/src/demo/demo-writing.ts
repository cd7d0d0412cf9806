import { Chance } from './chance.js';
import type { DemoHome, DemoLanguage, FactKey } from './demo-home.js';
import { hosts } from './demo-staff.js';
import type { DemoStay } from './demo-stays.js';
import type { TopicKey } from './demo-talk.js';
import { talks } from './talk/index.js';

const symbols = { GBP: '£', EUR: '€' } as const;

const TIMES = ['18:45', '19:30', '20:15', '21:00', '21:40', '22:20', '23:10', '23:50'];
const EARLY_TIMES = ['11:30', '12:00', '12:45', '13:15', '13:30', '14:00'];
const earlier: ReadonlySet<string> = new Set(['early', 'lateOut', 'dirty', 'cold', 'slowWifi']);

const weekdays = new Map<DemoLanguage, Intl.DateTimeFormat>();
const weekday = (ms: number, language: DemoLanguage): string => {
  const known = weekdays.get(language);
  const format = known ?? new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  if (!known) weekdays.set(language, format);
  return format.format(ms);
};

/** What one exchange is about, the same in the question and in the answer. */
export const slotsOf = (
  stay: DemoStay,
  topic: string,
  at: number,
  seed: string,
): Readonly<Record<string, string>> => {
  const { guest, home } = stay;
  const chance = new Chance(seed);
  const talk = talks[guest.language];
  const [hostName = ''] = hosts[guest.language].name.split(' ');
  const amount = 5 * chance.whole(3, 18);
  return {
    guest: guest.first,
    host: hostName,
    home: home.nickname,
    time: chance.one(earlier.has(topic) ? EARLY_TIMES : TIMES),
    n: String(chance.whole(2, 6)),
    amount: home.currency === 'GBP' ? `${symbols.GBP}${amount}` : `${amount} ${symbols.EUR}`,
    item: chance.one(talk.items),
    place: chance.one(talk.places),
    thing: chance.one(talk.things),
    mail: guest.mail,
    day: weekday(at + chance.whole(1, 4) * 86_400_000, guest.language),
  };
};

export const filled = (text: string, slots: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole);

/** A sentence begins with a capital where nothing stands before it. */
const begun = (text: string): string =>
  text.replace(
    /^(\P{L}*)(\p{Ll})/u,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );

const joined = (before: string, text: string, after: string): string => {
  const opening = before === '' || /[!:]$/.test(before) ? begun(text) : text;
  return [before, opening, after].filter((part) => part !== '').join(' ');
};

/** The house's own words where the guest reads them, else English. */
export const factFor = (home: DemoHome, key: FactKey, language: DemoLanguage): string => {
  const { en, own } = home.facts[key];
  return language === home.language ? (own ?? en) : en;
};

export interface WrittenExchange {
  readonly ask: string;
  readonly answer: string;
  readonly thanks?: string;
}

/** A question about the house, and the answer that its notes give. */
export const factExchange = (stay: DemoStay, key: FactKey, at: number): WrittenExchange => {
  const chance = new Chance(`fact ${stay.n} ${key}`);
  const talk = talks[stay.guest.language];
  const slots = slotsOf(stay, key, at, `slots ${stay.n} ${key}`);
  return written(chance, stay, slots, {
    ask: chance.one(talk.asks[key]),
    answer: factFor(stay.home, key, stay.guest.language),
    isFact: true,
  });
};

export const topicExchange = (stay: DemoStay, key: TopicKey, at: number): WrittenExchange => {
  const chance = new Chance(`topic ${stay.n} ${key}`);
  const { ask, answer } = talks[stay.guest.language].topics[key];
  const slots = slotsOf(stay, key, at, `slots ${stay.n} ${key}`);
  return written(chance, stay, slots, {
    ask: chance.one(ask),
    answer: chance.one(answer),
    isFact: false,
  });
};

const written = (
  chance: Chance,
  { guest }: DemoStay,
  slots: Readonly<Record<string, string>>,
  said: { readonly ask: string; readonly answer: string; readonly isFact: boolean },
): WrittenExchange => {
  const talk = talks[guest.language];
  const fill = (text: string): string => filled(text, slots);
  const ask = joined(fill(chance.one(talk.hello)), fill(said.ask), fill(chance.one(talk.bye)));
  const hello = fill(chance.one(talk.hostHello));
  const answer = said.isFact
    ? `${hello} ${said.answer}`
    : joined(hello, fill(said.answer), fill(chance.one(talk.hostBye)));
  return { ask, answer, ...(chance.happens(0.4) && { thanks: fill(chance.one(talk.thanks)) }) };
};
