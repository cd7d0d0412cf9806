import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Db, MongoClient } from 'mongodb';

import { mongodbSource } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import type { ExportedSource, SourceProgress } from '#libs/ports/backup-source';
import { databaseName, describePeer, HANG_MS, type MongoReplicaSet } from '#libs/testing';

import { readDocuments } from '../../src/backup/dump-bytes.js';
import { connect, DumpFolders, mongodProgram, proveIn } from './dumps.js';

const forgetting = fileURLToPath(new URL('../programs/forget-moments.ts', import.meta.url));

const ACCOUNTS = 200;
const EACH = 1000;
const TOTAL = ACCOUNTS * EACH * 2;

interface Account {
  readonly _id: number;
  readonly money: number;
}

/** Moves money between two collections, in transactions, until it is told to stop. */
class Transfers {
  #ended = false;
  #running: Promise<void> | undefined;
  done = 0;

  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
  ) {}

  async fill(): Promise<void> {
    const accounts = Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, money: EACH }));
    for (const name of ['givers', 'takers'])
      await this.db.collection<Account>(name).insertMany(accounts);
    // Between the two, so that their readings are apart.
    const filler = Array.from({ length: 20_000 }, (_, _id) => ({ _id, text: 'x'.repeat(200) }));
    await this.db.collection<{ _id: number }>('messages').insertMany(filler);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let i = 0; !this.#ended; i++) {
      const [from, to] = [(i * 7) % ACCOUNTS, (i * 13) % ACCOUNTS];
      // What an election refuses is as if it had never been tried.
      await this.#transfer(from, to).then(
        () => this.done++,
        () => undefined,
      );
    }
  }

  #transfer(from: number, to: number): Promise<unknown> {
    return this.client.withSession((session) =>
      session.withTransaction(async () => {
        const accounts = (name: string) => this.db.collection<Account>(name);
        await accounts('givers').updateOne({ _id: from }, { $inc: { money: -1 } }, { session });
        await accounts('takers').updateOne({ _id: to }, { $inc: { money: 1 } }, { session });
      }),
    );
  }
}

const moneyIn = async (folder: string, database: string, name: string): Promise<number> => {
  let sum = 0;
  for await (const batch of readDocuments(`${folder}/dump/${database}/${name}.bson`))
    // { _id: int, money: int }
    for (const document of batch) sum += document.readInt32LE(document.length - 5);
  return sum;
};

describePeer('mongodb', 'a dump of databases that live', (peer) => {
  const folders = new DumpFolders();
  const name = databaseName();
  let set: MongoReplicaSet;
  let client: MongoClient;
  let transfers: Transfers;

  beforeAll(async () => {
    set = await peer.start();
    client = await connect(`${set.url}&w=majority&retryWrites=true`);
    transfers = new Transfers(client, client.db(name));
    await transfers.fill();
    transfers.start();
  }, 120_000);
  afterAll(async () => {
    await transfers.stop();
    await client.close();
    await set.stop();
    await folders.end();
  }, 60_000);

  const dump = async (
    onProgress: (progress: SourceProgress) => void = () => undefined,
    signal = new AbortController().signal,
  ): Promise<ExportedSource & { folder: string }> => {
    const folder = await folders.folder();
    const source = sourceOf();
    return { ...(await source.export(folder, { signal, onProgress })), folder };
  };
  const sourceOf = () =>
    mongodbSource({
      ...{ name: 'bank', url: new Secret(set.url), databases: [name] },
      ...{ mongod: mongodProgram(), clock: systemClock },
    });
  const totalIn = async (folder: string): Promise<number> =>
    (await moneyIn(folder, name, 'givers')) + (await moneyIn(folder, name, 'takers'));
  /** Does something once, when so much of a collection was read. */
  const when = (of: string, work: () => Promise<unknown>) => {
    let done: Promise<unknown> | undefined;
    return {
      onProgress: (progress: SourceProgress) => {
        if (progress.of === `${name}.${of}`) done ??= work();
      },
      settled: async () => {
        expect(done).toBeDefined();
        await done;
      },
    };
  };

  it('reads two collections at one moment while money moves between them', async () => {
    for (let round = 1; round <= 5; round++) {
      const before = transfers.done;
      const { folder, warnings } = await dump();
      expect(warnings).toEqual([]);
      expect(await totalIn(folder)).toBe(TOTAL);
      expect(transfers.done).toBeGreaterThan(before);
    }
  }, 60_000);

  it('chooses a moment that is not before the export began', async () => {
    const { operationTime } = await client.db('admin').command({ ping: 1 });
    const { position } = (await dump()).manifest;
    const asked = operationTime as { t: number; i: number };
    if (position?.at !== 'cluster_time') throw new Error('no moment');
    const later = position.seconds > asked.t || position.increment >= asked.i;
    expect(later).toBe(true);
  });

  it('goes on at the same moment when the primary is killed, and is proved', async () => {
    let killed = 0;
    const kill = when('givers', async () => (killed = await set.killPrimary()));
    const { folder, warnings, manifest } = await dump(kill.onProgress);
    await kill.settled();
    expect(warnings).toEqual([]);
    expect(await totalIn(folder)).toBe(TOTAL);
    const proof = await proveIn(sourceOf(), folder, await folders.folder());
    expect(proof).toMatchObject({ manifest, differences: [] });
    await set.restart(killed);
  }, 120_000);

  it('reads a collection again when the member that gives it is killed', async () => {
    const primary = await set.primaryPort();
    const secondary = set.ports.find((port) => port !== primary) ?? 0;
    const kill = when('messages', () => set.kill(secondary));
    const { folder, warnings } = await dump(kill.onProgress);
    await kill.settled();
    expect(warnings).toEqual([]);
    expect(await totalIn(folder)).toBe(TOTAL);
    await set.restart(secondary);
  }, 120_000);

  it('leaves a collection that appears later out, and begins again when one goes', async () => {
    const db = client.db(name);
    await db.collection('zebra').insertOne({ a: 1 });
    const change = when('givers', async () => {
      await db.collection('yak').insertOne({ a: 1 });
      await db.collection('zebra').drop();
    });
    const { manifest, warnings, folder } = await dump(change.onProgress);
    await change.settled();
    expect(warnings).toEqual([
      { code: 'READ_AGAIN', detail: expect.stringContaining(`${name}.zebra`) },
    ]);
    expect(Object.keys(manifest.counts)).toEqual(
      ['givers', 'messages', 'takers', 'yak'].map((each) => `${name}.${each}`),
    );
    expect(await totalIn(folder)).toBe(TOTAL);
    await db.collection('yak').drop();
  }, 60_000);

  /** The dump waits meanwhile, as it is in this process. */
  const forgetMoments = (): void => {
    const members = set.ports.map((port) => `mongodb://127.0.0.1:${port}/?directConnection=true`);
    const run = spawnSync(process.execPath, [forgetting, set.url, members.join(',')], {
      env: { ...process.env, NODE_OPTIONS: '' },
      timeout: HANG_MS,
    });
    expect(run.stderr.toString()).toBe('');
    expect(run.status).toBe(0);
  };

  it('takes another moment when the servers have forgotten it, and says so', async () => {
    let times = 0;
    const { folder, warnings } = await dump(({ of }) => {
      if (of === `${name}.givers` && times++ === 0) forgetMoments();
    });
    expect(warnings).toEqual([{ code: 'READ_AGAIN', detail: `moment=1 of=${name}.givers` }]);
    expect(await totalIn(folder)).toBe(TOTAL);
  }, 120_000);

  it('gives up after three moments that were forgotten, and says what helps', async () => {
    const dumping = dump(({ of }) => {
      if (of === `${name}.givers`) forgetMoments();
    });
    await expect(dumping).rejects.toMatchObject({
      code: 'BACKUP_SOURCE_TOO_SLOW',
      details: { of: `${name}.givers` },
    });
  }, 120_000);

  it('ends at once when it is stopped', async () => {
    const controller = new AbortController();
    const stop = when('messages', async () => controller.abort(new Error('stopped')));
    await expect(dump(stop.onProgress, controller.signal)).rejects.toThrow('stopped');
  });
});
