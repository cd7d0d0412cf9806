import { deliveryStreamOf, type FactMeta, type StreamErasedV1 } from '#libs/contracts';
import { ERASURES, type Journal } from '#libs/journal';
import { fault, type Clock, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { kindNames } from '../kinds/index.js';
import { tellAgain } from './tell-again.js';
import { createGenerations, recordCollection } from '../project-records/generation.js';

/** What an erasure will take, told before it happens. */
export interface ErasurePlan {
  readonly streams: readonly string[];
  /** Raw deliveries that fed those streams: each has a key of its own, and it goes too. */
  readonly deliveries: readonly Id[];
  readonly facts: number;
  /** Found by search, since nothing links it: there where something was found. */
  readonly unlinked?: Unlinked;
}

/** What nobody could read or prove, and mentions one of the records by the provider's own id. */
export interface Unlinked {
  /** Dead letters; the deliveries they are go with the others, and nobody can read these then. */
  readonly letters: readonly string[];
  /** Left as they are until somebody drops them: a stranger may write any id. */
  readonly quarantined: readonly Id[];
}

export interface Mentions extends Unlinked {
  /** Those that the letters are. */
  readonly deliveries: readonly Id[];
}

export interface Erasure extends ErasurePlan {
  /** The fact that says so. */
  readonly fact: Id;
  readonly position: number;
}

/** What other contexts know about a person. */
export interface ErasureSearch {
  /** Deliveries that yielded any of these facts, also where another had stored the fact first. */
  readonly deliveriesYielding: (facts: ReadonlySet<Id>) => Promise<readonly Id[]>;
  /** Looks into what nobody could read or prove. */
  readonly mentioning: (words: readonly string[]) => Promise<Mentions>;
}

interface Ports extends ErasureSearch {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly keys: Keys;
  readonly documents: Documents;
  readonly clock: Clock;
}

export interface EraseStreams {
  plan(target: string): Promise<ErasurePlan>;
  erase(plan: ErasurePlan, actor: string): Promise<Erasure>;
}

const PAGE = 1000;

/**
 * Forgets what a stream says about people: destroys keys, then says so in the log. The catalog folds
 * the affected records again when it meets that fact, so a crash between the two steps is mended by
 * erasing again.
 */
export const eraseStreams = (ports: Ports): EraseStreams => ({
  async plan(target) {
    const streams = await streamsOf(ports, target);
    const facts = new Set<Id>();
    const deliveries = new Set<Id>();
    for (const stream of streams)
      for (let after = 0; ;) {
        const page = await ports.log.stream(stream, after, PAGE);
        for (const { id, meta } of page) {
          facts.add(id);
          deliveries.add((JSON.parse(meta) as FactMeta).causationId);
        }
        after = page.at(-1)?.version ?? after;
        if (page.length < PAGE) break;
      }
    if (facts.size === 0) throw fault('CATALOG_ERASE_NOTHING');
    for (const id of await ports.deliveriesYielding(facts)) deliveries.add(id);
    const { letters, quarantined, deliveries: unread } = await ports.mentioning(wordsOf(streams));
    for (const id of unread) deliveries.add(id);
    return {
      streams,
      deliveries: [...deliveries].sort(),
      facts: facts.size,
      ...(letters.length + quarantined.length > 0 && { unlinked: { letters, quarantined } }),
    };
  },

  async erase(plan, actor) {
    const { streams, deliveries } = plan;
    const now = ports.clock.now();
    // Before the keys go: what these streams say of colleagues and lines is told in the name of those.
    const told = await tellAgain(ports, streams, metaOf(plan, actor));
    await ports.journal.observe(await ports.journal.prepare(told));
    await ports.keys.destroy([...streams, ...deliveries.map(deliveryStreamOf)], now);
    const drafts = await ports.journal.prepare(
      inFacts(plan).map((data) => ({
        type: 'log.stream.erased.v1',
        stream: ERASURES,
        occurredAt: now,
        data: { ...data },
        meta: metaOf(plan, actor),
      })),
    );
    const observed = await ports.journal.observe(drafts);
    const last = observed.at(-1);
    if (!last || last.outcome === 'too_large') throw fault('LOG_FACT_TOO_LARGE');
    return { ...plan, fact: drafts.at(-1)?.id ?? '', position: last.position };
  },
});

/** Shorter ones stand anywhere, in counts and in times. */
const LEAST_WORD = 5;

/** The provider's own ids: `call/aircall.main.4190001001` is `4190001001` in a body. */
const wordsOf = (streams: readonly string[]): readonly string[] =>
  [...new Set(streams.map((stream) => stream.split(/[/.]/).at(-1) ?? ''))].filter(
    (word) => word.length >= LEAST_WORD,
  );

const metaOf = ({ deliveries: [cause = ''] }: ErasurePlan, actor: string): FactMeta => ({
  actor,
  causationId: cause,
  correlationId: cause,
  source: 'innkeeper/catalog',
});

/** So many names fit a fact with room to spare. */
const NAMES = 1000;

const inFacts = ({ streams, deliveries }: ErasurePlan): readonly StreamErasedV1[] => {
  const facts = Math.ceil(Math.max(streams.length, deliveries.length) / NAMES);
  return Array.from({ length: facts }, (_, i) => ({
    deliveries: deliveries.slice(i * NAMES, (i + 1) * NAMES),
    reason: 'asked for by an operator',
    streams: streams.slice(i * NAMES, (i + 1) * NAMES),
  }));
};

/**
 * A contact's name stands in the streams of its calls too, so erasing one is erasing what the
 * catalog has linked to it. Anything else is the one stream it names.
 */
const streamsOf = async ({ documents }: Ports, target: string): Promise<readonly string[]> => {
  const generation = await createGenerations({ documents }).live();
  const streams = new Set<string>();
  for (const kind of kindNames) {
    const id = target.startsWith(`${kind}/`) ? target.slice(kind.length + 1) : target;
    const [record] = await documents.get(recordCollection(kind, generation), [id]);
    if (!record) continue;
    streams.add(`${kind}/${id}`);
    if (kind !== 'contact') continue;
    const calls = recordCollection('call', generation);
    let after: string | undefined;
    do {
      const page = await documents.query(calls, {
        where: { contact: id },
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      for (const call of page.items) streams.add(`call/${call.id}`);
      after = page.next;
    } while (after !== undefined);
  }
  if (streams.size === 0) streams.add(target);
  return [...streams].sort();
};
