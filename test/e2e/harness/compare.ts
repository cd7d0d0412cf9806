import {
  changesOf,
  createGenerations,
  fold,
  kindNames,
  recordCollection,
  recordDocuments,
  type RecordState,
} from '#libs/catalog';
import type { Fact } from '#libs/contracts';
import { deliveriesCollection, type DeliveryRecord } from '#libs/intake';
import { readCheckpoint } from '#libs/journal';
import { canonicalJson } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import type { StoredFact } from '#libs/ports/event-log';

import type { Answered } from './senders.js';

const PAGE = 500;

type Looked = Pick<Parts, 'log' | 'documents'>;

/** Whether everything the log holds is in the records. */
export const isDrained = async (parts: Looked): Promise<boolean> => {
  const head = await parts.log.head();
  const checkpoint = await readCheckpoint(parts.documents, 'catalog');
  return checkpoint?.position === head.position;
};

/**
 * Whether each answered delivery is kept, its facts are in the log, and those are in the records. Kept
 * alone says little: while the log is away, a delivery is kept and waits.
 */
export const hasArrived = async (
  parts: Looked,
  answered: readonly Answered[],
): Promise<boolean> => {
  const ids = [...new Set(answered.map(({ id }) => id))];
  const stored = await parts.documents.get(deliveriesCollection, ids);
  if (!stored.every(Boolean)) return false;
  const facts = stored.flatMap((one) => (one?.body as unknown as DeliveryRecord).facts);
  const known = await parts.log.find([...new Set(facts)]);
  return known.length === new Set(facts).size && isDrained(parts);
};

export const factsAfter = async (
  { log }: Pick<Parts, 'log'>,
  position: number,
): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for (;;) {
    const page = await log.read(position + facts.length, PAGE);
    if (page.length === 0) return facts;
    facts.push(...page);
  }
};

export const allFacts = (parts: Pick<Parts, 'log'>): Promise<StoredFact[]> => factsAfter(parts, 0);

export interface DifferingRecord {
  readonly name: string;
  readonly expected: string | undefined;
  readonly there: string | undefined;
}

/** What the records have to be, fact by fact. */
export class Folded {
  readonly #states = new Map<string, RecordState>();

  take(facts: readonly Fact[]): void {
    for (const change of facts.flatMap(changesOf)) {
      const name = `${change.kind}/${change.id}`;
      this.#states.set(name, fold(this.#states.get(name), change));
    }
  }

  /** Kind by kind, byte by byte; all of them each time: calls and people are few, deliveries are many. */
  async differing(parts: Pick<Parts, 'documents' | 'keys'>): Promise<DifferingRecord[]> {
    const [due, found] = await Promise.all([this.#due(parts), liveRecords(parts)]);
    return [...new Set([...due.keys(), ...found.keys()])].flatMap((name) => {
      const [expected, there] = [due.get(name), found.get(name)];
      return expected === there ? [] : [{ name, expected, there }];
    });
  }

  async #due({ keys }: Pick<Parts, 'keys'>): Promise<ReadonlyMap<string, string>> {
    const due = new Map<string, string>();
    for (const kind of kindNames) {
      const states = [...this.#states].filter(([name]) => name.startsWith(`${kind}/`));
      const records = states.map(([name, state]) => ({
        ...{ id: name.slice(kind.length + 1), state },
        fence: { era: 1, position: 1 },
      }));
      for (const { id, body } of await recordDocuments(keys, kind, records))
        due.set(`${kind}/${id}`, canonicalJson(body));
    }
    return due;
  }
}

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
