import { expect } from '@jest/globals';

import {
  changesOf,
  createGenerations,
  fold,
  kindNames,
  recordCollection,
  type RecordState,
} from '#libs/catalog';
import { deliveriesCollection, createDeliveries, type DeliveryRecord } from '#libs/intake';
import { canonicalJson } from '#libs/kernel';
import { digest } from '#libs/adapters/node-crypto';
import { readCheckpoint, type Parts } from '#libs/platform';
import { verifyLog, type StoredFact } from '#libs/ports/event-log';

import type { Answered } from './senders.js';

const PAGE = 500;

type Compared = Pick<Parts, 'log' | 'documents' | 'keys' | 'journal' | 'hash' | 'packer'>;

/** What was answered against what is there: nothing lost, nothing doubled, no byte changed. */
export const expectNothingLost = async (
  parts: Compared,
  answered: readonly Answered[],
): Promise<{ facts: number; records: number }> => {
  const facts = await allFacts(parts);
  expect(await verifyLog(parts.log, digest)).toMatchObject({ whole: true });
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  await expectDeliveries(parts, answered, new Set(facts.map(({ id }) => id)));
  const records = await expectRecords(parts, facts);
  return { facts: facts.length, records };
};

/** Whether everything the log holds is in the records. */
export const isDrained = async (parts: Compared): Promise<boolean> => {
  const head = await parts.log.head();
  const checkpoint = await readCheckpoint(parts.documents, 'catalog');
  return checkpoint?.position === head.position;
};

/**
 * Whether each answered delivery is kept, its facts are in the log, and those are in the records. Kept
 * alone says little: while the log is away, a delivery is kept and waits.
 */
export const hasArrived = async (
  parts: Compared,
  answered: readonly Answered[],
): Promise<boolean> => {
  const ids = [...new Set(answered.map(({ id }) => id))];
  const stored = await parts.documents.get(deliveriesCollection, ids);
  if (!stored.every(Boolean)) return false;
  const facts = stored.flatMap((one) => (one?.body as unknown as DeliveryRecord).facts);
  const known = await parts.log.find([...new Set(facts)]);
  return known.length === new Set(facts).size && isDrained(parts);
};

export const allFacts = async ({ log }: Pick<Parts, 'log'>): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for (;;) {
    const page = await log.read(facts.length, PAGE);
    if (page.length === 0) return facts;
    facts.push(...page);
  }
};

const expectDeliveries = async (
  { documents, keys, hash, packer }: Compared,
  answered: readonly Answered[],
  factIds: ReadonlySet<string>,
): Promise<void> => {
  const deliveries = createDeliveries({ documents, keys, hash, packer, retentionMs: 0 });
  const bodies = new Map(answered.map(({ id, body }) => [id, body]));
  const ids = [...bodies.keys()];
  for (let at = 0; at < ids.length; at += PAGE) {
    const some = ids.slice(at, at + PAGE);
    const stored = await documents.get(deliveriesCollection, some);
    const lost = some.filter((_, i) => !stored[i]);
    expect(lost).toEqual([]);
    const raws = await Promise.all(some.map((id) => deliveries.raw(id)));
    const changed = some.filter((id, i) => !sameBytes(bodies.get(id), raws[i]));
    const yields = stored.map((one) => (one?.body as unknown as DeliveryRecord).facts);
    const missing = yields.flat().filter((id) => !factIds.has(id));
    const empty = some.filter((_, i) => yields[i]?.length === 0);
    expect({ changed, missing, empty }).toEqual({ changed: [], missing: [], empty: [] });
  }
};

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;

/** records = fold(log), kind by kind, byte by byte. */
export const expectRecords = async (
  parts: Compared,
  facts: readonly StoredFact[],
): Promise<number> => {
  const states = new Map<string, RecordState>();
  for (const fact of await parts.journal.open(facts))
    for (const change of changesOf(fact)) {
      const key = `${change.kind}/${change.id}`;
      states.set(key, fold(states.get(key), change));
    }
  const found = await liveRecords(parts);
  const names = new Set([...states.keys(), ...found.keys()]);
  const differing = [...names].flatMap((name) => {
    const [expected, there] = [canonicalOf(states.get(name)), found.get(name)];
    return expected === there ? [] : [{ name, expected, there }];
  });
  expect(differing).toEqual([]);
  return found.size;
};

const canonicalOf = (state: RecordState | undefined): string | undefined =>
  state && canonicalJson(state);

/** What people read, by kind and id, as canonical text. */
export const liveRecords = async ({
  documents,
}: Pick<Parts, 'documents'>): Promise<Map<string, string>> => {
  const generation = await createGenerations({ documents }).live();
  const found = new Map<string, string>();
  for (const kind of kindNames) {
    let after: string | undefined;
    do {
      const page = await documents.query(recordCollection(kind, generation), {
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      for (const { id, body } of page.items) found.set(`${kind}/${id}`, canonicalJson(body));
      after = page.next;
    } while (after !== undefined);
  }
  return found;
};
