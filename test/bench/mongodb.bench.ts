import { Binary, MongoClient } from 'mongodb';

import { MongoDatabase, mongodbEventLog } from '#libs/adapters/mongodb';
import { createJournal } from '#libs/journal';
import { Secret, systemClock } from '#libs/kernel';
import { sqliteKeys } from '#libs/adapters/sqlite';
import type { DraftFact } from '#libs/ports/event-log';
import type { findPeer as FindPeer } from '#libs/testing';

import { beside, median, type Bench } from './figure.js';
import { BATCH, batchesOf } from './log/observations.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { findPeer } = (await import(
  new URL('../../libs/testing/src/peers/find-peer.js', import.meta.url).href
)) as { findPeer: typeof FindPeer };

const PAIRS = 5;
const BATCHES = 20;
const NAME = 'log append, MongoDB, batches of 256';

/** Sealed before the clock starts: both sides write the same bytes, and neither ciphers. */
const drafts = async (log: ReturnType<typeof mongodbEventLog>): Promise<DraftFact[][]> => {
  const masterKey = new Secret<Uint8Array>(new Uint8Array(32));
  const journal = createJournal({ log, keys: sqliteKeys({ path: ':memory:', masterKey }) });
  const batches = batchesOf(0, (PAIRS + 1) * BATCHES * BATCH);
  return Promise.all(batches.map(async (batch) => [...(await journal.prepare(batch))]));
};

/** The same fields in the same names, so that the documents and the keys of their indexes have one size. */
const bareFact = ({ id, personal, stream, ...rest }: DraftFact, position: number) => ({
  ...rest,
  key: `${stream}@${String(position).padStart(16, '0')}`,
  id: new Binary(Buffer.from(id.replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID),
  ...(personal && { personal: new Binary(personal) }),
  hash: new Binary(new Uint8Array(32)),
});

const perSecond = async (
  batches: readonly DraftFact[][],
  append: (batch: DraftFact[]) => Promise<unknown>,
): Promise<number> => {
  const began = performance.now();
  for (const batch of batches) await append(batch);
  return (batches.length * BATCH * 1000) / (performance.now() - began);
};

const measure = async (url: string) => {
  const database = new MongoDatabase({ url, name: 'bench' });
  const client = await MongoClient.connect(url);
  try {
    const log = mongodbEventLog({ database, clock: systemClock });
    const bare = client
      .db('bench_bare', { writeConcern: { w: 'majority', journal: true } })
      .collection('commits');
    // No fact twice and no version twice is what the log promises; the bare inserts pay for that, too.
    await bare.createIndexes(
      ['facts.id', 'facts.key'].map((path) => ({ key: { [path]: 1 }, unique: true })),
    );
    const all = await drafts(log);
    let inserted = 0;
    const pairs: { ours: number; limit: number }[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const batches = all.slice(pair * BATCHES, (pair + 1) * BATCHES);
      const measured = {
        ours: await perSecond(batches, (batch) => log.observe(batch)),
        limit: await perSecond(batches, (batch) =>
          bare.insertOne({ facts: batch.map((fact) => bareFact(fact, ++inserted)) }),
        ),
      };
      if (pair > 0) pairs.push(measured);
    }
    return pairs;
  } finally {
    await client.close();
    await database.close();
  }
};

export const mongodb: Bench = {
  name: 'mongodb',
  means:
    'append of the log on a replica set of three, against bare inserts of the same size and batch',
  async run({ progress }) {
    const peer = findPeer('mongodb');
    if (!peer.found) return [{ name: NAME, notRun: `${peer.reason}; ${peer.howToGet}` }];
    progress('starting three members');
    const set = await peer.start();
    try {
      const pairs = await measure(set.url);
      return [
        beside(
          NAME,
          '/s',
          {
            value: median(pairs.map(({ ours }) => ours)),
            limit: median(pairs.map(({ limit }) => limit)),
            ratio: median(pairs.map(({ ours, limit }) => ours / limit)),
          },
          0.6,
        ),
      ];
    } finally {
      await set.stop();
    }
  },
};
