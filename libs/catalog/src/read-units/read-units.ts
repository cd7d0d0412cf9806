import type { JsonObject } from '#libs/kernel';
import type { Documents, Fence, StoredDocument } from '#libs/ports/documents';

import { kindNames, recordKinds, type KindName } from '../kinds/index.js';
import { recordCollection, type Generations } from '../project-records/generation.js';
import { isKind, ownUnit, partsOf, unitNamed, type UnitName } from './unit-names.js';
import type { RecordInUnit, RecordUnit } from './record-unit.js';

/** Which record is meant, by any of its kind’s names. A kind that this version does not know has no records. */
export interface RecordPointer {
  readonly kind: string;
  readonly id: string;
}

export interface UnitNamePage {
  readonly units: readonly string[];
  /** The record to go on after; missing on the last page. */
  readonly next?: string;
}

/**
 * Records as what is searched. Of the live generation unless told. No rights are asked: who hands any of it to a
 * person asks them.
 */
export interface ReadUnits {
  /** Every kind of record, in one order. */
  readonly kinds: readonly KindName[];

  /** The generation that people read now. */
  live(): Promise<number>;

  /**
   * The units that these records are of, as they stand now; each unit once. A message is of its talk, and of the thread
   * that it may have begun.
   */
  unitsOf(records: readonly RecordPointer[], generation?: number): Promise<readonly string[]>;

  /** One each, in order. What nobody has is a unit without records. */
  load(units: readonly string[], generation?: number): Promise<readonly RecordUnit[]>;

  /** One each (`kind/id`), in order, with one `get` a kind; missing where it is gone. */
  get(
    records: readonly string[],
    generation?: number,
  ): Promise<readonly (RecordInUnit | undefined)[]>;

  /**
   * Every unit by the records of one kind, page by page. A thread comes once: with the record that it is, or else with the
   * first of its messages.
   */
  all(
    kind: KindName,
    page: { readonly after?: string; readonly limit: number },
    generation?: number,
  ): Promise<UnitNamePage>;
}

interface ReadUnitsParts {
  readonly documents: Pick<Documents, 'get' | 'query'>;
  readonly generations: Pick<Generations, 'live'>;
}

/**
 * Of a longer thread, its newest messages are searched. The whole thread is read and cut again at each message, so
 * without a bound one endless thread would hold up everything else.
 */
export const LONGEST_THREAD = 1_000;

const NOWHERE: Fence = { era: 0, position: 0 };

export const readUnits = ({ documents, generations }: ReadUnitsParts): ReadUnits => {
  const inGeneration = (given: number | undefined): Promise<number> =>
    given === undefined ? generations.live() : Promise.resolve(given);

  return {
    kinds: kindNames,

    live: () => generations.live(),

    async unitsOf(records, given) {
      const stored = await storedOf(documents, await inGeneration(given), records.filter(isKnown));
      return [...new Set(records.map((record) => stored(record)).flatMap(unitsOfStored))];
    },

    async load(units, given) {
      const generation = await inGeneration(given);
      const names = units.map(unitNamed);
      const stored = await storedOf(documents, generation, names.filter(isKnown));
      return Promise.all(
        names.map(async (name) => {
          const parts = await partsIn(documents, generation, name);
          return unitOf(name, generation, { own: headOf(stored(name), parts), parts });
        }),
      );
    },

    async get(records, given) {
      const names = records.map(unitNamed);
      const stored = await storedOf(documents, await inGeneration(given), names.filter(isKnown));
      return names.map((name) => {
        const { document } = stored(name);
        return document && isKnown(name) ? recordIn(name.kind, document) : undefined;
      });
    },

    async all(kind, { after, limit }, given) {
      const generation = await inGeneration(given);
      const collection = recordCollection(kind, generation);
      // From the last id on, that one included: a cursor of the store would not outlive a change of generation.
      const { items } = await documents.query(collection, {
        ...(after !== undefined && { from: after }),
        limit: limit + 1,
      });
      const page = items.filter(({ id }) => id !== after).slice(0, limit);
      const units = await unitsWithoutTheirRecord(documents, generation, kind, page);
      const last = page.at(-1)?.id;
      return items.length > limit && last !== undefined ? { units, next: last } : { units };
    },
  };
};

const isKnown = <Name extends UnitName>(name: Name): name is Name & { readonly kind: KindName } =>
  isKind(name.kind);

interface StoredRecord {
  readonly name: UnitName;
  readonly document: StoredDocument | undefined;
}

/** One `get` a kind. */
const storedOf = async (
  documents: ReadUnitsParts['documents'],
  generation: number,
  names: readonly (UnitName & { readonly kind: KindName })[],
): Promise<(name: UnitName) => StoredRecord> => {
  const byKind = Map.groupBy(names, ({ kind }) => kind);
  const found = new Map<string, StoredDocument>();
  await Promise.all(
    [...byKind].map(async ([kind, some]) => {
      const ids = [...new Set(some.map(({ id }) => id))];
      const stored = await documents.get(recordCollection(kind, generation), ids);
      for (const document of stored) if (document) found.set(`${kind}/${document.id}`, document);
    }),
  );
  return (name) => ({ name, document: found.get(ownUnit(name)) });
};

const unitsOfStored = ({ name, document }: StoredRecord): readonly string[] => {
  const thread = threadOf(name, document);
  if (thread === undefined) return [ownUnit(name)];
  return mayBeHead(name) ? [thread, ownUnit(name)] : [thread];
};

/** The unit of the thread that a record is part of. */
const threadOf = ({ kind }: UnitName, document: StoredDocument | undefined): string | undefined => {
  const partOf = isKind(kind) ? recordKinds[kind].partOf : undefined;
  const thread = partOf && document?.fields?.[partOf.field];
  return thread === undefined || thread === ''
    ? undefined
    : ownUnit({ kind: partOf?.kind ?? '', id: String(thread) });
};

/** Messages that answer each other: one is part of a talk, and may be the head of a thread of its own. */
const mayBeHead = ({ kind }: UnitName): boolean => partsOf(kind).some((part) => part.kind === kind);

/** What is part of another thread is the head of its own only where anything is left in that. */
const headOf = (
  { name, document }: StoredRecord,
  parts: readonly PartInThread[],
): StoredDocument | undefined => {
  const thread = threadOf(name, document);
  // What answers itself is among the parts already.
  if (thread === ownUnit(name)) return undefined;
  const isHead =
    thread === undefined || parts.some((part) => recordIn(part.kind, part.document) !== undefined);
  return isHead ? document : undefined;
};

/** The newest messages of the thread that this record is, oldest first. */
const partsIn = async (
  documents: ReadUnitsParts['documents'],
  generation: number,
  { kind, id }: UnitName,
): Promise<readonly PartInThread[]> => {
  const parts = await Promise.all(
    partsOf(kind).map(async (part) => {
      const { items } = await documents.query(recordCollection(part.kind, generation), {
        where: { [part.field]: id },
        order: { field: 'updatedAt', descending: true },
        limit: LONGEST_THREAD,
      });
      return items.map((document) => ({ kind: part.kind, document }));
    }),
  );
  return parts.flatMap((some) => some.reverse());
};

interface PartInThread {
  readonly kind: KindName;
  readonly document: StoredDocument;
}

const unitOf = (
  name: UnitName,
  generation: number,
  { own, parts }: { own: StoredDocument | undefined; parts: readonly PartInThread[] },
): RecordUnit => {
  const kind = name.kind as KindName;
  const all = own ? [{ kind, document: own }, ...parts] : parts;
  // A thread that was deleted takes its messages with it; a message leaves the answers to it where they are.
  const isGone = own !== undefined && recordIn(kind, own) === undefined && !mayBeHead(name);
  return {
    unit: ownUnit(name),
    kind,
    generation,
    fence: all.map(({ document }) => document.fence ?? NOWHERE).reduce(newer, NOWHERE),
    records: isGone ? [] : all.flatMap(({ kind: of, document }) => recordIn(of, document) ?? []),
  };
};

const newer = (a: Fence, b: Fence): Fence =>
  a.era > b.era || (a.era === b.era && a.position >= b.position) ? a : b;

const recordIn = (
  kind: KindName,
  { id, body, fence }: StoredDocument,
): RecordInUnit | undefined => {
  const state = body as JsonObject;
  return recordKinds[kind].isGone(state) ? undefined : { kind, id, state, fence: fence ?? NOWHERE };
};

/**
 * A message whose thread has a record of another kind is met with that one. Any other thread or talk is met with its first
 * message, by id. A walk meets messages in that order, and would look at a talk again with each of them.
 */
const unitsWithoutTheirRecord = async (
  documents: ReadUnitsParts['documents'],
  generation: number,
  kind: KindName,
  page: readonly StoredDocument[],
): Promise<readonly string[]> => {
  const all = page.map((document) => {
    const name = { kind, id: document.id };
    return { id: document.id, own: ownUnit(name), thread: threadOf(name, document) };
  });
  const threads = [...new Set(all.flatMap(({ thread }) => thread ?? []))];
  const elsewhere = threads
    .map(unitNamed)
    .filter(isKnown)
    .filter((name) => name.kind !== kind);
  const stored = await storedOf(documents, generation, elsewhere);
  const firsts = await firstMessages(
    documents,
    generation,
    kind,
    threads.filter((thread) => !stored(unitNamed(thread)).document),
  );
  const units = all.flatMap(({ id, own, thread }) => {
    if (thread === undefined) return [own];
    return firsts.get(thread) === id ? [thread] : [];
  });
  return [...new Set(units)];
};

/** The ids of the first message of each of these threads. */
const firstMessages = async (
  documents: ReadUnitsParts['documents'],
  generation: number,
  kind: KindName,
  threads: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const field = recordKinds[kind].partOf?.field ?? '';
  const found = await Promise.all(
    threads.map(async (thread) => {
      const { items } = await documents.query(recordCollection(kind, generation), {
        where: { [field]: unitNamed(thread).id },
        limit: 1,
        bytes: false,
      });
      return items.map(({ id }) => [thread, id] as const);
    }),
  );
  return new Map(found.flat());
};
