import { topics, type Fact, type RecordSignal } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import { asFault, utf8, type JsonObject } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents, FencedDocument, StoredDocument } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

import { changesOf, kindNames, recordKinds, type KindName } from '../kinds/index.js';
import { parkedFactsCollection, recordCollection } from './generation.js';
import { refoldErased } from './refold-erased.js';

export interface ProjectionPorts {
  readonly journal: Journal;
  readonly log: EventLog;
  readonly documents: Documents;
  readonly bus: Bus;
}

export interface ProjectionOptions {
  readonly generation: number;
  /** Off while a rebuild runs beside the live one: nobody reads its records yet. */
  readonly signals: boolean;
}

/** Folds facts into records. The same code for live, catch-up and rebuild. */
export type ProjectRecords = (facts: readonly StoredFact[]) => Promise<void>;

export const projectRecords =
  (ports: ProjectionPorts) =>
  (options: ProjectionOptions): ProjectRecords =>
  async (facts) => {
    for (const part of splitAtErasures(facts)) {
      const opened = await ports.journal.open(part);
      await foldInto(ports, options, opened);
      for (const fact of opened) if (isErasure(fact)) await refoldErased(ports, options, fact);
    }
  };

const isErasure = ({ type }: { readonly type: string }): boolean => type === 'log.stream.erased.v1';

/** An erasure folds again what was folded before it, so it ends its part. */
const splitAtErasures = (facts: readonly StoredFact[]): (readonly StoredFact[])[] => {
  const parts: StoredFact[][] = [[]];
  for (const fact of facts) {
    parts.at(-1)?.push(fact);
    if (isErasure(fact)) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
};

type Touched = Map<string, Fact[]>;

/** Folds and writes what these facts change; all kinds in one turn, so that they are one commit. */
export const foldInto = async (
  { documents, bus }: Pick<ProjectionPorts, 'documents' | 'bus'>,
  { generation, signals }: ProjectionOptions,
  facts: readonly Fact[],
): Promise<void> => {
  const touched = new Map<KindName, Touched>(kindNames.map((kind) => [kind, new Map()]));
  const parked: FencedDocument[] = [];
  for (const fact of facts) {
    try {
      for (const { kind, id } of changesOf(fact)) add(touched.get(kind), id, fact);
    } catch (thrown) {
      parked.push(parkedFact(fact, generation, thrown));
    }
  }
  const written = await Promise.all(
    kindNames.map(async (kind) => {
      const records = touched.get(kind) ?? new Map<string, Fact[]>();
      if (records.size === 0) return [];
      const collection = recordCollection(kind, generation);
      const ids = [...records.keys()];
      const stored = await documents.get(collection, ids);
      const puts = ids.flatMap((id, i) =>
        folded(kind, id, stored[i], records.get(id) ?? [], generation, parked),
      );
      const outcomes = await documents.put(collection, puts);
      return puts.filter((_, i) => outcomes[i] !== 'stale').map((put) => signalOf(kind, put));
    }),
  );
  if (parked.length > 0) await documents.put(parkedFactsCollection, parked);
  const changed = written.flat();
  if (signals && changed.length > 0) await announce(bus, changed);
};

const add = (records: Touched | undefined, id: string, fact: Fact): void => {
  const facts = records?.get(id);
  if (facts) facts.push(fact);
  else records?.set(id, [fact]);
};

const folded = (
  kind: KindName,
  id: string,
  stored: StoredDocument | undefined,
  facts: readonly Fact[],
  generation: number,
  parked: FencedDocument[],
): FencedDocument[] => {
  const { fold, fieldsOf } = recordKinds[kind];
  let state = stored?.body as JsonObject | undefined;
  for (const fact of facts) {
    try {
      state = fold(state, id, fact);
    } catch (thrown) {
      parked.push(parkedFact(fact, generation, thrown));
    }
  }
  const last = facts.at(-1);
  if (!state || !last) return [];
  const fence = { era: last.era, position: last.position };
  return [{ id, body: state, fields: fieldsOf(state), fence }];
};

/** A poison fact stops nobody: it is put aside with its cause and shown. */
const parkedFact = (fact: Fact, generation: number, thrown: unknown): FencedDocument => ({
  id: `${generation}.${fact.id}`,
  body: {
    fact: fact.id,
    type: fact.type,
    stream: fact.stream,
    position: fact.position,
    generation,
    code: asFault(thrown).code,
  },
  fields: { position: fact.position, generation },
  fence: { era: fact.era, position: fact.position },
});

const signalOf = (kind: KindName, { id, fence, body }: FencedDocument): RecordSignal => ({
  kind,
  id,
  era: fence.era,
  position: fence.position,
  gone: recordKinds[kind].isGone(body as JsonObject),
});

export const announce = (bus: Bus, signals: readonly RecordSignal[]): Promise<void> =>
  bus.publish(
    topics.records,
    signals.map((signal) => ({
      data: utf8(JSON.stringify(signal)),
      attributes: { kind: signal.kind },
    })),
  );
