import type { Journal } from '#libs/journal';
import { derivedId, fault, utf8, type Clock, type Hash, type Id } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { recordCollection, type Generations } from '../project-records/generation.js';
import { isBearer } from './bearers.js';
import { placeOf } from './identity-index.js';
import { identityDecider } from './identity-ruling.js';

interface SettleIdentityParts {
  readonly journal: Journal;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly documents: Documents;
  readonly generations: Generations;
}

export interface SettlingWish {
  readonly records: readonly [string, string];
  readonly same: boolean;
}

/** Who says so, and the id of their saying it. */
export interface Saying {
  readonly actor: string;
  readonly cause: Id;
}

export interface SettledIdentity {
  readonly records: readonly [string, string];
  readonly same: boolean;
  /** Of the fact that says so. */
  readonly position: number;
}

/**
 * An operator's word that two records are one person's, or two people's. Said again it changes nothing; said
 * otherwise, the later word holds.
 */
export const settleIdentity =
  (ports: SettleIdentityParts) =>
  async ({ records, same }: SettlingWish, { actor, cause }: Saying): Promise<SettledIdentity> => {
    const pair = await checked(ports, records);
    const stream = await streamOf(ports.hash, pair);
    const meta = { source: 'innkeeper/catalog', actor, correlationId: cause, causationId: cause };
    const { state } = await ports.journal.decide(identityDecider, {
      stream,
      command: () => ({ records: pair, same, at: ports.clock.now() }),
      metaOf: () => meta,
    });
    if (!state) throw fault('LOG_UNAVAILABLE', { details: { stream } });
    return { records: pair, ...state };
  };

/** Two different records that name people, the lesser first. */
const checked = async (
  { documents, generations }: SettleIdentityParts,
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

/** One stream for each pair, in either order. */
const streamOf = async (hash: Hash, pair: readonly string[]): Promise<string> => {
  const [digest = new Uint8Array()] = await hash([utf8(pair.join('\n'))]);
  return `identity/${derivedId(0, digest)}`;
};
