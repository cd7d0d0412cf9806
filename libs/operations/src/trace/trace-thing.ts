import type {
  ApiReader,
  ProjectorName,
  ReadRecords,
  RecordPlace,
  WithheldFacts,
} from '#libs/catalog';
import type { Fact } from '#libs/contracts';
import type { DeliveryRecord, ReadDeliveries } from '#libs/intake';
import type { Journal } from '#libs/journal';
import { isId, type Id } from '#libs/kernel';
import { pagesOfStream, type Checkpoint, type EventLog } from '#libs/ports/event-log';

import { letterPages, type DeadLetter, type DeadLetters } from '../dead-letters/dead-letters.js';
import { envelopeOf, type ShownFact } from './read-facts.js';
import {
  stageOfFact,
  stageOfLetter,
  stageOfParking,
  stageOfProjector,
  stageOfRecord,
  stagesOfDelivery,
  type Stage,
} from './stages.js';

export interface TraceParts {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly deadLetters: Pick<DeadLetters, 'list'>;
  readonly deliveries: Pick<ReadDeliveries, 'find'>;
  readonly records: Pick<ReadRecords, 'places' | 'placesOf' | 'parked'>;
  readonly withheldFacts: WithheldFacts;
  readonly checkpoint: (projector: ProjectorName) => Promise<Checkpoint | undefined>;
}

export interface Trace {
  readonly delivery: DeliveryRecord | undefined;
  readonly facts: readonly ShownFact[];
  readonly records: readonly RecordPlace[];
  readonly stages: readonly Stage[];
}

const MOST_FACTS = 100;
const MOST_PARKED = 1000;
const MOST_LETTERS = 200;
const PAGES_OF_LETTERS = 10;

/** Everything known of a delivery, a fact or a record by its id. `undefined`: nothing is. */
export const traceThing =
  (ports: TraceParts) =>
  async (id: string, reader: ApiReader): Promise<Trace | undefined> => {
    const start = isId(id) ? await fromUuid(ports, id) : await fromRecord(ports, id);
    const letters = await lettersAbout(ports, start?.delivery?.id ?? id);
    if (!start && letters.length === 0) return undefined;
    const { delivery, facts, records } = start ?? NOTHING;
    // A record rests on many facts; its way is that of the newest.
    const followed = records ? facts.slice(-1) : facts;
    const touched = await Promise.all(followed.map((fact) => ports.records.placesOf(fact)));
    const stages = [
      ...(delivery ? stagesOfDelivery(delivery) : []),
      ...(await stagesOfFacts(ports, followed, touched)),
      ...letters.map(stageOfLetter),
    ];
    const forOthers = await ports.withheldFacts(reader, facts);
    return {
      delivery,
      // Where a thing is tells no content, so even what is hidden elsewhere has its envelope here.
      facts: facts.map((fact) => (forOthers.has(fact.id) ? envelopeOf(fact) : fact)),
      records: records ?? distinct(touched.flat()),
      stages,
    };
  };

interface Start {
  readonly delivery?: DeliveryRecord | undefined;
  readonly facts: readonly Fact[];
  readonly records?: readonly RecordPlace[];
}

const NOTHING: Start = { facts: [] };

const fromUuid = async (ports: TraceParts, id: Id): Promise<Start | undefined> => {
  const [delivery] = await ports.deliveries.find([id]);
  if (delivery) return { delivery, facts: await factsOf(ports, delivery.facts) };
  const facts = await factsOf(ports, [id]);
  return facts[0] && { delivery: await deliveryOf(ports, facts[0]), facts };
};

const fromRecord = async (ports: TraceParts, id: string): Promise<Start | undefined> => {
  const records = await ports.records.places(id);
  if (records.length === 0) return undefined;
  const own = await Promise.all(
    records.map(({ kind, id: name }) => lastOfStream(ports, `${kind}/${name}`)),
  );
  const others = records.flatMap((record) => record.facts);
  const facts = await factsOf(ports, [...new Set([...own.flat(), ...others])]);
  const newest = facts.at(-1);
  return { delivery: newest && (await deliveryOf(ports, newest)), facts, records };
};

/** Ids of the newest facts of a record's own stream. */
const lastOfStream = async ({ log }: TraceParts, stream: string): Promise<readonly Id[]> => {
  let last: readonly Id[] = [];
  for await (const page of pagesOfStream(log, stream))
    last = [...last, ...page.map(({ id }) => id)].slice(-MOST_FACTS);
  return last;
};

/** In the order of the log; without opening anything. */
const factsOf = async (
  { log, journal }: TraceParts,
  ids: readonly Id[],
): Promise<readonly Fact[]> => {
  const found = ids.length > 0 ? await log.find(ids) : [];
  const ordered = [...found].sort((a, b) => a.position - b.position);
  return journal.decode(ordered.slice(-MOST_FACTS));
};

const deliveryOf = async (
  { deliveries }: TraceParts,
  { causationId }: Fact,
): Promise<DeliveryRecord | undefined> => (await deliveries.find([causationId]))[0];

const distinct = (records: readonly RecordPlace[]): readonly RecordPlace[] => [
  ...new Map(records.map((record) => [`${record.kind}/${record.id}`, record])).values(),
];

const stagesOfFacts = async (
  ports: TraceParts,
  facts: readonly Fact[],
  touched: readonly (readonly RecordPlace[])[],
): Promise<readonly Stage[]> => {
  if (facts.length === 0) return [];
  const [relay, catalog, parked] = await Promise.all([
    ports.checkpoint('relay'),
    ports.checkpoint('catalog'),
    ports.records.parked(MOST_PARKED),
  ]);
  return facts.flatMap((fact, i) => [
    stageOfFact(fact),
    stageOfProjector('relayed', relay, fact),
    stageOfProjector('catalogued', catalog, fact),
    ...parked.filter((one) => one.fact === fact.id).map(stageOfParking),
    ...(touched[i] ?? []).map((record) => stageOfRecord(record, fact)),
  ]);
};

/** Letters are few, and their attributes say which delivery they carry. */
const lettersAbout = async (
  { deadLetters }: TraceParts,
  delivery: string,
): Promise<readonly DeadLetter[]> => {
  const found: DeadLetter[] = [];
  let pages = 0;
  for await (const page of letterPages(deadLetters, { limit: MOST_LETTERS })) {
    found.push(...page.filter(({ attributes }) => attributes.id === delivery));
    pages += 1;
    if (pages === PAGES_OF_LETTERS) break;
  }
  return found;
};
