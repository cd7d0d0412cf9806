import type { JsonObject } from '#libs/kernel';
import type { Collection, FencedDocument, StoredDocument } from '#libs/ports/documents';

import { kindNames, recordKinds, type Change, type KindName } from '../kinds/index.js';
import { namesOf, type RecordNaming } from '../kinds/naming.js';

const collections = new Map<number, Collection>();

/**
 * Whom a record named once and names no more: a call's contact changes. Facts of the record's stream still speak of
 * that other one, and no list finds them by it. And what a record cites: an answer has many sources, and no list
 * finds it by each of them. Rare, so most facts add nothing here.
 */
export const formerNamesCollection = (generation: number): Collection => {
  let collection = collections.get(generation);
  if (!collection) {
    collection = { name: `former_names_${generation}`, fields: ['namer', 'record'] };
    collections.set(generation, collection);
  }
  return collection;
};

const ends: ReadonlySet<KindName> = new Set<KindName>([
  'chat_room',
  'chat_user',
  'colleague',
  'listing',
  'phone_number',
]);

/** Where the walk of an erasure ends: everybody names these. */
export const isEnd = (kind: KindName): boolean => ends.has(kind);

/** Facts of these kinds have no personal part. */
export const isImpersonal = (kind: KindName): boolean => kind === 'calendar_day';

/** Whom records of a kind name, and an erasure follows. Asked for each record of each batch. */
const followed = new Map<KindName, readonly RecordNaming[]>(
  kindNames
    .filter((name) => !isImpersonal(name))
    .map((name) => [name, namesOf(name).filter(({ kind }) => !isEnd(kind))]),
);

/** One record of a batch, before and after it. */
interface WrittenRecord {
  readonly before: StoredDocument | undefined;
  readonly after: FencedDocument;
  readonly changes: readonly Change[];
}

/** Whom a record of this batch named before it, or by a fact that is not its newest, and names no more; what it cites. */
export const formerNamesIn = (
  kind: KindName,
  { before, after, changes }: WrittenRecord,
): readonly FencedDocument[] => {
  const former: FencedDocument[] = [];
  for (const { field, kind: named } of followed.get(kind) ?? []) {
    const now = after.fields?.[field];
    const add = (id: unknown): void => {
      if (typeof id === 'string' && id !== now)
        former.push(formerName(`${named}/${id}`, `${kind}/${after.id}`, after));
    };
    add(before?.fields?.[field]);
    for (const { fields } of changes) add(fields[field]);
  }
  for (const cited of recordKinds[kind].citedIn(after.body as JsonObject))
    former.push(formerName(cited, `${kind}/${after.id}`, after));
  return former;
};

const formerName = (record: string, namer: string, { fence }: FencedDocument): FencedDocument => ({
  id: `${record} ${namer}`,
  body: {},
  fields: { namer, record },
  fence,
});
