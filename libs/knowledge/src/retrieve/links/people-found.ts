import type { JsonObject } from '#libs/kernel';
import type { IndexQuery, SearchIndex } from '#libs/ports/search-index';

import type { QuestionWord } from '../../analyse/analysis.js';
import { languages } from '../../analyse/languages.js';
import { isStopWord } from '../../analyse/stop-words.js';
import { isTradeWord } from '../../analyse/synonyms.js';
import type { NameSpan } from '../names/mentions-in.js';
import { nameWordsIn, type NameWord } from '../names/name-words.js';
import type { SearchedIndex } from '../searched-index.js';
import { months, weekdays } from '../time/time-words.js';
import { isSamePhone, type SaidPhone } from './handles-in.js';
import type { AskersRecords } from './linked-stays.js';
import { personMentions, type NamedPerson, type PersonMention } from './person-mentions.js';
import { mailsOf, phonesOf, textOf } from './view-fields.js';

export interface PeopleParts {
  readonly index: Pick<SearchIndex, 'find'>;
}

/** Who looks for whom, where. */
export interface PeopleSearch {
  readonly searched: SearchedIndex;
  readonly records: AskersRecords;
  readonly principals: readonly string[];
  readonly text: string;
}

/** A record of a person, as its asker sees it. */
export interface FoundPerson extends NamedPerson {
  readonly phones: readonly string[];
  readonly mails: readonly string[];
}

/** Kinds whose records are people. */
const PEOPLE = ['guest', 'contact'];
/** What is written about homes: a word of it is a word, before it is anybody’s name. */
const ABOUT_HOMES = ['listing', 'note'];
/** So many are read and compared with the question. */
const COMPARED = 32;

const byName = { title: 1, word: 1, stem: 0, part: 0 };
const byWord = { title: 0, word: 1, stem: 0, part: 0 };
const byNumber = { title: 0, word: 1, stem: 0, part: 0.5 };

const overlaps = (one: NameSpan, other: NameSpan): boolean =>
  one.start < other.end && other.start < one.end;

/** People whom a text names, typos and other spellings too. Costs one look into the index and their records. */
export const peopleNamed = async (
  parts: PeopleParts,
  search: PeopleSearch,
  taken: readonly NameSpan[],
): Promise<readonly PersonMention<FoundPerson>[]> => {
  const { searched, principals, text } = search;
  const { words } = await searched.analyser.question(text, searched.setting);
  const mayName = words.filter(({ written }) => !isTradeWord(written.toLowerCase()));
  const found = await recordsFound(parts, search, {
    ...{ terms: termsIn(mayName, ['title', 'word']), weights: byName },
    ...{ audience: principals, kinds: PEOPLE, limit: COMPARED },
  });
  const people = [...found].flatMap(([id, view]) => personIn(id, view) ?? []);
  const mayGoOn = goesOn(text, taken);
  const all = personMentions(text, people, { mayBeName: () => true, mayGoOn }).filter(
    ({ sort, spans }) =>
      sort !== 'bare' || !spans.some((span) => taken.some((home) => overlaps(span, home))),
  );
  const sure = all.filter(({ sort }) => sort === 'titled' || sort === 'whole');
  const isMaybe = all.some(({ sort }) => sort === 'bare');
  if (sure.length > 0 || !isMaybe) return sure.length > 0 ? sure : all;
  const ordinary = await ordinaryWords(parts, search, words, all);
  const mayBeName = ({ at, isCapital, text: word }: NameWord): boolean =>
    !ordinary.has(word) && (isCapital || at === 0 || isSmall(text));
  return personMentions(text, people, { mayBeName, mayGoOn });
};

/** A word with a capital that is no home; without any capitals, any word that tells something. */
const goesOn = (text: string, homes: readonly NameSpan[]) => {
  const small = isSmall(text);
  return (word: NameWord): boolean =>
    !homes.some((home) => overlaps(home, word)) &&
    !isOfDays(word.text) &&
    (small ? tellsSomething(word.text) : word.isCapital && /^\p{L}/u.test(word.text));
};

const tellsSomething = (word: string): boolean =>
  !isTradeWord(word) && !languages.some((language) => isStopWord(word, language));

const dayWords = new RegExp(`^(?:${[...weekdays, ...months].join('|')})$`, 'iu');
const isOfDays = (word: string): boolean => dayWords.test(word);

/** Who writes no capitals at all writes names without, too. */
const isSmall = (text: string): boolean => !/\p{Lu}/u.test(text.trim().slice(1));

export const personIn = (id: string, view: JsonObject): FoundPerson | undefined => {
  const name = textOf(view, 'displayName');
  // Text messages stand with the entry of the address book that they are exchanged with.
  const isPerson = PEOPLE.includes(id.slice(0, id.indexOf('/')));
  if (name === undefined || !isPerson || view['deleted'] === true) return undefined;
  return { id, name, phones: phonesOf(view), mails: mailsOf(view) };
};

const termsIn = (
  words: readonly QuestionWord[],
  fields: readonly QuestionWord['forms'][number]['field'][],
): IndexQuery['terms'] => {
  const terms = new Map<string, IndexQuery['terms'][number]>();
  for (const { forms } of words)
    for (const { field, term } of forms)
      if (fields.includes(field)) terms.set(`${field} ${term}`, { field, term });
  return [...terms.values()];
};

const recordsFound = async (
  { index }: PeopleParts,
  { records, searched }: PeopleSearch,
  query: IndexQuery,
): Promise<ReadonlyMap<string, JsonObject>> => {
  if (query.terms.length === 0) return new Map();
  const hits = await index.find(searched.generation, query);
  return records.showMany([...new Set(hits.flatMap(({ passage }) => passage.records))]);
};

/** Of words that may be names by themselves, those that texts about homes use. */
const ordinaryWords = async (
  { index }: PeopleParts,
  { searched, principals }: PeopleSearch,
  words: readonly QuestionWord[],
  mentions: readonly PersonMention<FoundPerson>[],
): Promise<ReadonlySet<string>> => {
  const ordinary = new Set<string>();
  const spans = mentions.flatMap((mention) => mention.spans);
  for (const word of words.filter((one) => spans.some((span) => overlaps(span, one)))) {
    const own = { ...word, forms: word.forms.filter(({ weight }) => weight === 1) };
    const terms = termsIn([own], ['word']);
    if (terms.length === 0) continue;
    const asked = { terms, weights: byWord, audience: principals, kinds: ABOUT_HOMES, limit: 1 };
    const [hit] = await index.find(searched.generation, asked);
    if (hit) for (const one of nameWordsOf(word)) ordinary.add(one);
  }
  return ordinary;
};

const nameWordsOf = ({ written }: QuestionWord): readonly string[] =>
  nameWordsIn(written).map(({ text }) => text);

/** What somebody who was found by a number or an address is known by. */
export interface PeopleByHandle {
  readonly people: readonly FoundPerson[];
  /** Reservations that hold it. */
  readonly stays: readonly string[];
  /** The whole numbers (E.164) that were meant. */
  readonly phones: readonly string[];
}

const HOLDING_PHONES = ['guest', 'contact', 'reservation'];
/** Of a number that is nobody's, what it called about still tells the whole of it. */
const FROM_PHONES = ['call', 'phone_message'];
const HOLDING_MAILS = ['guest', 'contact', 'reservation', 'conversation'];

/** Who has this number, in any spelling. */
export const peopleByPhone = async (
  parts: PeopleParts,
  search: PeopleSearch,
  phone: SaidPhone,
): Promise<PeopleByHandle> => {
  const having = async (kinds: readonly string[]) =>
    [...(await heldBy(parts, search, phone, kinds))].filter(([, view]) =>
      phonesOf(view).some((e164) => isSamePhone(e164, phone)),
    );
  const owned = await having(HOLDING_PHONES);
  const found = owned.length > 0 ? owned : await having(FROM_PHONES);
  const phones = found.flatMap(([, view]) =>
    phonesOf(view).filter((e164) => isSamePhone(e164, phone)),
  );
  return { ...byKind(found), phones: [...new Set([...phones, phone.e164 ?? []].flat())] };
};

export const peopleByMail = async (
  parts: PeopleParts,
  search: PeopleSearch,
  mail: NameSpan & { readonly written: string },
): Promise<PeopleByHandle> => {
  const wanted = mail.written.toLowerCase();
  const views = await heldBy(parts, search, mail, HOLDING_MAILS);
  return {
    ...byKind([...views].filter(([, view]) => mailsOf(view).includes(wanted))),
    phones: [],
  };
};

const heldBy = async (
  parts: PeopleParts,
  search: PeopleSearch,
  span: NameSpan,
  kinds: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> => {
  const { searched, principals, text } = search;
  const { words } = await searched.analyser.question(text, searched.setting);
  const own = words.filter((word) => overlaps(word, span));
  return recordsFound(parts, search, {
    ...{ terms: termsIn(own, ['word', 'part']), weights: byNumber },
    ...{ audience: principals, kinds, limit: COMPARED },
  });
};

const byKind = (
  having: readonly (readonly [id: string, view: JsonObject])[],
): Pick<PeopleByHandle, 'people' | 'stays'> => ({
  people: having
    .filter(([id]) => PEOPLE.includes(id.slice(0, id.indexOf('/'))))
    .flatMap(([id, view]) => personIn(id, view) ?? []),
  stays: having.map(([id]) => id).filter((id) => id.startsWith('reservation/')),
});
