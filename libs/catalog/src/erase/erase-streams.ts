import { deliveryStreamOf, type FactMeta, type StreamErasedV1 } from '#libs/contracts';
import { ERASURES } from '#libs/journal';
import { fault, type Id } from '#libs/kernel';

import { createGenerations } from '../project-records/generation.js';
import type { ErasureLook, ErasurePlan } from './erasure-plan.js';
import type { ErasureParts } from './erasure-ports.js';
import { citedLate } from './cited-late.js';
import { lookAfter } from './look-after.js';
import { planErasure, valuesIn } from './plan-erasure.js';
import { tellAgain } from './tell-again.js';

/** The fact that says it: where a number of streams needs several, the last. */
export interface ErasureSaid {
  readonly fact: Id;
  readonly position: number;
}

export interface Erasure extends ErasurePlan, ErasureSaid {}

export interface EraseStreams {
  /** What an erasure of a record, a stream or a person would take. `also` are choices and finds that go with it. */
  plan(target: string, also?: readonly string[]): Promise<ErasurePlan>;
  erase(plan: ErasurePlan, actor: string): Promise<Erasure>;
  /**
   * Once the catalog has met an erasure: erases what was asked and answered from the same records while it ran.
   * `undefined`: there is nothing of that sort.
   */
  eraseLate(plan: ErasurePlan, actor: string): Promise<Erasure | undefined>;
  /**
   * Notes what the person is known by while that can still be read. What it answers looks, once the catalog has met
   * the erasure, whether any of it is still to be seen.
   */
  watch(plan: ErasurePlan): Promise<() => Promise<ErasureLook>>;
}

/**
 * Forgets what streams say about people: destroys keys, then says so in the log. The catalog takes it out of its
 * records when it meets that fact, so a crash between the two steps is mended by erasing again.
 */
export const eraseStreams = (ports: ErasureParts): EraseStreams => ({
  plan: (target, also = []) => planErasure(ports, target, also),

  erase: async (plan, actor) => ({ ...plan, ...(await carryOut(ports, plan, actor)) }),

  async eraseLate(plan, actor) {
    const generation = await createGenerations(ports).live();
    const streams = await citedLate(ports.documents, generation, plan.streams);
    if (streams.length === 0) return undefined;
    const late = { ...plan, streams };
    return { ...late, ...(await carryOut(ports, late, actor)) };
  },

  async watch(plan) {
    const values = await valuesIn(ports, plan.streams);
    return () => lookAfter(ports, plan, values);
  },
});

type StreamErasureParts = Pick<ErasureParts, 'clock' | 'journal' | 'keys' | 'log'>;
type ErasedNames = Pick<ErasurePlan, 'deliveries' | 'streams'>;

/**
 * Erases streams whose facts quote what is erased, and nothing else: an answer that was on its way while its source
 * was erased.
 */
export const eraseQuoting =
  (ports: StreamErasureParts) =>
  (streams: readonly string[], actor: string): Promise<ErasureSaid> =>
    carryOut(ports, { streams, deliveries: [] }, actor, 'quotes what was erased meanwhile');

/** A record that was taken away at its source, and the stream that says what it was. */
export interface RemovedRecord {
  /** `kind/id`. */
  readonly record: string;
  readonly stream: string;
}

/**
 * Erases what was taken away at its source, and every dialogue whose answers quote it. Nobody is asked: who took it
 * away there wants it gone here.
 */
export const eraseRemoved =
  (ports: StreamErasureParts & Pick<ErasureParts, 'documents'>) =>
  async (removed: readonly RemovedRecord[], actor: string): Promise<ErasureSaid> => {
    const generation = await createGenerations(ports).live();
    const records = removed.map(({ record }) => record);
    const quoting = await citedLate(ports.documents, generation, records);
    const streams = [...new Set([...removed.map(({ stream }) => stream), ...quoting])];
    return carryOut(ports, { streams, deliveries: [] }, actor, 'taken away at its source');
  };

const carryOut = async (
  ports: StreamErasureParts,
  plan: ErasedNames,
  actor: string,
  reason = 'asked for by an operator',
): Promise<ErasureSaid> => {
  const { streams, deliveries } = plan;
  const now = ports.clock.now();
  // Before the keys go: what these streams say of colleagues and lines is told in the name of those.
  const told = await tellAgain(ports, streams, metaOf(plan, actor));
  await ports.journal.observe(await ports.journal.prepare(told));
  await ports.keys.destroy([...streams, ...deliveries.map(deliveryStreamOf)], now);
  const drafts = await ports.journal.prepare(
    inFacts(plan, reason).map((data) => ({
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
  return { fact: drafts.at(-1)?.id ?? '', position: last.position };
};

const metaOf = ({ deliveries, streams }: ErasedNames, actor: string): FactMeta => {
  // What somebody asked us came by no delivery.
  const cause = deliveries[0] ?? streams[0] ?? '';
  return {
    actor,
    causationId: cause,
    correlationId: cause,
    source: 'innkeeper/catalog',
  };
};

/** So many names fit a fact with room to spare. */
const NAMES = 1000;

const inFacts = (
  { streams, deliveries }: ErasedNames,
  reason: string,
): readonly StreamErasedV1[] => {
  const facts = Math.ceil(Math.max(streams.length, deliveries.length) / NAMES);
  return Array.from({ length: facts }, (_, i) => ({
    deliveries: deliveries.slice(i * NAMES, (i + 1) * NAMES),
    reason,
    streams: streams.slice(i * NAMES, (i + 1) * NAMES),
  }));
};
