import { findScope } from '../names/find-scope.js';
import { spansOf } from '../names/mentions-in.js';
import { past } from '../time/time-words.js';
import { isPointing } from '../whole-question.js';
import { linksByHandle } from './by-handle.js';
import { linksByHome } from './by-home.js';
import { linksByName } from './by-name.js';
import { linksOfChosen } from './by-choice.js';
import { guestOfHome } from './guest-words.js';
import type { NameBook } from '../names/name-book.js';
import type { AskersRecords } from './linked-stays.js';
import type { FindLinksParts, HomeGuest, LinkLook, LinkPlaces } from './link-look.js';
import { noLinks, type QuestionLinks, type LinkQuestion } from './link-question.js';
import { personIn } from './people-found.js';
import { textOf } from './view-fields.js';

/** Further back nobody is pointed at any more. */
const TURNS = 4;

/**
 * Follows what a question names to people and stays: a code, a number, an address, "the guest in …", a name. Each step
 * reads only what the asker may read now, so what is for others changes nothing. It costs a few look-ups by an index,
 * for any amount stored.
 */
export const findLinks =
  (parts: FindLinksParts) =>
  async (question: LinkQuestion, places: LinkPlaces): Promise<QuestionLinks> => {
    const { about = [], principals, text, turns } = question;
    const records = parts.recordsFor(principals);
    const lookAt = (said: string): LinkLook => ({
      ...{ ...places, parts, question, records, principals, text: said },
      ...homesIn(places.book, said, question),
    });
    const own = lookAt(text);
    const chosen = await linksOfChosen(own, about);
    if (chosen) return finished(parts, question, chosen);
    const found = await linksIn(own);
    if (found) return finished(parts, question, found);
    if (own.homes.length > 0 || about.length > 0 || !isPointing(text)) return noLinks;
    for (const turn of [...turns].reverse().slice(0, TURNS)) {
      const earlier = await linksIn(lookAt(turn.text));
      if (earlier) return finished(parts, question, { ...earlier, spans: [] });
    }
    return noLinks;
  };

const homesIn = (
  book: NameBook,
  text: string,
  { about = [], principals }: LinkQuestion,
): Pick<LinkLook, 'homeSpans' | 'homes'> => {
  const chosen = about.filter((id) => id.startsWith('listing/'));
  const { ids } = findScope(book, { text, turns: [], principals });
  const homes = chosen.length > 0 ? chosen : ids;
  return { homes, homeSpans: spansOf(book, text, [...homes, ...ids]) };
};

const linksIn = async (look: LinkLook): Promise<QuestionLinks | undefined> => {
  const byHandle = await linksByHandle(look);
  if (byHandle?.state === 'found') return byHandle;
  const guest = homeGuest(look);
  // What nobody is known by is kept: somebody may have asked for just that.
  return (guest ? await linksByHome(look, guest) : await linksByName(look)) ?? byHandle;
};

/** "The guest in …": where the text says so, and in which homes. */
const homeGuest = (look: LinkLook): HomeGuest | undefined => {
  const { homes, homeSpans, text } = look;
  if (homeSpans.length === 0) return numberedGuest(look);
  const start = Math.min(...homeSpans.map((span) => span.start));
  const end = Math.max(...homeSpans.map((span) => span.end));
  const guest = guestOfHome(text, { start, end });
  return guest ? { homes, spans: [guest, ...homeSpans] } : numberedGuest(look);
};

const NUMBER = /(?<![\p{L}\p{N}.,:-])\d{1,4}\p{L}?(?![\p{L}\p{N}:]|[.,]\d)/gu;

/** "The guest in 12": only after such words a number is a home. */
const numberedGuest = ({ book, principals, text }: LinkLook): HomeGuest | undefined => {
  for (const { 0: number, index: start } of text.matchAll(NUMBER)) {
    const span = { start, end: start + number.length };
    const guest = guestOfHome(text, span);
    const homes = book
      .numbered(number.toLowerCase())
      .filter(({ audience }) => audience?.some((one) => principals.includes(one)) ?? true);
    if (guest && homes.length > 0)
      return { homes: homes.map(({ id }) => id), spans: [guest, span] };
  }
  return undefined;
};

/** So much may be asked of an index at once. */
const MOST_IDS = 64;

/** Leaves out what the asker may not read now, and says how much may be looked at at once. */
const finished = async (
  { readableNow, recordsFor }: FindLinksParts,
  { principals, text }: LinkQuestion,
  links: QuestionLinks,
): Promise<QuestionLinks> => {
  const { choices, conversations, homes, people, stays } = links;
  const named = [...people, ...stays, ...conversations, ...homes, ...choices.map(({ id }) => id)];
  const readable = await readableNow([...new Set(named)], principals);
  const left = (ids: readonly string[]): readonly string[] =>
    [...new Set(ids)].filter((id) => readable.has(id));
  const known = await namedPeople(recordsFor(principals), left(people));
  const mine = {
    people: known.slice(0, MOST_IDS / 4),
    stays: left(stays).slice(-MOST_IDS / 4),
    conversations: left(conversations).slice(-MOST_IDS / 4),
    homes: left(homes).slice(0, MOST_IDS / 8),
    numbers: [...new Set(links.numbers)].slice(0, MOST_IDS / 8),
    choices: choices.filter(({ id }) => readable.has(id)),
  };
  const [only] = mine.choices;
  // Of several, one is left that this asker knows of: then nobody else can be meant.
  if (links.state === 'ambiguous' && !only) return noLinks;
  return { ...links, ...mine, isPast: past.test(text) };
};

/** Somebody who was erased has no name any more, though reservations still hold the id. */
const namedPeople = async (
  records: AskersRecords,
  people: readonly string[],
): Promise<readonly string[]> => {
  if (people.length === 0) return people;
  const shown = await records.showMany(people);
  return people.filter((id) => {
    const view = shown.get(id);
    return view !== undefined && personIn(id, view)?.name !== textOf(view, 'id');
  });
};

/** What passages about these people and stays have in their scope. */
export const scopeOfLinks = ({
  by,
  conversations,
  numbers,
  people,
  stays,
}: QuestionLinks): readonly string[] =>
  // Of one stay, what else its guest did is about another.
  by === 'home' || by === 'code'
    ? [...stays, ...conversations, ...numbers]
    : [...people, ...stays, ...conversations, ...numbers];
