import type { Handle } from './handles.js';
import { areIdentical, compareNames } from './names.js';
import { Groups } from './groups.js';

/** A record that says by what somebody is reached: a contact, a guest, a colleague. */
export interface Bearer {
  /** `guest/guesty.main.65f…`. */
  readonly record: string;
  readonly name?: string;
  readonly handles: readonly Handle[];
}

/** What an operator settled of two records; it outweighs every rule below. */
export interface Ruling {
  readonly records: readonly [string, string];
  readonly same: boolean;
}

/** Why two records are held to be one person's. */
export interface Evidence {
  readonly records: readonly [string, string];
  readonly by: 'ruling' | 'handle';
  readonly handle?: Handle;
}

export interface Person {
  /** The least of its members, so that it always has the same name. */
  readonly id: string;
  readonly members: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Several people can be reached by this, or it cannot be told whether they are several. */
export interface Question {
  readonly handle: Handle;
  readonly candidates: readonly string[];
}

export interface ResolvedIdentities {
  readonly personOf: (record: string) => Person;
  /** Whom a handle alone names: nobody, where it names several. */
  readonly ownerOf: (handle: Handle) => Person | undefined;
  readonly questions: readonly Question[];
}

/** More than these behind one number is a switchboard or an agency: it says nothing of anybody. */
const MOST_AT_ONE_HANDLE = 6;

type NameAgreement = 'same' | 'near' | 'unclear' | 'apart';

/**
 * Who is who, from what can be told for certain. A wrong link is worse than none: evidence that fits two people joins
 * nobody and becomes a question.
 */
export const resolveIdentities = (
  bearers: readonly Bearer[],
  rulings: readonly Ruling[] = [],
): ResolvedIdentities => {
  const known = new Map(bearers.map((bearer) => [bearer.record, bearer]));
  const ruled = new Map(rulings.map(({ records, same }) => [pairOf(...records), same]));
  const verdictOf = (a: Bearer, b: Bearer): NameAgreement => {
    const ruling = ruled.get(pairOf(a.record, b.record));
    if (ruling !== undefined) return ruling ? 'same' : 'apart';
    return compareNames(a.name, b.name);
  };
  const byHandle = groupedByHandle(bearers);
  const joins = [...byHandle].flatMap(([handle, group]) => joinsAt(handle, group, verdictOf));
  for (const { records, same } of rulings)
    if (same && records.every((record) => known.has(record)))
      joins.push({ records, by: 'ruling', firmness: 2 });
  const persons = withoutContradictions([...known.values()], joins, verdictOf);
  const ownerOf = (handle: Handle): Person | undefined => {
    const group = byHandle.get(handle) ?? [];
    const owners = new Set(group.map(({ record }) => persons.get(record)));
    const [owner] = owners;
    return owners.size === 1 ? owner : undefined;
  };
  return {
    ownerOf,
    personOf: (record) => persons.get(record) ?? { id: record, members: [record], evidence: [] },
    questions: [...byHandle].flatMap(([handle, group]): Question[] => {
      if (group.length < 2 || ownerOf(handle) || areAllRuled(group, persons, ruled)) return [];
      return [{ handle, candidates: group.map(({ record }) => record).sort() }];
    }),
  };
};

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const groupedByHandle = (bearers: readonly Bearer[]): ReadonlyMap<Handle, readonly Bearer[]> => {
  const groups = new Map<Handle, Bearer[]>();
  for (const bearer of bearers)
    for (const handle of new Set(bearer.handles)) {
      const group = groups.get(handle);
      if (group) group.push(bearer);
      else groups.set(handle, [bearer]);
    }
  return groups;
};

interface Join extends Evidence {
  /** 0: names that agree as far as they go; 1: whole names that agree; 2: the same words. */
  readonly firmness: 0 | 1 | 2;
}

/** Who of those at one handle are one person. */
const joinsAt = (
  handle: Handle,
  group: readonly Bearer[],
  verdictOf: (a: Bearer, b: Bearer) => NameAgreement,
): Join[] => {
  const pairs = pairsOf(group).map(([a, b]) => ({ a, b, verdict: verdictOf(a, b) }));
  const joined = pairs.every(({ a, b, verdict }) => joinable(a, b, verdict))
    ? pairs
    : certainAmongSeveral(group, pairs);
  return joined.map(({ a, b, verdict }) => ({
    records: [a.record, b.record],
    by: 'handle',
    handle,
    firmness: verdict !== 'same' ? 0 : areIdentical(a.name, b.name) ? 2 : 1,
  }));
};

interface BearerPair {
  readonly a: Bearer;
  readonly b: Bearer;
  readonly verdict: NameAgreement;
}

/**
 * Behind a handle that several people use: whole names that agree, and a lone word that agrees with one
 * of them and with nobody else.
 */
const certainAmongSeveral = (
  group: readonly Bearer[],
  pairs: readonly BearerPair[],
): readonly BearerPair[] => {
  const full = pairs.filter(({ verdict }) => verdict === 'same');
  const people = new Groups(group.map(({ record }) => record));
  for (const { a, b } of full) people.join(a.record, b.record);
  if (people.count() > MOST_AT_ONE_HANDLE) return [];
  const isTornFrom = (one: Bearer, other: Bearer): boolean =>
    pairs.every(({ a, b, verdict }) => {
      const third = a === one ? b : b === one ? a : undefined;
      return !third || people.areTogether(third.record, other.record) || verdict === 'apart';
    });
  const near = pairs.filter(
    ({ a, b, verdict }) => verdict === 'near' && (isTornFrom(a, b) || isTornFrom(b, a)),
  );
  return [...full, ...near];
};

/** Where nobody disagrees: a name that agrees, or one that was never written down. */
const joinable = (a: Bearer, b: Bearer, verdict: NameAgreement): boolean =>
  verdict === 'same' ||
  verdict === 'near' ||
  (verdict === 'unclear' && (a.name === undefined || b.name === undefined));

const pairsOf = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));

/**
 * Joined over several handles, two who disagree may end up as one. Then what joined them loosely is
 * taken back, step by step, until nobody in it disagrees.
 */
const withoutContradictions = (
  bearers: readonly Bearer[],
  joins: readonly Join[],
  verdictOf: (a: Bearer, b: Bearer) => NameAgreement,
): ReadonlyMap<string, Person> => {
  const known = new Map(bearers.map((bearer) => [bearer.record, bearer]));
  const persons = new Map<string, Person>();
  const settle = (records: readonly string[], own: readonly Join[], firmness: number): void => {
    const groups = new Groups(records);
    for (const { records: joined } of own) groups.join(...joined);
    for (const members of groups.all()) {
      const inside = new Set(members);
      const within = own.filter(({ records: [a] }) => inside.has(a));
      const everyone = members.flatMap((record) => known.get(record) ?? []);
      if (firmness <= FIRMEST && pairsOf(everyone).some(([a, b]) => verdictOf(a, b) === 'apart')) {
        const firmer = within.filter((join) => join.firmness > firmness);
        settle(members, firmer, firmness + 1);
        continue;
      }
      const person = personOf(members, within);
      for (const record of members) persons.set(record, person);
    }
  };
  settle([...known.keys()], joins, 0);
  return persons;
};

const FIRMEST = 2;

const personOf = (members: readonly string[], joins: readonly Join[]): Person => {
  const sorted = [...members].sort();
  return {
    id: sorted[0] ?? '',
    members: sorted,
    evidence: joins.map(({ firmness: _own, ...evidence }) => evidence),
  };
};

/** Nothing is left to ask once every two of them are one person or were told apart. */
const areAllRuled = (
  group: readonly Bearer[],
  persons: ReadonlyMap<string, Person>,
  ruled: ReadonlyMap<string, boolean>,
): boolean =>
  pairsOf(group).every(
    ([a, b]) =>
      persons.get(a.record) === persons.get(b.record) || ruled.has(pairOf(a.record, b.record)),
  );
