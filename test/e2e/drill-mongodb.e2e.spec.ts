import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import {
  innkeeperMongodbSource,
  keysMongodbSource,
  MongoDatabase,
  mongodbEventLog,
  mongodbKeys,
} from '#libs/adapters/mongodb';
import type { PlatformProof } from '#libs/backups';
import { Secret, systemClock } from '#libs/kernel';
import { opensWith, proveRestored, standMongodb } from '#libs/platform';
import { databaseName, describePeer, programPath } from '#libs/testing';
import { drafts } from '#suites/event-log';

const PROGRAM = fileURLToPath(new URL('../../dist/apps/innkeeper/src/main.js', import.meta.url));
const MASTER = new Secret(new Uint8Array(32).fill(7));

describePeer('mongodb', 'Innkeeper on a copy of its log on MongoDB', (peer) => {
  const [name, keysName] = [databaseName(), databaseName()];
  const databases: MongoDatabase[] = [];
  let folder: string;
  let position: { position: number; hash: string };

  const signal = new AbortController().signal;
  const mongod = programPath('mongod') ?? 'mongod';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-drill-'));
    const { url } = await peer.shared();
    for (const each of [name, keysName]) databases.push(new MongoDatabase({ url, name: each }));
    const [database, keysDatabase] = databases as [MongoDatabase, MongoDatabase];
    const keys = await mongodbKeys({
      database: keysDatabase,
      masterKey: MASTER,
      clock: systemClock,
    });
    const [personal] = await keys.seal([{ stream: 'test/a', plain: Uint8Array.of(1, 2) }]);
    const log = mongodbEventLog({ database, clock: systemClock });
    await log.observe(await drafts('a', 30, { stream: 'test/a', ...(personal && { personal }) }));
    const common = { url: new Secret(url), mongod, clock: systemClock };
    const sources = [
      innkeeperMongodbSource({ ...common, database: name, documents: { derived: () => false } }),
      keysMongodbSource({ ...common, database: keysName }),
    ];
    for (const source of sources) {
      const into = join(folder, source.name);
      await mkdir(into);
      const { manifest } = await source.export(into, { signal });
      if (manifest.position?.at === 'log') position = manifest.position;
    }
  }, 60_000);
  afterAll(async () => {
    for (const each of databases) {
      await each.db.dropDatabase();
      await each.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  const drilled = async (masterKey: Secret<Uint8Array>): Promise<PlatformProof> => {
    const scratch = join(folder, 'scratch');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch);
    const stand = standMongodb({
      ...{ mongod, database: name, keysDatabase: keysName, documents: true },
    });
    const program = [PROGRAM, 'start'] as const;
    return proveRestored({ stand, opens: opensWith(masterKey), program })(
      { innkeeper: join(folder, 'innkeeper'), keys: join(folder, 'keys'), scratch },
      { signal },
    );
  };

  it('starts, walks the chain to the head of the copy, and its newest sealed value opens', async () => {
    expect(await drilled(MASTER)).toMatchObject({
      ...{ started: true, chain: 'whole', opened: 'yes' },
      ...{ position: position.position, hash: position.hash },
    });
  }, 120_000);

  it('opens nothing with another master key', async () => {
    const proof = await drilled(new Secret(new Uint8Array(32).fill(8)));
    expect(proof.opened).toBe('no');
  }, 120_000);
});
