import type { Fact } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import type { Id, JsonObject, Principals } from '#libs/kernel';
import type { Documents, FieldValue, StoredDocument } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';

import { changesOf, kindNames, recordKinds, type KindName } from '../kinds/index.js';
import {
  parkedFactsCollection,
  recordCollection,
  type Generations,
} from '../project-records/generation.js';
import { stateOf, valuesOf } from '../merge/record-state.js';
import { recordAt } from './record-at.js';
import { recordsInRange, type RecordRange, type RecordsInRange } from './records-in-range.js';
import { isHiddenOverApi, type ApiReader, type MayRead, type RecordReaders } from './readers.js';
import { factIdsIn, historyOf, type RecordHistory } from './history.js';
import { filledPage } from './filled-page.js';
import { EMPTY_STATE, shownRecord } from './shown-record.js';

export interface RecordQuery {
  readonly kind: KindName;
  /** Equalities over fields of `filtersOf`. */
  readonly where?: Readonly<Record<string, FieldValue>>;
  /** Only what changed later, by the source's clock (ms). */
  readonly updatedAfter?: number;
  readonly after?: string;
  readonly limit: number;
}

export interface RecordPage {
  readonly items: readonly JsonObject[];
  readonly next?: string;
}

/** Where a record stands, for those who follow a fact to it. */
export interface RecordPlace {
  readonly kind: KindName;
  readonly id: string;
  /** The last fact that was folded into it, or looked at for it. */
  readonly era: number;
  readonly position: number;
  readonly gone: boolean;
  /** The facts it rests on now. */
  readonly facts: readonly Id[];
}

/** A fact the catalog could not fold, and why. */
export interface ParkedFact {
  readonly fact: Id;
  readonly type: string;
  readonly stream: string;
  readonly position: number;
  readonly code: string;
}

/** Records for certain eyes: those for others do not exist. */
export interface ReadRecords {
  /**
   * Newest change first; with `updatedAfter` oldest first, so that who follows goes on from the end. A page before the
   * last one is full, unless nearly all of a long list is for others.
   */
  list(query: RecordQuery): Promise<RecordPage>;
  show(kind: KindName, id: string): Promise<JsonObject | undefined>;
  /** By `kind/id`, with one question to the store a kind; those that are not there, or not for these eyes, are left out. */
  showMany(records: readonly string[]): Promise<ReadonlyMap<string, JsonObject>>;
  /** Those whose field lies in a range, in its order: what happens between two days. */
  inRange(range: RecordRange): Promise<RecordsInRange>;
  /** A record as its source had it at a time (ms); not for who may not read it now. */
  showAt(kind: KindName, id: string, at: number): Promise<JsonObject | undefined>;
  /** The facts that made a record, oldest first, after a position. */
  history(kind: KindName, id: string, after: number, limit: number): Promise<RecordHistory>;
  /** Ids are unique within a kind only, so one may name several. */
  places(id: string): Promise<readonly RecordPlace[]>;
  /** The records a fact says something of, as they stand now. */
  placesOf(fact: Fact): Promise<readonly RecordPlace[]>;
  parked(limit: number): Promise<readonly ParkedFact[]>;
}

interface ReadRecordsParts {
  readonly documents: Documents;
  readonly log: EventLog;
  readonly journal: Journal;
  readonly generations: Generations;
}

/** Not to be asked for: lists hold what is not deleted, and time has a bound of its own. */
const NOT_FILTERS = new Set(['deleted', 'updatedAt']);

/** What a list of this kind can be filtered by, beside `updatedAfter`. */
export const filtersOf = (kind: KindName): readonly string[] =>
  recordKinds[kind].fields.filter((field) => !NOT_FILTERS.has(field));

export const readRecords =
  ({ readers, ...ports }: ReadRecordsParts & { readonly readers: RecordReaders }) =>
  (principals: Principals): ReadRecords =>
    recordsSeenBy(ports, readers.readableBy(principals));

/** The same over the API, where some kinds are for administrators alone. */
export const recordsOverApi =
  ({ readers, ...ports }: ReadRecordsParts & { readonly readers: RecordReaders }) =>
  (reader: ApiReader): ReadRecords => {
    const seen = recordsSeenBy(ports, readers.readableOverApi(reader));
    return {
      ...seen,
      list: async (query) =>
        isHiddenOverApi(query.kind, reader) ? { items: [] } : seen.list(query),
    };
  };

export const recordsSeenBy = (ports: ReadRecordsParts, mayRead: MayRead): ReadRecords => {
  const { documents, generations } = ports;

  const load = async (kind: KindName, id: string): Promise<StoredDocument | undefined> => {
    const collection = recordCollection(kind, await generations.live());
    const [found] = await documents.get(collection, [id]);
    return found && mayRead(kind, found.body as JsonObject) ? found : undefined;
  };

  const place = async (kind: KindName, id: string): Promise<RecordPlace | undefined> => {
    const found = await load(kind, id);
    return found && placed(kind, found);
  };

  return {
    list: (query) => listRecords(ports, mayRead, query),

    async show(kind, id) {
      const found = await load(kind, id);
      return found && shownRecord(kind, found.body as JsonObject, mayRead);
    },

    async showAt(kind, id, at) {
      const found = await load(kind, id);
      if (!found) return undefined;
      const { life } = valuesOf(stateOf(found.body as JsonObject));
      return recordAt(ports, mayRead, { kind, id, at, life });
    },

    inRange: (range) => recordsInRange(ports, mayRead, range),

    showMany: (records) => showMany(ports, mayRead, records),

    async history(kind, id, after, limit) {
      const found = await load(kind, id);
      if (!found) return { items: [] };
      const rests = factIdsIn(found.body as JsonObject);
      return historyOf(ports, { stream: `${kind}/${id}`, rests, after, limit });
    },

    async places(id) {
      const [, kind, rest] = /^(\w+)\/(.+)$/.exec(id) ?? [];
      const named = kindNames.filter((name) => kind === undefined || name === kind);
      return present(await Promise.all(named.map((name) => place(name, rest ?? id))));
    },

    async placesOf(fact) {
      return present(await Promise.all(changes(fact).map(({ kind, id }) => place(kind, id))));
    },

    async parked(limit) {
      const { items } = await documents.query(parkedFactsCollection, {
        where: { generation: await generations.live() },
        order: { field: 'position' },
        limit,
      });
      return items.map(({ body }) => body as unknown as ParkedFact);
    },
  };
};

const showMany = async (
  { documents, generations }: ReadRecordsParts,
  mayRead: MayRead,
  records: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> => {
  const shown = new Map<string, JsonObject>();
  const generation = records.length > 0 ? await generations.live() : 0;
  for (const kind of kindNames) {
    const ids = records
      .filter((record) => record.startsWith(`${kind}/`))
      .map((record) => record.slice(kind.length + 1));
    if (ids.length === 0) continue;
    const found = await documents.get(recordCollection(kind, generation), ids);
    for (const one of found)
      if (one && mayRead(kind, one.body as JsonObject))
        shown.set(`${kind}/${one.id}`, shownRecord(kind, one.body as JsonObject, mayRead));
  }
  return shown;
};

const listRecords = async (
  { documents, generations }: ReadRecordsParts,
  mayRead: MayRead,
  { kind, where, updatedAfter, after, limit }: RecordQuery,
): Promise<RecordPage> => {
  // Of a kind that these eyes may not read there is nothing to look for.
  if (recordKinds[kind].isForAllStaff && !mayRead(kind, EMPTY_STATE)) return { items: [] };
  const collection = recordCollection(kind, await generations.live());
  const query = {
    where: { ...where, deleted: 0 },
    order: { field: 'updatedAt', descending: updatedAfter === undefined },
    // The store's bound includes its value; times are whole milliseconds.
    ...(updatedAfter !== undefined && { from: updatedAfter + 1 }),
  };
  return filledPage(
    { limit, ...(after !== undefined && { after }) },
    (page) => documents.query(collection, { ...query, ...page }),
    (stored) =>
      stored
        .map(({ body }) => body as JsonObject)
        .filter((state) => mayRead(kind, state))
        .map((state) => shownRecord(kind, state, mayRead)),
  );
};

const placed = (kind: KindName, { id, body, fence }: StoredDocument): RecordPlace => ({
  kind,
  id,
  era: fence?.era ?? 0,
  position: fence?.position ?? 0,
  gone: recordKinds[kind].isGone(body as JsonObject),
  facts: factIdsIn(body as JsonObject),
});

const present = (places: readonly (RecordPlace | undefined)[]): readonly RecordPlace[] =>
  places.filter((one) => one !== undefined);

/** A fact that cannot be read is parked; it says nothing of any record. */
const changes = (fact: Fact): ReturnType<typeof changesOf> => {
  try {
    return changesOf(fact);
  } catch {
    return [];
  }
};
