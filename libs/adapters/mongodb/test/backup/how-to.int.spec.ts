import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MongoClient } from 'mongodb';

import { mongodbSource } from '#libs/adapters/mongodb';
import { Secret, systemClock } from '#libs/kernel';
import { describePeer, type LockedMongodb } from '#libs/testing';

import { connect, DumpFolders, exportInto, mongodProgram, proveIn } from './dumps.js';

const blocksOf = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

describePeer('mongodb-locked', 'the steps of backing up another source', (peer) => {
  const folders = new DumpFolders();
  let page: string;
  let server: LockedMongodb;
  let client: MongoClient;

  beforeAll(async () => {
    page = await readFile('docs/how-to/back-up-another-source.md', 'utf8');
    server = await peer.start();
    client = await connect(server.url);
    const chat = client.db('rocketchat');
    await chat.collection('messages').insertMany([{ text: 'a' }, { text: 'b' }]);
    await chat.createCollection('readings', { timeseries: { timeField: 'at' } });
    await chat.collection('readings').insertOne({ at: new Date(0) });
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await server.stop();
    await folders.end();
  });

  it('makes a user that can back the databases up, and a history of an hour', async () => {
    const admin = client.db('admin');
    const commands = blocksOf(page, 'json').map((text) => JSON.parse(text) as object);
    expect(commands).toHaveLength(3);
    for (const command of commands) await admin.command(command);
    await admin.command({ grantRolesToUser: 'backup', roles: ['readBuckets'] });
    expect(
      await admin.command({ getParameter: 1, minSnapshotHistoryWindowInSeconds: 1 }),
    ).toMatchObject({ minSnapshotHistoryWindowInSeconds: 3600 });
    const source = mongodbSource({
      ...{ name: 'chat', url: new Secret(server.urlOf('backup', 'CHOOSE-ONE')) },
      ...{ databases: ['rocketchat'], mongod: mongodProgram(), clock: systemClock },
    });
    const into = await folders.folder();
    const { manifest } = await exportInto(source, into);
    expect(manifest.counts).toMatchObject({ 'rocketchat.messages': 2 });
    expect((await proveIn(source, into, await folders.folder())).differences).toEqual([]);
  }, 60_000);

  it('keeps the last good dump where a new one fails or is too small', async () => {
    const script = blocksOf(page, 'sh').find((text) => text.includes('pg_dump')) ?? '';
    const [bin, dumps] = [await folders.folder(), join(await folders.folder(), 'keycloak')];
    const run = async (dump: string) => {
      await writeFile(join(bin, 'pg_dump'), `#!/bin/sh\nfor last; do :; done\n${dump}\n`, {
        mode: 0o755,
      });
      const env = { PATH: `${bin}:/usr/bin:/bin`, DUMP_FOLDER: dumps, DUMP_LEAST_BYTES: '5' };
      return spawnSync('sh', ['-c', script], { env }).status;
    };
    const dumpOf = () => readFile(join(dumps, 'keycloak.sql'), 'utf8');
    await mkdir(dumps);
    expect(await run('printf "good dump" > "${last#--file=}"')).toBe(0);
    expect(await dumpOf()).toBe('good dump');
    expect(await run('printf "half of a" > "${last#--file=}"; exit 1')).not.toBe(0);
    expect(await run('printf "x" > "${last#--file=}"')).not.toBe(0);
    expect(await dumpOf()).toBe('good dump');
    expect(await readdir(dumps)).toContain('keycloak.sql');
  });
});
