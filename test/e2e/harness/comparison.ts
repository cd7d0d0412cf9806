import { expect } from '@jest/globals';

import { digest } from '#libs/adapters/node-crypto';
import type { Fact } from '#libs/contracts';
import { createDeliveries, deliveriesCollection, type DeliveryRecord } from '#libs/intake';
import { canonicalJson, toHex, utf8 } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import { verifyLog } from '#libs/ports/event-log';

import { factsAfter, Folded, type DifferingRecord } from './compare.js';
import type { Answered } from './senders.js';

const PAGE = 500;

export type Compared = Pick<Parts, 'log' | 'documents' | 'keys' | 'journal' | 'hash' | 'packer'>;

/** What is not as it must be, by its ids; nothing anywhere means that all is well. */
export interface Findings {
  /** Answered, and not kept. */
  readonly lost: readonly string[];
  /** Kept, and not the bytes that were sent. */
  readonly changed: readonly string[];
  /** Kept, and it gave no fact. */
  readonly silent: readonly string[];
  /** A fact that a delivery gave, and that the log has not. */
  readonly missing: readonly string[];
  /** A fact that says, with another id, what an earlier one says. */
  readonly doubled: readonly string[];
  /** A fact that no delivery gave. */
  readonly unclaimed: readonly string[];
  /** A record that is not what its facts fold to. */
  readonly differing: readonly DifferingRecord[];
}

export const nothing: Findings = {
  lost: [],
  changed: [],
  silent: [],
  missing: [],
  doubled: [],
  unclaimed: [],
  differing: [],
};

/**
 * What was answered against what is there. The first look reads everything, each later one only the deliveries
 * and facts that are new since, so that what it costs does not grow with what was there before.
 */
export class Comparison {
  readonly #ids = new Set<string>();
  readonly #contents = new Set<string>();
  readonly #folded = new Folded();
  #position = 0;
  #answered = 0;

  async look(parts: Compared, answered: readonly Answered[]): Promise<Findings> {
    const facts = await parts.journal.open(await factsAfter(parts, this.#position));
    this.#position += facts.length;
    this.#folded.take(facts);
    const doubled = this.#take(facts);
    const bodies = new Map(answered.slice(this.#answered).map(({ id, body }) => [id, body]));
    this.#answered = answered.length;
    const told = facts.filter(({ type }) => type.startsWith('intake.'));
    const causes = told.map(({ causationId }) => causationId);
    const stored = await deliveriesOf(parts, [...new Set([...bodies.keys(), ...causes])]);
    const there = [...bodies.keys()].filter((id) => stored.has(id));
    return {
      lost: [...bodies.keys()].filter((id) => !stored.has(id)),
      changed: await changedOf(parts, there, bodies),
      silent: there.filter((id) => stored.get(id)?.facts.length === 0),
      missing: there
        .flatMap((id) => stored.get(id)?.facts ?? [])
        .filter((id) => !this.#ids.has(id)),
      doubled,
      unclaimed: told.flatMap(({ id, causationId }) =>
        stored.get(causationId)?.facts.includes(id) ? [] : [id],
      ),
      differing: await this.#folded.differing(parts),
    };
  }

  /** Into what the log is known to hold; answers with those that it held already. */
  #take(facts: readonly Fact[]): string[] {
    return facts.flatMap((fact) => {
      const content = contentOf(fact);
      const known = this.#ids.has(fact.id) || this.#contents.has(content);
      this.#ids.add(fact.id);
      this.#contents.add(content);
      return known ? [fact.id] : [];
    });
  }
}

/** Everything, with the chain of the log: nothing lost, nothing doubled, no byte changed. */
export const expectNothingLost = async (
  parts: Compared,
  answered: readonly Answered[],
): Promise<void> => {
  expect(await verifyLog(parts.log, digest)).toMatchObject({ whole: true });
  expect(await new Comparison().look(parts, answered)).toEqual(nothing);
};

const contentOf = ({ type, stream, occurredAt, data, personal }: Fact): string => {
  const content = { type, stream, occurredAt, data, ...(personal && { personal }) };
  return toHex(digest(utf8(canonicalJson(content))));
};

const deliveriesOf = async (
  { documents }: Compared,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeliveryRecord>> => {
  const stored = new Map<string, DeliveryRecord>();
  for (let at = 0; at < ids.length; at += PAGE)
    for (const one of await documents.get(deliveriesCollection, ids.slice(at, at + PAGE)))
      if (one) stored.set(one.id, one.body as unknown as DeliveryRecord);
  return stored;
};

const changedOf = async (
  { documents, keys, hash, packer }: Compared,
  ids: readonly string[],
  bodies: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> => {
  const { raw } = createDeliveries({ documents, keys, hash, packer, retentionMs: 0 });
  const changed: string[] = [];
  for (let at = 0; at < ids.length; at += PAGE) {
    const some = ids.slice(at, at + PAGE);
    const raws = await Promise.all(some.map((id) => raw(id)));
    changed.push(...some.filter((id, i) => !sameBytes(bodies.get(id), raws[i])));
  }
  return changed;
};

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
