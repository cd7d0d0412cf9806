import { deliveryStreamOf, type FactMeta } from '#libs/contracts';
import { asFault, type Id } from '#libs/kernel';
import { pagesOfStreams } from '#libs/ports/event-log';

import { gatherComponent } from '../identities/component.js';
import { identityIndex } from '../identities/identity-index.js';
import { isBearer } from '../identities/bearers.js';
import { createGenerations } from '../project-records/generation.js';
import { saidByErased } from '../project-records/said-by-erased.js';
import { decodable } from '../project-records/unreadable.js';
import type { ErasureLook, ErasurePlan, ErasureRemainder } from './erasure-plan.js';
import type { ErasureParts } from './erasure-ports.js';
import { findElsewhere } from './find-elsewhere.js';
import { kindOfStream } from './stream-kinds.js';
import type { PersonValues } from './values-of-person.js';

/**
 * After an erasure, looks for what the person was known by. It looks at all that can be read: records and lists,
 * links, facts, the bytes of deliveries, and records beside the live ones.
 */
export const lookAfter = async (
  ports: ErasureParts,
  plan: ErasurePlan,
  values: PersonValues,
): Promise<ErasureLook> => {
  const generation = await createGenerations(ports).live();
  const index = await lookAtIndex(ports, plan.streams);
  const [records, links, facts, deliveries, left] = [
    await lookAtRecords(ports, generation, plan, values),
    await lookAtLinks(ports, generation, plan.streams),
    await lookAtFacts(ports, plan.streams),
    await lookAtDeliveries(ports, plan.deliveries),
    await createGenerations(ports).left(),
  ];
  return {
    records: records.searched,
    links: links.looked,
    facts: facts.looked,
    deliveries: plan.deliveries.length,
    left: [
      ...records.left,
      ...links.left,
      ...facts.left,
      ...deliveries,
      ...index,
      ...left.map((number) => remainder('generation', String(number))),
    ],
  };
};

const remainder = (
  where: ErasureRemainder['where'],
  name: string,
  known = false,
): ErasureRemainder => ({ where, name, known });

/** An id that an erased record still has is no value of the person: only values count here. */
const lookAtRecords = async (
  { documents }: ErasureParts,
  generation: number,
  { choices, finds }: ErasurePlan,
  values: PersonValues,
): Promise<{ readonly searched: number; readonly left: readonly ErasureRemainder[] }> => {
  const known = new Set([...choices, ...finds].map(({ stream }) => stream));
  const found = await findElsewhere(documents, generation, { ...values, ids: [] }, () => false);
  return {
    searched: found.searched,
    left: found.finds.map(({ stream }) => remainder('record', stream, known.has(stream))),
  };
};

/** An erased person is tied to nobody. */
const lookAtLinks = async (
  ports: ErasureParts,
  generation: number,
  streams: readonly string[],
): Promise<{ readonly looked: number; readonly left: readonly ErasureRemainder[] }> => {
  const bearers = streams.filter((stream) => {
    const kind = kindOfStream(stream);
    return kind !== undefined && isBearer(kind);
  });
  const left: ErasureRemainder[] = [];
  for (const record of bearers) {
    const { resolved } = await gatherComponent(identityIndex(ports, generation), {
      records: [record],
    });
    if ((resolved?.personOf(record).members.length ?? 1) > 1) left.push(remainder('link', record));
  }
  return { looked: bearers.length, left };
};

const lookAtFacts = async (
  { log, journal }: ErasureParts,
  streams: readonly string[],
): Promise<{ readonly looked: number; readonly left: readonly ErasureRemainder[] }> => {
  const left = new Set<string>();
  let looked = 0;
  for await (const page of pagesOfStreams(log, streams)) {
    looked += page.length;
    for (const { personal, stream } of await journal.open(decodable(journal, page)))
      if (personal !== undefined) left.add(stream);
  }
  return { looked, left: [...left].map((stream) => remainder('fact', stream)) };
};

/** It would follow by itself. Who asks for an erasure wants to know that no word is left in it now. */
const lookAtIndex = async (
  ports: ErasureParts,
  streams: readonly string[],
): Promise<readonly ErasureRemainder[]> => {
  if (!ports.reindex) return [];
  const { position } = await ports.log.head();
  const spokenOf = await saidByErased(ports, streams, position + 1);
  try {
    await ports.reindex([...new Set([...streams, ...spokenOf.keys()])]);
    return [];
  } catch (thrown) {
    if (asFault(thrown).kind !== 'unavailable') throw thrown;
    return [remainder('index', 'search')];
  }
};

/** Asked of the store, not of what this process remembers. */
const lookAtDeliveries = async (
  { keys, rawOf }: ErasureParts,
  deliveries: readonly Id[],
): Promise<readonly ErasureRemainder[]> => {
  await keys.forget(deliveries.map(deliveryStreamOf));
  const left: ErasureRemainder[] = [];
  for (const id of deliveries)
    if ((await rawOf(id)) !== undefined) left.push(remainder('delivery', id));
  return left;
};

/** The delivery that a fact was told by. */
export const causeOf = (meta: string): Id => (JSON.parse(meta) as FactMeta).causationId;
