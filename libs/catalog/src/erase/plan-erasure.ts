import { fault, type Id } from '#libs/kernel';
import type { StoredDocument } from '#libs/ports/documents';
import { pagesOfStreams } from '#libs/ports/event-log';

import { placeOf } from '../identities/identity-index.js';
import { kindNames } from '../kinds/index.js';
import { createGenerations, recordCollection } from '../project-records/generation.js';
import type { ErasurePlan } from './erasure-plan.js';
import type { ErasureParts } from './erasure-ports.js';
import { findElsewhere } from './find-elsewhere.js';
import { causeOf } from './look-after.js';
import { kindOfStream } from './stream-kinds.js';
import { valuesOfPerson, type PersonValues } from './values-of-person.js';
import { streamsOf, walkPerson } from './walk-person.js';

/** Lists what an erasure takes, and what a person has to decide. Changes nothing. */
export const planErasure = async (
  ports: ErasureParts,
  target: string,
  also: readonly string[],
): Promise<ErasurePlan> => {
  const { documents } = ports;
  const generation = await createGenerations(ports).live();
  const records = await recordsNamed(ports, generation, target);
  const walk = await walkPerson(ports, generation, { targets: records, also });
  const streams = new Set([
    ...streamsOf(walk.taken),
    ...also.filter((one) => !walk.taken.has(one)),
  ]);
  if (records.length === 0) streams.add(target);
  const told = await toldIn(ports, streams);
  if (told.facts.size === 0) throw fault('CATALOG_ERASE_NOTHING');
  const values = valuesOfPerson(walk.taken);
  const known = walk.choices.map(({ stream }) => stream);
  const listed = new Set([...streams, ...walk.taken.keys(), ...known]);
  const search = await findElsewhere(documents, generation, values, (record) => listed.has(record));
  for (const id of await ports.deliveriesYielding(told.facts)) told.deliveries.add(id);
  const { letters, quarantined, deliveries } = await ports.mentioning(wordsOf(streams));
  for (const id of deliveries) told.deliveries.add(id);
  return {
    streams: [...streams].sort(),
    kinds: countedByKind(streams),
    deliveries: [...told.deliveries].sort(),
    facts: told.facts.size,
    choices: walk.choices,
    finds: search.finds,
    bounded: walk.bounded || search.bounded,
    ...(letters.length + quarantined.length > 0 && { unlinked: { letters, quarantined } }),
  };
};

/** What the person is known by in the records of these streams. Never to be written down. */
export const valuesIn = async (
  { documents }: Pick<ErasureParts, 'documents'>,
  streams: readonly string[],
): Promise<PersonValues> => {
  const generation = await createGenerations({ documents }).live();
  const taken = new Map<string, StoredDocument>();
  for (const stream of streams) {
    const kind = kindOfStream(stream);
    if (!kind) continue;
    const id = stream.slice(kind.length + 1);
    const [found] = await documents.get(recordCollection(kind, generation), [id]);
    if (found) taken.set(stream, found);
  }
  return valuesOfPerson(taken);
};

/** A record's id is unique within its kind only, so one may name several. */
const recordsNamed = async (
  { documents }: ErasureParts,
  generation: number,
  target: string,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const kind of kindNames) {
    const id = target.startsWith(`${kind}/`) ? target.slice(kind.length + 1) : target;
    const [record] = await documents.get(recordCollection(kind, generation), [id]);
    if (record) found.push(`${kind}/${id}`);
  }
  return found;
};

interface ToldIn {
  readonly facts: Set<Id>;
  readonly deliveries: Set<Id>;
}

const toldIn = async ({ log }: ErasureParts, streams: Iterable<string>): Promise<ToldIn> => {
  const told: ToldIn = { facts: new Set(), deliveries: new Set() };
  for await (const page of pagesOfStreams(log, streams))
    for (const { id, meta, type } of page) {
      told.facts.add(id);
      if (isDelivered(type)) told.deliveries.add(causeOf(meta));
    }
  return told;
};

/** What intake took in came by a delivery; what somebody asked us, or decided here, came by none. */
const isDelivered = (type: string): boolean => type.startsWith('intake.');

const countedByKind = (streams: Iterable<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const stream of [...streams].sort()) {
    const [kind] = placeOf(stream);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

/** Shorter ones stand anywhere, in counts and in times. */
const LEAST_WORD = 5;

/** The provider's own ids: `call/aircall.main.4190001001` is `4190001001` in a body. */
const wordsOf = (streams: Iterable<string>): readonly string[] =>
  [...new Set([...streams].map((stream) => stream.split(/[/.]/).at(-1) ?? ''))].filter(
    (word) => word.length >= LEAST_WORD,
  );
