import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MongoClient } from 'mongodb';

import { mongodbSource } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import { databaseName, describePeer } from '#libs/testing';

import { connect, DumpFolders, mongodProgram } from './dumps.js';

const DOCUMENTS = 100_000;
const TEXT = 1500;
const MIB = 1024 * 1024;
/** A reply is 16 MiB at the most; a reply, its copy, and what is written. */
const HELD = 64 * MIB;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is really held: garbage lies there as long as it pleases the collector. */
const heldBytes = (): number => {
  const now = process.memoryUsage().arrayBuffers;
  if (now < HELD / 2) return now;
  // The second one waits for the buffers that the first one let go.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
};

describePeer('mongodb', 'a dump of more than fits into memory', (peer) => {
  const folders = new DumpFolders();
  const name = databaseName();
  let client: MongoClient;
  let url: string;

  beforeAll(async () => {
    ({ url } = await peer.shared());
    client = await connect(url);
    const many = client.db(name).collection<{ _id: number }>('many');
    for (let at = 0; at < DOCUMENTS; at += 10_000) {
      const batch = Array.from({ length: 10_000 }, (_, i) => ({
        _id: at + i,
        t: 'x'.repeat(TEXT),
      }));
      await many.insertMany(batch, { writeConcern: { w: 1 } });
    }
  }, 120_000);
  afterAll(async () => {
    await client.db(name).dropDatabase();
    await client.close();
    await folders.end();
  });

  it('holds a few batches of the server, while it reads, loads and compares', async () => {
    const [folder, scratch] = [await folders.folder(), await folders.folder()];
    const source = mongodbSource({
      ...{ name: 'many', url: new Secret(url), databases: [name] },
      ...{ mongod: mongodProgram(), clock: systemClock },
    });
    const before = heldBytes();
    let most = 0;
    let seen = 0;
    const onProgress = () => {
      seen++;
      most = Math.max(most, heldBytes() - before);
    };
    const watch = { signal: new AbortController().signal, onProgress };
    const { manifest } = await source.export(folder, watch);
    expect(manifest.counts).toEqual({ [`${name}.many`]: DOCUMENTS });
    expect(manifest.bytes).toBeGreaterThan(DOCUMENTS * TEXT);
    const proof = await source.prove({ folder, places: {}, scratch }, watch);
    expect(proof.differences).toEqual([]);
    expect(seen).toBeGreaterThan(20);
    expect(most).toBeLessThan(HELD);
    expect(manifest.bytes).toBeGreaterThan(140 * MIB);
  }, 120_000);
});
