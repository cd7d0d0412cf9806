import type { Fact } from '#libs/contracts';
import type { Id, JsonObject, Principals } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { kindOfStream } from '../erase/stream-kinds.js';
import { changesOf, recordKinds, type KindName } from '../kinds/index.js';
import { recordCollection, type Generations } from '../project-records/generation.js';
import type { MayRead, RecordReaders } from './readers.js';
import { EMPTY_STATE } from './shown-record.js';

interface WithheldFactsParts {
  readonly documents: Documents;
  readonly generations: Generations;
  readonly readers: RecordReaders;
}

/** Of these facts, those whose content is for other eyes. */
export type WithheldFacts = (
  principals: Principals,
  facts: readonly Fact[],
) => Promise<ReadonlySet<Id>>;

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
  async (principals, facts) => {
    const limited = facts.map((fact) => limitedIn(readers, fact));
    const states = await statesOf(documents, generations, limited.flat());
    const mayRead = readers.readableBy(principals);
    const withheld = facts.filter((_fact, i) =>
      limited[i]?.some((record) => !maySee(mayRead, record, states)),
    );
    return new Set(withheld.map(({ id }) => id));
  };

/** Most kinds are for all of the staff: of their facts no record is looked up. */
const limitedIn = (readers: RecordReaders, fact: Fact): readonly LimitedRecord[] => {
  const limited = (kind: KindName | undefined): kind is KindName =>
    kind !== undefined && !readers.isForAllStaff(kind);
  const own = kindOfStream(fact.stream);
  try {
    return changesOf(fact).filter(({ kind }) => limited(kind));
  } catch {
    return limited(own) ? [{ kind: own }] : [];
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
  return recordKinds[kind].isForAllStaff && mayRead(kind, EMPTY_STATE);
};
