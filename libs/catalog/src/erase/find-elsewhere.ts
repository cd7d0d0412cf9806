import type { JsonObject } from '#libs/kernel';
import { documentPages, type Documents, type StoredDocument } from '#libs/ports/documents';

import { placeOf } from '../identities/identity-index.js';
import { kindNames, type KindName } from '../kinds/index.js';
import { stateOf, valuesOf } from '../merge/record-state.js';
import { isImpersonal } from '../project-records/former-names.js';
import { recordCollection } from '../project-records/generation.js';
import type { ErasureFind, FoundBy } from './erasure-plan.js';
import { foundIn, type PersonValues } from './values-of-person.js';

/** Of each kind, the newest so many are searched: an answer while somebody waits. */
const SEARCHED = 2_000;
const PAGE = 200;
/** More than anybody reads. */
const LISTED = 500;

export interface Search {
  readonly finds: readonly ErasureFind[];
  readonly searched: number;
  /** There are more records, or more finds, than that. */
  readonly bounded: boolean;
}

/** Looks through the records for a person's ids and values, except where they are known to stand. */
export const findElsewhere = async (
  documents: Documents,
  generation: number,
  values: PersonValues,
  isKnown: (record: string) => boolean,
): Promise<Search> => {
  const finds: ErasureFind[] = [];
  const ids = new Set(values.ids.map((record) => placeOf(record)[1]));
  let searched = 0;
  let bounded = false;
  for (const kind of kindNames.filter((name) => !isImpersonal(name))) {
    const { items, isCut } = await newest(documents, kind, generation);
    searched += items.length;
    bounded ||= isCut;
    for (const item of items) {
      const stream = `${kind}/${item.id}`;
      const by = isKnown(stream) ? undefined : heldBy(item, values, ids);
      if (by) finds.push({ stream, by });
    }
  }
  return {
    finds: finds.sort((a, b) => (a.stream < b.stream ? -1 : 1)).slice(0, LISTED),
    searched,
    bounded: bounded || finds.length > LISTED,
  };
};

const heldBy = (
  { body }: StoredDocument,
  values: PersonValues,
  ids: ReadonlySet<string>,
): FoundBy | undefined => {
  const said = valuesOf(stateOf(body as JsonObject));
  return foundIn(JSON.stringify(said), values) ?? (namesOneOf(said, ids) ? 'id' : undefined);
};

const namesOneOf = (said: JsonObject, ids: ReadonlySet<string>): boolean =>
  Object.values(said).some((value) => typeof value === 'string' && ids.has(value));

const newest = async (
  documents: Documents,
  kind: KindName,
  generation: number,
): Promise<{ readonly items: readonly StoredDocument[]; readonly isCut: boolean }> => {
  const items: StoredDocument[] = [];
  const query = { order: { field: 'updatedAt', descending: true }, limit: PAGE };
  for await (const page of documentPages(documents, recordCollection(kind, generation), query)) {
    if (items.length >= SEARCHED) return { items, isCut: true };
    items.push(...page);
  }
  return { items, isCut: false };
};
