import type { Fact, StreamErasedV1 } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { FencedDocument } from '#libs/ports/documents';
import type { StoredFact } from '#libs/ports/event-log';

import { changesOf, kindNames, recordKinds, type KindName } from '../kinds/index.js';
import { recordCollection } from './generation.js';
import { announce, type ProjectionOptions, type ProjectionPorts } from './project-records.js';

const PAGE = 1024;

interface Affected {
  readonly kind: KindName;
  readonly id: string;
  state: JsonObject | undefined;
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
  const fence = { era: erasure.era, position: erasure.position };
  for (const kind of kindNames) {
    const { fieldsOf, isGone } = recordKinds[kind];
    const puts = [...affected.values()].flatMap((record): FencedDocument[] =>
      record.kind === kind && record.state
        ? [{ id: record.id, body: record.state, fields: fieldsOf(record.state), fence }]
        : [],
    );
    if (puts.length === 0) continue;
    await ports.documents.put(recordCollection(kind, generation), puts);
    const changed = puts.map(({ id, body }) => ({
      kind,
      id,
      ...fence,
      gone: isGone(body as JsonObject),
    }));
    if (signals) await announce(ports.bus, changed);
  }
};

const affectedBy = async (
  { log, journal }: ProjectionPorts,
  erasure: Fact,
): Promise<Map<string, Affected>> => {
  const affected = new Map<string, Affected>();
  for (const stream of (erasure.data as unknown as StreamErasedV1).streams)
    for await (const page of pages((after) => log.stream(stream, after, PAGE), 'version'))
      for (const { kind, id } of journal.decode(page).flatMap(changes))
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
  const decoded = journal.decode(page);
  const relevant = page.filter(({ position }, i) => {
    const fact = decoded[i];
    return position < before && fact !== undefined && touches(fact);
  });
  for (const fact of await journal.open(relevant))
    for (const { kind, id } of changes(fact)) {
      const record = affected.get(`${kind}/${id}`);
      if (record) record.state = recordKinds[kind].fold(record.state, id, fact);
    }
};

/** A fact that cannot be read was parked when it was met; it is in no record. */
const changes = (fact: Fact): ReturnType<typeof changesOf> => {
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
  for (let after = 0; ; ) {
    const page = await read(after);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last[by];
  }
}
