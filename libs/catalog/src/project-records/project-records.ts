import type { Fact } from '#libs/contracts';
import { asFault, type JsonObject } from '#libs/kernel';
import type { Fence, FencedDocument, StoredDocument } from '#libs/ports/documents';
import type { StoredFact } from '#libs/ports/event-log';

import { keepClaims, movedAmong, recordOf } from '../identities/keep-claims.js';
import { keepQuestions } from '../identities/keep-questions.js';
import { keepRulings, SETTLED } from '../identities/keep-rulings.js';
import { changesOf, type Change, type KindName } from '../kinds/index.js';
import { fold, stateOf } from '../merge/record-state.js';
import { announce } from './announce.js';
import { carryOutErasure } from './carry-out-erasure.js';
import { formerNamesCollection, formerNamesIn } from './former-names.js';
import { parkedFactsCollection, recordCollection } from './generation.js';
import { parkedFact } from './parked-fact.js';
import type { ProjectionOptions, ProjectionParts } from './projection.js';
import { recordDocuments, signalOf } from './record-document.js';
import { isDefect, unreadableAmong } from './unreadable.js';

/** Folds facts into records. The same code for live, catch-up and rebuild. */
export type ProjectRecords = (facts: readonly StoredFact[]) => Promise<void>;

export const projectRecords =
  (ports: ProjectionParts) =>
  (options: ProjectionOptions): ProjectRecords =>
  async (facts) => {
    for (const part of splitAtErasures(facts)) await parkingUnreadable(ports, options, part);
  };

/** All at once; each fact by itself only if that fails. */
const parkingUnreadable = async (
  ports: ProjectionParts,
  options: ProjectionOptions,
  part: readonly StoredFact[],
): Promise<void> => {
  try {
    await applyPart(ports, options, part);
  } catch (thrown) {
    const unreadable = isDefect(thrown) ? await unreadableAmong(ports, part) : [];
    if (unreadable.length === 0) throw thrown;
    await ports.documents.put(
      parkedFactsCollection,
      unreadable.map((fact) => parkedFact(fact, options.generation, 'CATALOG_FACT_UNFOLDABLE')),
    );
    await applyPart(
      ports,
      options,
      part.filter((fact) => !unreadable.includes(fact)),
    );
  }
};

const applyPart = async (
  ports: ProjectionParts,
  options: ProjectionOptions,
  part: readonly StoredFact[],
): Promise<void> => {
  await foldIntoRecords(ports, options, await ports.journal.openEach(part));
  for (const erasure of ports.journal.decode(part.filter(isErasure)))
    await carryOutErasure(ports, options, erasure);
};

const isErasure = ({ type }: { readonly type: string }): boolean => type === 'log.stream.erased.v1';

/** An erasure changes records that were folded before it, so it ends its part. */
const splitAtErasures = (facts: readonly StoredFact[]): (readonly StoredFact[])[] => {
  const parts: StoredFact[][] = [[]];
  for (const fact of facts) {
    parts.at(-1)?.push(fact);
    if (isErasure(fact)) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
};

/** What a batch of facts says of one record, and the place of the last that says something. */
interface Touched {
  readonly changes: Change[];
  last: Fence;
}

/** Writes what these facts change; all kinds in one turn, so that they are one commit. */
const foldIntoRecords = async (
  ports: ProjectionParts,
  { generation, signals }: ProjectionOptions,
  facts: Iterable<Fact>,
): Promise<void> => {
  const { documents, bus, keys } = ports;
  const { touched, parked, settled, since, until } = read(facts, generation);
  const former: FencedDocument[] = [];
  const written = await Promise.all(
    [...touched].map(async ([kind, records]) => {
      const collection = recordCollection(kind, generation);
      const ids = [...records.keys()];
      const stored = await documents.get(collection, ids);
      const folded = [...records].map(([id, { changes, last }], i) => {
        const before = stateOf(stored[i]?.body as JsonObject | undefined);
        return { id, state: newestFirst(changes).reduce(fold, before), fence: last };
      });
      const puts = await recordDocuments(keys, kind, folded);
      const moved = movedAmong(kind, stored, puts, since);
      former.push(...formerNames(kind, records, stored, puts));
      const [outcomes, prints] = await Promise.all([
        documents.put(collection, puts),
        keepClaims(ports, generation, moved),
      ]);
      return {
        signals: puts.filter((_, i) => outcomes[i] !== 'stale').map((put) => signalOf(kind, put)),
        records: moved.map(recordOf),
        prints,
      };
    }),
  );
  if (former.length > 0) await documents.put(formerNamesCollection(generation), former);
  if (parked.length > 0) await documents.put(parkedFactsCollection, parked);
  if (signals)
    await announce(
      bus,
      written.flatMap((each) => each.signals),
    );
  const ruled = await keepRulings(documents, generation, settled);
  await keepQuestions(ports, generation, {
    records: [...written.flatMap(({ records }) => records), ...ruled],
    prints: written.flatMap(({ prints }) => prints),
    fence: until,
  });
};

const formerNames = (
  kind: KindName,
  records: ReadonlyMap<string, Touched>,
  stored: readonly (StoredDocument | undefined)[],
  puts: readonly FencedDocument[],
): FencedDocument[] =>
  puts.flatMap((after, i) =>
    formerNamesIn(kind, {
      before: stored[i],
      after,
      changes: records.get(after.id)?.changes ?? [],
    }),
  );

/** In any order they give one state; in this one, most of what a line is told in a batch says nothing new. */
const newestFirst = (changes: readonly Change[]): readonly Change[] =>
  changes.length === 1 ? changes : [...changes].sort((a, b) => (a.key < b.key ? 1 : -1));

interface Read {
  readonly touched: ReadonlyMap<KindName, ReadonlyMap<string, Touched>>;
  readonly parked: readonly FencedDocument[];
  /** What operators settled of who is who. */
  readonly settled: readonly Fact[];
  /** The places of the first, and of the last that says anything. */
  readonly since: number;
  readonly until: Fence;
}

const read = (facts: Iterable<Fact>, generation: number): Read => {
  const touched = new Map<KindName, Map<string, Touched>>();
  const parked: FencedDocument[] = [];
  const settled: Fact[] = [];
  let since: number | undefined;
  let until = { era: 0, position: 0 };
  for (const fact of facts) {
    since ??= fact.position;
    try {
      const changes = changesOf(fact);
      for (const change of changes) add(touched, change, fact);
      if (fact.type === SETTLED) settled.push(fact);
      else if (changes.length === 0) continue;
      until = { era: fact.era, position: fact.position };
    } catch (thrown) {
      parked.push(parkedFact(fact, generation, asFault(thrown).code));
    }
  }
  return { touched, parked, settled, since: since ?? 0, until };
};

const add = (
  touched: Map<KindName, Map<string, Touched>>,
  change: Change,
  { era, position }: Fence,
): void => {
  let records = touched.get(change.kind);
  if (!records) touched.set(change.kind, (records = new Map<string, Touched>()));
  const last = { era, position };
  const record = records.get(change.id);
  if (record) {
    record.changes.push(change);
    record.last = last;
  } else records.set(change.id, { changes: [change], last });
};
