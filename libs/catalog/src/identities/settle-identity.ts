import { identitySettledV1, type IdentitySettledV1 } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import { derivedId, fault, utf8, type Clock, type Hash, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';

import { recordCollection, type Generations } from '../project-records/generation.js';
import { isBearer } from './bearers.js';
import { placeOf } from './identity-index.js';

interface Ports {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly generations: Generations;
}

export interface Settling {
  readonly records: readonly [string, string];
  readonly same: boolean;
}

/** Who says so, and the id of their saying it. */
export interface Saying {
  readonly actor: string;
  readonly cause: Id;
}

export interface Settled {
  readonly records: readonly [string, string];
  readonly same: boolean;
  /** Of the fact that says so. */
  readonly position: number;
}

const ATTEMPTS = 5;
const PAGE = 500;

/**
 * An operator's word that two records are one person's, or two people's. Said again it changes nothing; said
 * otherwise, the later word holds.
 */
export const settleIdentity =
  (ports: Ports) =>
  async ({ records, same }: Settling, saying: Saying): Promise<Settled> => {
    const pair = await checked(ports, records);
    const stream = await streamOf(ports.hash, pair);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const last = await latest(ports.log, stream);
      if (last?.same === same) return { records: pair, same, position: last.position };
      const data = { records: [...pair] as [string, string], same };
      const position = await decided(ports, { stream, version: last?.version ?? 0 }, data, saying);
      if (position !== undefined) return { records: pair, same, position };
    }
    throw fault('LOG_VERSION_CONFLICT', { details: { stream } });
  };

/** Two different records that name people, the lesser first. */
const checked = async (
  { documents, generations }: Ports,
  records: readonly [string, string],
): Promise<readonly [string, string]> => {
  const [a, b] = records;
  if (a === b || !records.every((record) => isBearer(placeOf(record)[0])))
    throw fault('CATALOG_IDENTITY_UNSETTLABLE');
  const generation = await generations.live();
  for (const record of records) {
    const [kind, id] = placeOf(record);
    const [known] = await documents.get(recordCollection(kind, generation), [id]);
    if (!known) throw fault('CATALOG_IDENTITY_UNKNOWN');
  }
  return a < b ? [a, b] : [b, a];
};

/** One stream for each pair, in whichever order it is told. */
const streamOf = async (hash: Hash, pair: readonly string[]): Promise<string> => {
  const [digest = new Uint8Array()] = await hash([utf8(pair.join('\n'))]);
  return `identity/${derivedId(0, digest)}`;
};

interface Latest {
  readonly same: boolean;
  readonly version: number;
  readonly position: number;
}

const latest = async (log: EventLog, stream: string): Promise<Latest | undefined> => {
  let last: Latest | undefined;
  for (;;) {
    const facts = await log.stream(stream, last?.version ?? 0, PAGE);
    const newest = facts.at(-1);
    if (!newest) return last;
    const { data, position, version } = newest;
    last = { same: (JSON.parse(data) as IdentitySettledV1).same, version, position };
    if (facts.length < PAGE) return last;
  }
};

/** `undefined`: somebody else was quicker. */
const decided = async (
  { clock, journal, log }: Ports,
  { stream, version }: { readonly stream: string; readonly version: number },
  data: IdentitySettledV1,
  { actor, cause }: Saying,
): Promise<number | undefined> => {
  const meta = { source: 'innkeeper/catalog', actor, correlationId: cause, causationId: cause };
  const type = identitySettledV1.type;
  const drafts = await journal.prepare([{ type, stream, occurredAt: clock.now(), data, meta }]);
  const outcome = await log.decide(stream, version, drafts);
  if (outcome.outcome === 'too_large') throw fault('LOG_FACT_TOO_LARGE');
  return outcome.outcome === 'appended' ? outcome.positions[0] : undefined;
};
