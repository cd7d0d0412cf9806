import type { Fact, RecordSignal, StreamErasedV1 } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Fence, FencedDocument, StoredDocument } from '#libs/ports/documents';

import { forgetIdentities, untieErased } from '../identities/forget-identities.js';
import { kindNames, recordKinds, type KindName } from '../kinds/index.js';
import { stateOf, type RecordState } from '../merge/record-state.js';
import { announce } from './announce.js';
import { foldAgain } from './fold-again.js';
import { recordCollection } from './generation.js';
import type { ProjectionOptions, ProjectionParts } from './projection.js';
import { recordDocuments, signalOf, type RecordToStore } from './record-document.js';
import { holdsNothingErased, saidByErased, type SaidByErased } from './said-by-erased.js';

/**
 * An erasure was met: the keys of its streams are gone. Takes what their facts had said about people out of every
 * record. Costs what the person has: their facts, and for a record that others mention, the facts of those others.
 */
export const carryOutErasure = async (
  ports: ProjectionParts,
  options: ProjectionOptions,
  erasure: Fact,
): Promise<void> => {
  const { streams } = erasure.data as unknown as StreamErasedV1;
  await ports.journal.forgetStreams(streams);
  // Their facts were folded without a personal part from the first on.
  if (erasure.position <= (options.erasedUpTo ?? 0))
    return untieErased(ports, options.generation, erasure);
  const said = await saidByErased(ports, streams, erasure.position);
  const cleaned: CleanedRecord[] = [];
  for (const kind of kindNames) {
    const some = [...said.values()].filter((one) => one.kind === kind);
    cleaned.push(...(await cleanRecords(ports, options, erasure, some)));
  }
  await forgetIdentities(
    ports,
    options.generation,
    erasure,
    cleaned.filter(({ isChanged, kind, id }) => isChanged || streams.includes(`${kind}/${id}`)),
  );
};

interface CleanedRecord {
  readonly kind: KindName;
  readonly id: string;
  readonly state: RecordState | undefined;
  readonly isChanged: boolean;
}

/** All of one kind. */
const cleanRecords = async (
  ports: ProjectionParts,
  { generation, signals }: ProjectionOptions,
  erasure: Fact,
  said: readonly SaidByErased[],
): Promise<readonly CleanedRecord[]> => {
  const [first] = said;
  if (!first) return [];
  const { kind } = first;
  const { documents, bus, keys } = ports;
  const collection = recordCollection(kind, generation);
  const erased = new Set((erasure.data as unknown as StreamErasedV1).streams);
  const stored = await documents.get(
    collection,
    said.map(({ id }) => id),
  );
  const kept: RecordToStore[] = [];
  const gone: FencedDocument[] = [];
  const taken: RecordSignal[] = [];
  const cleaned: CleanedRecord[] = [];
  for (const [i, one] of said.entries()) {
    const before = stored[i];
    if (!before) continue;
    const held = stateOf(before.body as JsonObject);
    const isClean = holdsNothingErased(held, one);
    const erasing = { generation, erased, before: erasure.position };
    const state = isClean ? held : await foldAgain(ports, one, erasing);
    // Written by this very erasure: a crash may have come before its signal and its identities.
    const isChanged = !isClean || isWrittenBy(before, erasure);
    if (isChanged && state) kept.push({ id: one.id, state, fence: erasure });
    else if (isChanged) gone.push(nothing(one.id, erasure));
    cleaned.push({ kind, id: one.id, state, isChanged });
    if (erased.has(recordKinds[kind].streamOf(before.body as JsonObject)))
      taken.push(takenAway(kind, one.id, erasure));
  }
  const puts = [...(await recordDocuments(keys, kind, kept)), ...gone];
  if (puts.length > 0) await documents.put(collection, puts);
  if (signals) await announceCleaned(bus, kind, puts, taken);
  return cleaned;
};

const announceCleaned = async (
  bus: Bus,
  kind: KindName,
  puts: readonly FencedDocument[],
  taken: readonly RecordSignal[],
): Promise<void> => {
  const signals = puts.map((put) => ({
    ...signalOf(kind, put),
    ...(put.body === null && { gone: true }),
  }));
  const gone = new Map(
    [...signals.filter((signal) => signal.gone), ...taken].map((signal) => [signal.id, signal]),
  );
  await announce(bus, signals, [...gone.values()]);
};

/** What is left of it is shown, and says nothing any more that somebody could cite. */
const takenAway = (kind: KindName, id: string, { era, position }: Fence): RecordSignal => ({
  ...{ kind, id, era, position },
  gone: true,
});

/** What was known of it was only what somebody erased had said. */
const nothing = (id: string, { era, position }: Fence): FencedDocument => ({
  id,
  body: null,
  fence: { era, position },
});

const isWrittenBy = ({ fence }: StoredDocument, { era, position }: Fence): boolean =>
  fence?.era === era && fence.position === position;
