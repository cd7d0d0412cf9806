import { MongoClient, MongoServerError, type Timestamp } from 'mongodb';

/**
 * Makes the members of a replica set forget every moment until now, and ends when each of them has.
 * Arguments: URL of the set, URLs of its members with commas between.
 */
const [url = '', members = ''] = process.argv.slice(2);

const TOO_OLD = 239;

const set = await new MongoClient(url).connect();
const each = await Promise.all(
  members.split(',').map((member) => new MongoClient(member).connect()),
);
const history = (seconds: number) =>
  Promise.all(
    each.map((member) =>
      member.db('admin').command({ setParameter: 1, minSnapshotHistoryWindowInSeconds: seconds }),
    ),
  );

const ticks = set.db('forgetting').collection('ticks');
await ticks.insertOne({ at: 0 }, { writeConcern: { w: 3 } });
const { operationTime: now } = (await set.db('admin').command({ ping: 1 })) as {
  operationTime: Timestamp;
};

const remembers = async (member: MongoClient): Promise<boolean> => {
  try {
    const readConcern = { level: 'snapshot', atClusterTime: now };
    const $readPreference = { mode: 'nearest' };
    await member
      .db('forgetting')
      .command({ find: 'ticks', limit: 1, readConcern, $readPreference });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === TOO_OLD) return false;
    throw error;
  }
};

await history(0);
while ((await Promise.all(each.map(remembers))).includes(true))
  await ticks.insertOne({ at: Date.now() }, { writeConcern: { w: 3 } });
await history(300);
await Promise.all([set, ...each].map((client) => client.close()));
