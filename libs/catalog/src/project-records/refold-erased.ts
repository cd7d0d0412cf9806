import type { Fact, StreamErasedV1 } from '#libs/contracts';
import type { StoredFact } from '#libs/ports/event-log';

import { forgetIdentities } from '../identities/forget-identities.js';
import { changesOf, kindNames, type Change, type KindName } from '../kinds/index.js';
import { fold, stateOf, type RecordState } from '../merge/record-state.js';
import { recordCollection } from './generation.js';
import { announce } from './announce.js';
import type { ProjectionOptions, ProjectionPorts } from './projection.js';
import { recordDocument, signalOf } from './record-document.js';
import { decodable } from './unreadable.js';

const PAGE = 1024;

interface Affected {
  readonly kind: KindName;
  readonly id: string;
  state: RecordState | undefined;
}

/**
 * A stream's key is gone, so whatever its facts had put into any record must go too: those records
 * are folded again from the log, up to the erasure. It walks the whole log once: erasures are rare,
 * and an index from records to facts would cost every fact.
 */
export const refoldErased = async (
  ports: ProjectionPorts,
  { generation, signals }: ProjectionOptions,
  erasure: Fact,
): Promise<void> => {
  const affected = await affectedBy(ports, erasure);
  if (affected.size === 0) return;
  for await (const page of pages((after) => ports.log.read(after, PAGE), 'position')) {
    await refold(ports, affected, page, erasure.position);
    if ((page.at(-1)?.position ?? 0) >= erasure.position) break;
  }
  for (const kind of kindNames) {
    const puts = [...affected.values()].flatMap((record) =>
      record.kind === kind && record.state
        ? [recordDocument(kind, record.id, record.state, erasure)]
        : [],
    );
    if (puts.length === 0) continue;
    await ports.documents.put(recordCollection(kind, generation), puts);
    if (signals)
      await announce(
        ports.bus,
        puts.map((put) => signalOf(kind, put)),
      );
  }
  await forgetIdentities(ports, generation, erasure, [...affected.values()]);
};

const affectedBy = async (
  { log, journal }: ProjectionPorts,
  erasure: Fact,
): Promise<Map<string, Affected>> => {
  const affected = new Map<string, Affected>();
  for (const stream of (erasure.data as unknown as StreamErasedV1).streams)
    for await (const page of pages((after) => log.stream(stream, after, PAGE), 'version'))
      for (const { kind, id } of journal.decode(decodable(journal, page)).flatMap(changes))
        affected.set(`${kind}/${id}`, { kind, id, state: undefined });
  return affected;
};

const refold = async (
  { journal }: ProjectionPorts,
  affected: ReadonlyMap<string, Affected>,
  page: readonly StoredFact[],
  before: number,
): Promise<void> => {
  const touches = (fact: Fact): boolean =>
    changes(fact).some(({ kind, id }) => affected.has(`${kind}/${id}`));
  const readable = decodable(journal, page);
  const decoded = journal.decode(readable);
  const relevant = readable.filter(({ position }, i) => {
    const fact = decoded[i];
    return position < before && fact !== undefined && touches(fact);
  });
  for (const fact of await journal.open(relevant))
    for (const change of changes(fact)) {
      const record = affected.get(`${change.kind}/${change.id}`);
      if (record) record.state = fold(record.state ?? stateOf(undefined), change);
    }
};

/** A fact that cannot be read was parked when it was met; it is in no record. */
const changes = (fact: Fact): readonly Change[] => {
  try {
    return changesOf(fact);
  } catch {
    return [];
  }
};

async function* pages(
  read: (after: number) => Promise<readonly StoredFact[]>,
  by: 'position' | 'version',
): AsyncGenerator<readonly StoredFact[]> {
  for (let after = 0; ;) {
    const page = await read(after);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last[by];
  }
}
