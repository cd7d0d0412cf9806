import type { JsonObject } from '#libs/kernel';

import type { ScopeChoice } from '../retrieval.js';
import type { LinkedPersonGroup } from './linked-people.js';
import type { LinkedStay } from './linked-stays.js';
import { textOf } from './view-fields.js';

/** More choices than a person reads. */
const MOST_CHOICES = 5;

const labelOf = (name: string, stay: LinkedStay | undefined): string => {
  if (!stay) return name;
  const { from, homeName, to } = stay;
  return `${name} (${[homeName, `${from} – ${to}`].filter(Boolean).join(', ')})`;
};

export const choicesOfStays = (stays: readonly LinkedStay[]): readonly ScopeChoice[] =>
  stays.slice(0, MOST_CHOICES).map((stay) => ({
    id: stay.record,
    name: labelOf(stay.guestName ?? stay.record, stay),
  }));

export const choicesOfHomes = (homes: ReadonlyMap<string, JsonObject>): readonly ScopeChoice[] =>
  [...homes].slice(0, MOST_CHOICES).map(([id, home]) => ({
    id,
    name: textOf(home, 'nickname') ?? textOf(home, 'displayName') ?? id,
  }));

/** With the stay that tells one from another of the same name. */
export const choicesOfPeople = (
  people: readonly (LinkedPersonGroup & { readonly stay: LinkedStay | undefined })[],
): readonly ScopeChoice[] =>
  people.slice(0, MOST_CHOICES).flatMap(({ members, name, stay }) => {
    // A guest leads to the stays; an entry of the address book does not.
    const first = members.find(({ id }) => id.startsWith('guest/')) ?? members[0];
    return first ? [{ id: first.id, name: labelOf(name, stay) }] : [];
  });
