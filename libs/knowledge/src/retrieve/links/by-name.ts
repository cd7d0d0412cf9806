import type { LinkLook } from './link-look.js';
import type { ScopeChoice } from '../retrieval.js';
import { choicesOfPeople } from './link-choices.js';
import { noLinks, type QuestionLinks } from './link-question.js';
import { groupedPeople, linksOf, staysOfPerson, type LinkedPersonGroup } from './linked-people.js';
import { nearestStay, withHomeNames, type LinkedStay } from './linked-stays.js';
import { peopleNamed, type FoundPerson } from './people-found.js';
import type { PersonMention } from './person-mentions.js';

/** More people of one name are not told apart by their stays. */
const MOST_COMPARED = 8;
/** A mention this much less alike than the best is of somebody else. */
const AS_LIKE = 0.12;

interface PersonWithStays extends LinkedPersonGroup {
  readonly stays: readonly LinkedStay[];
}

/** Whom a text names. Of several with one name, the home that is named beside tells who is meant, or nobody does. */
export const linksByName = async (look: LinkLook): Promise<QuestionLinks | undefined> => {
  const { homes, homeSpans, parts, records } = look;
  const mentions = await peopleNamed(parts, look, homeSpans);
  if (mentions[0]?.sort === 'other') return unknownName(look, mentions);
  const [best, ...others] = placesIn(mentions);
  const [first] = best ?? [];
  if (!best || !first) return undefined;
  if (others.length > 0) return linksOfSeveral(look, [best, ...others]);
  const groups = groupedPeople(best.map(({ person }) => person)).slice(0, MOST_COMPARED);
  const people = await Promise.all(
    groups.map(async (group) => ({ ...group, stays: await staysOfPerson(records, group) })),
  );
  const there = people.filter(({ stays }) => stays.some(({ home }) => homes.includes(home ?? '')));
  const meant = there.length > 0 ? there : people;
  const found = { by: 'name', spans: first.spans } as const;
  if (meant.length === 1) return { ...(await linksOfOne(look, meant, there.length > 0)), ...found };
  // A word that may mean anything else, and fits several, most likely means something else.
  if (first.sort === 'bare' && isMostlyAbout(look)) return undefined;
  return { ...noLinks, ...found, state: 'ambiguous', choices: await choicesOf(look, meant) };
};

/** A name that nobody has, though others have a part of it: who has that part is not meant. */
const unknownName = (
  { homes, text }: LinkLook,
  mentions: PlaceMentions,
): QuestionLinks | undefined => {
  if (homes.length > 0) return undefined;
  const spans = mentions[0]?.spans ?? [];
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  return { ...noLinks, by: 'name', said: text.slice(start, end), spans };
};

/** A home is named, and none of these people was there. */
const isMostlyAbout = ({ homes }: LinkLook): boolean => homes.length > 0;

type PlaceMentions = readonly PersonMention<FoundPerson>[];

/** Where the text names somebody: of each place all who are named about as well there. */
const placesIn = (mentions: PlaceMentions): readonly PlaceMentions[] => {
  const [first] = mentions;
  if (!first) return [];
  const isHere = ({ spans }: PersonMention<FoundPerson>): boolean =>
    spans.some((span) => first.spans.some((one) => one.start < span.end && span.start < one.end));
  const here = mentions.filter(
    (one) =>
      isHere(one) &&
      one.sort === first.sort &&
      one.words === first.words &&
      first.likeness - one.likeness < AS_LIKE,
  );
  // Only whole names are so sure that two of them are two people.
  const others = mentions.filter((one) => !isHere(one) && one.sort === 'whole');
  return first.sort === 'whole' ? [here, ...placesIn(others)] : [here];
};

/** Of several people who are named each by a whole name; nobody of one that fits two. */
const linksOfSeveral = async (
  look: LinkLook,
  places: readonly PlaceMentions[],
): Promise<QuestionLinks | undefined> => {
  const groups = places.flatMap((place) => {
    const group = groupedPeople(place.map(({ person }) => person));
    return group.length === 1 ? group : [];
  });
  const stays = await Promise.all(groups.map((group) => staysOfPerson(look.records, group)));
  const people = groups.flatMap(({ members }) => members);
  if (people.length === 0) return undefined;
  const links = await linksOf(look.parts, { people, stays: stays.flat() });
  return { ...links, by: 'name', spans: places.flatMap(([first]) => first?.spans ?? []) };
};

const linksOfOne = async (
  { homes, parts }: LinkLook,
  [person]: readonly PersonWithStays[],
  isThere: boolean,
) => {
  const { members = [], stays = [] } = person ?? {};
  const own = isThere ? stays.filter(({ home }) => homes.includes(home ?? '')) : stays;
  return linksOf(parts, { people: members, stays: own });
};

const choicesOf = async (
  { parts, question, records }: LinkLook,
  people: readonly PersonWithStays[],
): Promise<readonly ScopeChoice[]> => {
  const now = parts.clock.now();
  const near = people.map((person) => ({
    ...person,
    stay: nearestStay(person.stays, now, question.timeZone),
  }));
  const named = await withHomeNames(
    records,
    near.flatMap(({ stay }) => stay ?? []),
  );
  const awayOf = (stay: LinkedStay | undefined): number =>
    stay ? Math.abs(Date.parse(stay.from) - now) : Number.POSITIVE_INFINITY;
  return choicesOfPeople(
    near
      .map(({ stay, ...person }) => ({
        ...person,
        stay: stay && named.find(({ record }) => record === stay.record),
      }))
      .sort((a, b) => awayOf(a.stay) - awayOf(b.stay)),
  );
};
