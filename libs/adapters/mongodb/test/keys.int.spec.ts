import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Binary } from 'mongodb';

import { MongoDatabase, mongodbKeys, REMEMBERED_MS } from '#libs/adapters/mongodb';
import { fromHex, Secret, toHex, utf8, type Clock, type Code } from '#libs/kernel';
import {
  bundleProgram,
  databaseName,
  describePeer,
  removeProgram,
  RunningProgram,
  type MongoReplicaSet,
} from '#libs/testing';
import { keysContract, type KeysHarness } from '#suites/keys';

const EXPIRY_SECONDS = 86_400;
const MASTER_KEY: Uint8Array = new Uint8Array(32).map((_, i) => i);

class HeldClock implements Clock {
  time = 1_000_000;
  now(): number {
    return this.time;
  }
}

/** Keeps one answer of the server back, as a slow network does. */
class HeldDatabase extends MongoDatabase {
  #held: { answered: () => void; released: Promise<void> } | undefined;

  holdNext(): { answered: Promise<void>; release: () => void } {
    const answered = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.#held = { answered: answered.resolve, released: released.promise };
    return { answered: answered.promise, release: released.resolve };
  }

  override async run<T>(unavailable: Code, work: () => Promise<T>): Promise<T> {
    const held = this.#held;
    this.#held = undefined;
    const answer = await super.run(unavailable, work);
    held?.answered();
    await held?.released;
    return answer;
  }
}

const raced = async (
  program: string,
  { processes, args }: { processes: number; args: readonly string[] },
  streams: readonly string[],
) => {
  const prefix = (streams[0] ?? '').replace(/\/0$/, '');
  const running = Array.from(
    { length: processes },
    () => new RunningProgram(program, [...args, `${streams.length}`, prefix]),
  );
  try {
    await Promise.all(running.map((each) => each.line()));
    for (const each of running) each.tell('go');
    const lines = await Promise.all(running.map((each) => each.line()));
    return lines.map((line) =>
      (JSON.parse(line) as string[]).map((hex, i) => ({
        stream: streams[i] ?? '',
        sealed: fromHex(hex),
      })),
    );
  } finally {
    await Promise.all(running.map((each) => each.end()));
  }
};

describePeer('mongodb', 'keys in a database of their own', (peer) => {
  let set: MongoReplicaSet;
  let program: string;
  beforeAll(async () => {
    [set, program] = await Promise.all([
      peer.shared(),
      bundleProgram(new URL('./keys-process.ts', import.meta.url)),
    ]);
  }, 60_000);
  afterAll(() => removeProgram(program));

  const makeHarness = async (): Promise<KeysHarness> => {
    const clock = new HeldClock();
    const names = [databaseName()];
    const [own = ''] = names;
    const opened: MongoDatabase[] = [];
    const open = async (name = own, masterKey = MASTER_KEY) => {
      const database = new MongoDatabase({ url: set.url, name });
      opened.push(database);
      return mongodbKeys({ database, masterKey: new Secret(masterKey), clock });
    };
    const [keys, looker] = [await open(), new MongoDatabase({ url: set.url, name: own })];
    opened.push(looker);
    return {
      keys,
      restart: () => open(),
      beside: () => open(),
      race: (processes, streams) =>
        raced(program, { processes, args: [set.url, own, toHex(MASTER_KEY)] }, streams),
      openWith: (masterKey) => open(own, masterKey),
      another: () => {
        names.push(databaseName());
        return open(names.at(-1));
      },
      wrappedKey: async (stream) => {
        const found = await looker
          .collection<{ _id: string; wrapped?: Binary }>('keys')
          .findOne({ _id: stream });
        return found?.wrapped && Uint8Array.from(found.wrapped.value());
      },
      isOnDisk: () => Promise.reject(new Error('not to be asked')),
      letDestructionsSpread: async () => void (clock.time += REMEMBERED_MS),
      // The server does this by the index that is asked for below, by its own clock.
      age: async (now) => {
        const expiresAt = { $lte: new Date(now - EXPIRY_SECONDS * 1000) };
        await looker.collection('keys').deleteMany({ expiresAt });
      },
      dispose: async () => {
        for (const name of names) await looker.db.client.db(name).dropDatabase();
        await Promise.all(opened.map((database) => database.close()));
      },
      capabilities: {
        overwritesAtOnce: { not: 'WiredTiger and the oplog keep old pages for a while' },
        spreadsDestructionAtOnce: { not: 'a process asks again after ten seconds' },
      },
    };
  };

  keysContract('mongodb', makeHarness);

  describe('on mongodb', () => {
    it('remembers no key that was read before its destruction and answered after', async () => {
      const database = new HeldDatabase({ url: set.url, name: databaseName() });
      const masterKey = new Secret(MASTER_KEY);
      const clock = new HeldClock();
      const other = await mongodbKeys({ database, masterKey, clock });
      const [sealed] = await other.seal([{ stream: 'a', plain: utf8('plain') }]);
      const items = [{ stream: 'a', sealed: sealed ?? utf8('') }];

      const keys = await mongodbKeys({ database, masterKey, clock });
      const { answered, release } = database.holdNext();
      const early = keys.open(items);
      await answered;
      await keys.destroy(['a'], 1);
      release();
      await early;
      expect(await keys.open(items)).toEqual([undefined]);

      await database.db.dropDatabase();
      await database.close();
    });

    it('has an index by which the server removes aged keys after a day', async () => {
      const database = new MongoDatabase({ url: set.url, name: databaseName() });
      await mongodbKeys({
        database,
        masterKey: new Secret(MASTER_KEY),
        clock: new HeldClock(),
      });
      const indexes = await database.collection('keys').indexes();
      expect(indexes).toContainEqual(
        expect.objectContaining({
          key: { expiresAt: 1 },
          expireAfterSeconds: EXPIRY_SECONDS,
        }),
      );
      await database.db.dropDatabase();
      await database.close();
    });

    it('says that it cannot be reached when there is no server', async () => {
      const database = new MongoDatabase({
        url: 'mongodb://127.0.0.1:1/?replicaSet=rs0',
        name: 'none',
        timeoutMs: 200,
      });
      const opening = mongodbKeys({
        database,
        masterKey: new Secret(MASTER_KEY),
        clock: new HeldClock(),
      });
      await expect(opening).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
      await database.close();
    });
  });
});
