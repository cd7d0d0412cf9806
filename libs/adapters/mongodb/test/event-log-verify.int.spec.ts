import { createHash } from 'node:crypto';

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Binary } from 'mongodb';

import { MongoDatabase, mongodbEventLog } from '#libs/adapters/mongodb';
import { systemClock } from '#libs/kernel';
import { verifyLog, type LogTrouble } from '#libs/ports/event-log';
import { databaseName, describePeer } from '#libs/testing';
import { drafts, type Log } from '#suites/event-log';

import { LOG_COLLECTION, type CommitDocument } from '../src/event-log-documents.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Five commits: 1, 2–6, 7–11, 12–16, 17–21. */
describePeer('mongodb', 'verify, over the log on MongoDB', (peer) => {
  let database: MongoDatabase;
  let log: Log;
  beforeEach(async () => {
    const { url } = await peer.shared();
    database = new MongoDatabase({ url, name: databaseName() });
    log = mongodbEventLog({ database, clock: systemClock });
    const personal = Uint8Array.from([1, 2, 3]);
    for (const name of ['a', 'b', 'c', 'd'])
      await log.observe(await drafts(name, 5, { personal, stream: `test/${name}` }));
  }, 60_000);
  afterEach(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  const commits = () => database.collection<CommitDocument>(LOG_COLLECTION);
  const commitAt = async (first: number): Promise<CommitDocument> => {
    const commit = await commits().findOne({ _id: first });
    if (!commit) throw new Error(`no commit at ${first}`);
    return commit;
  };
  const expectTrouble = async (position: number, trouble: LogTrouble): Promise<void> =>
    expect(await verifyLog(log, sha256)).toEqual({ whole: false, position, trouble });

  it('finds a log whole and names its head', async () => {
    expect(await verifyLog(log, sha256)).toEqual({ whole: true, head: await log.head() });
  });

  it.each([
    ['id', new Binary(Buffer.alloc(16, 1), Binary.SUBTYPE_UUID)],
    ['key', 'test/z@0000000000000009'],
    ['type', 'other.v1'],
    ['occurredAt', 1],
    ['recordedAt', 1],
    ['meta', '{}'],
    ['data', '{}'],
    ['personal', new Binary(Buffer.from([1, 2, 2]))],
    ['hash', new Binary(Buffer.alloc(32))],
  ])('names the fact whose %s was changed', async (field, value) => {
    await commits().updateOne({ _id: 7 }, { $set: { [`facts.2.${field}`]: value } });
    await expectTrouble(9, 'fact_changed');
  });

  it('names the position of a fact that was dropped from its commit', async () => {
    const { facts } = await commitAt(7);
    const at9 = { facts: facts.filter((_, i) => i !== 2) };
    await commits().updateOne({ _id: 7 }, { $set: at9 });
    await expectTrouble(9, 'fact_changed');
    await commits().updateOne({ _id: 7 }, { $set: { facts: facts.slice(0, 4) } });
    await expectTrouble(11, 'fact_missing');
  });

  it('names the first of facts that were put in another order', async () => {
    const { facts } = await commitAt(7);
    const [a, b, c, d, e] = facts;
    await commits().updateOne(
      { _id: 7 },
      { $set: { facts: [a, d, c, b, e].flatMap((x) => x ?? []) } },
    );
    await expectTrouble(8, 'fact_changed');
  });

  it('names the place of a commit that was dropped, and stops readers there', async () => {
    await commits().deleteOne({ _id: 7 });
    await expectTrouble(7, 'commit_missing');
    expect(await log.read(1, 5)).toHaveLength(5);
    for (const after of [1, 6, 8])
      await expect(log.read(after, 20)).rejects.toMatchObject({
        code: 'LOG_CHAIN_BROKEN',
        details: { position: 7 },
      });
  });

  it('names commits that changed places', async () => {
    const [seven, twelve] = [await commitAt(7), await commitAt(12)];
    await commits().deleteMany({ _id: { $in: [7, 12] } });
    await commits().insertMany([
      { ...seven, _id: 12 },
      { ...twelve, _id: 7 },
    ]);
    await expectTrouble(7, 'link_changed');
  });

  it.each([
    ['hash', new Binary(Buffer.alloc(32)), 'commit_changed'],
    ['previousHash', new Binary(Buffer.alloc(32)), 'link_changed'],
    ['count', 4, 'commit_changed'],
    ['count', 6, 'fact_missing'],
    ['era', 1, 'commit_changed'],
  ] as const)('names a commit whose %s was changed', async (field, value, trouble) => {
    await commits().updateOne({ _id: 7 }, { $set: { [field]: value } });
    await expectTrouble(trouble === 'fact_missing' ? 12 : 7, trouble);
  });
});
