import type { Fact } from '#libs/contracts';
import type { Id, JsonObject } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { kindBesideStream } from '../erase/stream-kinds.js';
import { isForAdmins } from '../kinds/for-admins.js';
import { changesOf, recordKinds, type KindName } from '../kinds/index.js';
import { recordCollection, type Generations } from '../project-records/generation.js';
import { isHiddenOverApi, type ApiReader, type MayRead, type RecordReaders } from './readers.js';
import { EMPTY_STATE } from './shown-record.js';

interface WithheldFactsParts {
  readonly documents: Documents;
  readonly generations: Generations;
  readonly readers: RecordReaders;
}

/**
 * Of these facts, those that are for other eyes: `withheld` shows that they are there and not what they say, `hidden`
 * not even that.
 */
export type WithheldFacts = (
  reader: ApiReader,
  facts: readonly Fact[],
) => Promise<ReadonlyMap<Id, 'hidden' | 'withheld'>>;

/** Of a kind of which not every member of the staff may read each record. */
interface LimitedRecord {
  readonly kind: KindName;
  /** Missing where the fact cannot be read: then its kind alone decides. */
  readonly id?: string;
}

/**
 * Who may not read a record may not read it in a fact either. The content of a fact is for those who may read every
 * record that it says something of, as these are now. What is not a record yet is for nobody whom its kind does not
 * let in.
 */
export const withheldFacts =
  ({ documents, generations, readers }: WithheldFactsParts): WithheldFacts =>
  async (reader, facts) => {
    const limited = facts.map((fact) => limitedIn(readers, fact));
    const states = await statesOf(documents, generations, limited.flat());
    const mayRead = readers.readableOverApi(reader);
    const judged = new Map<Id, 'hidden' | 'withheld'>();
    for (const [i, { id }] of facts.entries()) {
      const records = limited[i] ?? [];
      if (records.some(({ kind }) => isHiddenOverApi(kind, reader))) judged.set(id, 'hidden');
      else if (records.some((record) => !maySee(mayRead, record, states)))
        judged.set(id, 'withheld');
    }
    return judged;
  };

/** Most kinds are for all of the staff: of their facts no record is looked up. */
const limitedIn = (readers: RecordReaders, fact: Fact): readonly LimitedRecord[] => {
  const isLimited = (kind: KindName): boolean => isForAdmins(kind) || !readers.isForAllStaff(kind);
  const own = kindBesideStream(fact.stream);
  const ofStream = own !== undefined && isLimited(own) ? [{ kind: own }] : [];
  try {
    const named = changesOf(fact).filter(({ kind }) => isLimited(kind));
    // What is said beside the records of such a kind, an announcement, is theirs too.
    return own !== undefined && isForAdmins(own) ? [...named, ...ofStream] : named;
  } catch {
    return ofStream;
  }
};

type States = ReadonlyMap<string, JsonObject>;

const statesOf = async (
  documents: Documents,
  generations: Generations,
  records: readonly LimitedRecord[],
): Promise<States> => {
  const ids = new Map<KindName, Set<string>>();
  for (const { kind, id } of records)
    if (id !== undefined) ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
  const states = new Map<string, JsonObject>();
  if (ids.size === 0) return states;
  const generation = await generations.live();
  for (const [kind, named] of ids) {
    const found = await documents.get(recordCollection(kind, generation), [...named]);
    for (const one of found) if (one) states.set(`${kind}/${one.id}`, one.body as JsonObject);
  }
  return states;
};

const maySee = (mayRead: MayRead, { kind, id }: LimitedRecord, states: States): boolean => {
  const state = id === undefined ? undefined : states.get(`${kind}/${id}`);
  if (state) return mayRead(kind, state);
  return (recordKinds[kind].isForAllStaff || isForAdmins(kind)) && mayRead(kind, EMPTY_STATE);
};
