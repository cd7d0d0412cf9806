import type { FindLinksParts } from './link-look.js';
import type { QuestionLinks } from './link-question.js';
import { noLinks } from './link-question.js';
import { staysOfGuest, type AskersRecords, type LinkedStay } from './linked-stays.js';
import type { FoundPerson } from './people-found.js';

/** One person as several records may have it. */
export interface LinkedPersonGroup {
  readonly name: string;
  readonly members: readonly FoundPerson[];
}

/** Records that share a number or an address are one person’s, where they have the same name. */
export const groupedPeople = (people: readonly FoundPerson[]): readonly LinkedPersonGroup[] => {
  const groups: FoundPerson[][] = [];
  for (const person of people) {
    const fitting = groups.filter((group) => group.some((other) => sharesHandle(person, other)));
    for (const group of fitting) groups.splice(groups.indexOf(group), 1);
    groups.push([...fitting.flat(), person]);
  }
  return groups.map((members) => ({ name: nameOf(members), members }));
};

const sharesHandle = (a: FoundPerson, b: FoundPerson): boolean =>
  a.id === b.id ||
  a.phones.some((phone) => b.phones.includes(phone)) ||
  a.mails.some((mail) => b.mails.includes(mail));

/** A guest’s own name goes before that of the address book. */
const nameOf = (members: readonly FoundPerson[]): string =>
  (members.find(({ id }) => id.startsWith('guest/')) ?? members[0])?.name ?? '';

export const staysOfPerson = async (
  records: AskersRecords,
  { members }: LinkedPersonGroup,
): Promise<readonly LinkedStay[]> => {
  const guests = members.filter(({ id }) => id.startsWith('guest/')).map(({ id }) => id);
  const found = await Promise.all(guests.map((guest) => staysOfGuest(records, guest)));
  const stays = new Map(found.flat().map((stay) => [stay.record, stay]));
  return [...stays.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
};

/** What is known of these people and stays, ready to be asked for. */
export const linksOf = async (
  { phoneScopesOf }: Pick<FindLinksParts, 'phoneScopesOf'>,
  found: {
    readonly people: readonly FoundPerson[];
    readonly stays: readonly LinkedStay[];
    readonly phones?: readonly string[];
  },
): Promise<Omit<QuestionLinks, 'by' | 'spans'>> => {
  const { people, phones = [], stays } = found;
  const numbers = [
    ...phones,
    ...people.flatMap((person) => person.phones),
    ...stays.flatMap((stay) => stay.phones),
  ];
  return {
    ...noLinks,
    state: 'found',
    people: [...people.map(({ id }) => id), ...stays.flatMap(({ guest }) => guest ?? [])],
    stays: stays.map(({ record }) => record),
    conversations: stays.flatMap(({ conversation }) => conversation ?? []),
    homes: stays.flatMap(({ home }) => home ?? []),
    numbers: await phoneScopesOf([...new Set(numbers)]),
  };
};
