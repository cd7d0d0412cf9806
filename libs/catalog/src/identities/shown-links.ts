import { recordKinds, type KindName } from '../kinds/index.js';
import type { MayRead } from '../read-records/readers.js';
import { placeOf, type IdentityIndex } from './identity-index.js';
import type { Handle } from './handles.js';
import type { Evidence, Person } from './resolve-identities.js';

/** A record as a line in a list. */
export interface NamedRecord {
  readonly kind: KindName;
  readonly id: string;
  readonly displayName: string;
}

/** Why two records are held to be about one person; the value is the number or mail they share. */
export interface ShownEvidence {
  readonly records: readonly [string, string];
  readonly by: 'mail' | 'number' | 'provider_id' | 'ruling';
  readonly value?: string;
}

export interface LinkedPerson {
  /** The least of its members' names: always the same, until a member joins or leaves. */
  readonly id: string;
  readonly members: readonly NamedRecord[];
  readonly evidence: readonly ShownEvidence[];
}

export const kindOfHandle = (handle: Handle): 'mail' | 'number' =>
  handle.startsWith('tel:') ? 'number' : 'mail';

export const valueOf = (handle: Handle): string => handle.slice(handle.indexOf(':') + 1);

/** Of these records, those that the reader may not see. */
export const hiddenAmong = async (
  index: IdentityIndex,
  mayRead: MayRead,
  records: readonly string[],
): Promise<ReadonlySet<string>> =>
  new Set(
    [...(await index.states([...new Set(records)]))].flatMap(([record, state]) =>
      mayRead(placeOf(record)[0], state) ? [] : [record],
    ),
  );

export const namedRecords = async (
  index: IdentityIndex,
  mayRead: MayRead,
  records: readonly string[],
): Promise<readonly NamedRecord[]> => {
  const states = await index.states(records);
  return records.flatMap((record): NamedRecord[] => {
    const [kind, id] = placeOf(record);
    const state = states.get(record);
    if (!state || !mayRead(kind, state)) return [];
    const { displayName } = recordKinds[kind].view(state);
    return [{ kind, id, displayName: typeof displayName === 'string' ? displayName : id }];
  });
};

/** As much of a person as the reader may see. */
export const shownPerson = async (
  index: IdentityIndex,
  mayRead: MayRead,
  { evidence, id, members }: Person,
  leading: readonly ShownEvidence[] = [],
): Promise<LinkedPerson> => {
  const all = [...leading, ...evidence.map(shownEvidence)];
  const hidden = await hiddenAmong(
    index,
    mayRead,
    all.flatMap(({ records }) => records),
  );
  const shown = await namedRecords(index, mayRead, members);
  const [first] = shown.map((one) => `${one.kind}/${one.id}`).sort();
  return {
    // A person is named after the least of its records: here, of those that the reader may see.
    id: first ?? id,
    members: shown,
    evidence: all.filter(({ records }) => !records.some((record) => hidden.has(record))),
  };
};

const shownEvidence = ({ handle, records }: Evidence): ShownEvidence =>
  handle === undefined
    ? { records, by: 'ruling' }
    : { records, by: kindOfHandle(handle), value: valueOf(handle) };
