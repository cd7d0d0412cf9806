import type { Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import type { KindName } from '../kinds/index.js';
import { stateOf, type RecordState } from '../merge/record-state.js';
import { recordCollection } from '../project-records/generation.js';
import { claimsCollection, rulingsCollection } from './collections.js';
import type { Handle } from './handles.js';
import { printsOf, type Print } from './prints.js';
import type { Ruling } from './resolve-identities.js';

export interface IdentityParts {
  readonly documents: Documents;
  readonly keys: Pick<Keys, 'fingerprint'>;
}

/** Behind more than these is a switchboard or an agency: nobody is looked for there. */
export const MOST_CLAIMS = 24;

/** What one generation knows of handles, rulings and records, each asked for once. */
export interface IdentityIndex {
  /** By their names, `guest/guesty.main.65f…`; what is not there is left out. */
  states(records: readonly string[]): Promise<ReadonlyMap<string, RecordState>>;
  prints(handles: Iterable<Handle>): Promise<ReadonlyMap<Handle, Print>>;
  /** Records that claim it: of a switchboard only so many that it shows. */
  claimants(print: Print): Promise<readonly string[]>;
  rulings(record: string): Promise<readonly Ruling[]>;
}

export const placeOf = (record: string): readonly [kind: KindName, id: string] => {
  const at = record.indexOf('/');
  return [record.slice(0, at) as KindName, record.slice(at + 1)];
};

export const identityIndex = (
  { documents, keys }: IdentityParts,
  generation: number,
): IdentityIndex => {
  const claims = new Map<Print, Promise<readonly string[]>>();
  let rulings: Promise<boolean> | undefined;

  const claimants = async (print: Print): Promise<readonly string[]> => {
    const { items } = await documents.query(claimsCollection(generation), {
      where: { handle: print },
      limit: MOST_CLAIMS + 2,
    });
    return items.map(({ fields }) => String(fields?.record));
  };
  const hasRulings = async (): Promise<boolean> =>
    (await documents.query(rulingsCollection(generation), { limit: 1 })).items.length > 0;

  return {
    states: (records) => states(documents, generation, records),
    prints: (handles) => printsOf(keys, handles),
    claimants(print) {
      let found = claims.get(print);
      if (!found) claims.set(print, (found = claimants(print)));
      return found;
    },
    async rulings(record) {
      if (!(await (rulings ??= hasRulings()))) return [];
      return rulingsOf(documents, generation, record);
    },
  };
};

const states = async (
  documents: Documents,
  generation: number,
  records: readonly string[],
): Promise<ReadonlyMap<string, RecordState>> => {
  const idsOf = new Map<KindName, string[]>();
  for (const record of records) {
    const [kind, id] = placeOf(record);
    const ids = idsOf.get(kind);
    if (ids) ids.push(id);
    else idsOf.set(kind, [id]);
  }
  const found = new Map<string, RecordState>();
  for (const [kind, ids] of idsOf)
    for (const document of await documents.get(recordCollection(kind, generation), ids))
      if (document) found.set(`${kind}/${document.id}`, stateOf(document.body as never));
  return found;
};

/** So many settled pairs of one record as no operator makes. */
const MOST_RULINGS = 200;

export const rulingsOf = async (
  documents: Documents,
  generation: number,
  record: string,
): Promise<readonly Ruling[]> => {
  const { items } = await documents.query(rulingsCollection(generation), {
    where: { record },
    limit: MOST_RULINGS,
  });
  return items.map(({ body }) => body as unknown as Ruling);
};
