import { copyFileSync, existsSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import { describePeer, describeRestic } from '#libs/testing';

import { EmptyMachine } from './harness/empty-machine.js';
import { PageSteps } from './harness/page-steps.js';
import type { Ended, Program } from './harness/program.js';

const START = 'true\nnpm start';
const PASSPHRASE = 'seven herons at one flowerpot';

const well = ({ code, stdout, stderr }: Ended): string => {
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  return stdout;
};

describeRestic('restic', 'pages about backups, followed word by word', (restic) => {
  let machine: EmptyMachine;
  let program: Program;
  let settings: Record<string, string>;

  const type = async (lines: string): Promise<string> => {
    const set = Object.entries(settings).map(([name, value]) => `export ${name}='${value}'\n`);
    return well(await machine.type(`set -e\n${set.join('')}${lines}`));
  };
  const start = async (): Promise<void> => {
    const set = Object.entries(settings).map(([name, value]) => `export ${name}='${value}'\n`);
    program = await machine.start(`${set.join('')}${START}`);
  };

  beforeAll(async () => {
    machine = new EmptyMachine({ restic: restic.path });
    settings = {
      INNKEEPER_BACKUP_REPOSITORY: machine.file('old/innkeeper/data'),
      INNKEEPER_BACKUP_KEYS_REPOSITORY: machine.file('old/innkeeper/keys'),
    };
    writeFileSync(machine.file('passphrase'), PASSPHRASE);
    await start();
    await type('npx innkeeper backup run --kind daily');
  }, 120_000);
  afterAll(async () => {
    await program?.end('SIGKILL');
    machine?.remove();
  });

  describe('rotate the backup password', () => {
    const page = new PageSteps('docs/how-to/rotate-the-backup-password.md');
    const repository = (): string =>
      `export REPOSITORY='${settings['INNKEEPER_BACKUP_REPOSITORY'] ?? ''}'\n`;

    it('1. adds the new password, and both open it', async () => {
      copyFileSync(machine.file('data/secrets/backup-password'), machine.file('old-password'));
      await type(`${repository()}${page.toCopy('1. Add the new password')}`);
      for (const name of ['old-password', 'new-password'])
        await type(`${repository()}restic -r "$REPOSITORY" --password-file ${name} snapshots`);
    }, 60_000);

    it('2. is used by the next backup', async () => {
      const [give = '', prove = ''] = page.allToCopy('2. Give it to the platform');
      await type(give);
      await program.end();
      await start();
      await type(prove);
    }, 120_000);

    it('3. and 4. makes a new kit, and the old password opens nothing', async () => {
      await type(`${page.toCopy('3. Make a new kit')} --passphrase-file passphrase`);
      const [list = '', remove = '', ...more] = page
        .toCopy('4. Remove the old password')
        .split('\n');
      expect(more).toEqual([]);
      const shown = await type(`${repository()}${list}`);
      const [, id = ''] = /^ ([0-9a-f]{8}) /mu.exec(shown) ?? [];
      await type(`${repository()}${remove.replace('ID', id)}`);
      const old = await machine.type(
        `${repository()}restic -r "$REPOSITORY" --password-file old-password snapshots`,
      );
      expect(old.code).not.toBe(0);
      await type(
        'npx innkeeper backup restore --kit new-kit.age --passphrase-file passphrase --to proof',
      );
    }, 60_000);
  });

  describe('move the backups', () => {
    const page = new PageSteps('docs/how-to/move-the-backups.md');
    const here = (lines: string): string => lines.replaceAll('/mnt/', `${machine.folder}/`);

    it('copies and judges both', async () => {
      await type(here(page.toCopy('2. Copy both repositories')));
      await type(here(page.toCopy('3. Judge the copy')));
    }, 60_000);

    it('goes on there, where the old ones are gone', async () => {
      const moved = Object.entries(page.settings('4. Give it to the platform'));
      settings = Object.fromEntries(moved.map(([name, value]) => [name, here(value)]));
      await program.end();
      await type(`rm -rf '${machine.file('old')}'`);
      await start();
      const [run = '', kit = ''] = page.toCopy('5. Prove it, and make a new kit').split('\n');
      await type(run);
      const shown = await type('npx innkeeper --json backup list');
      const runs = shown.split('\n').filter((line) => line.includes('"status"'));
      const unwarned = { status: 'succeeded', warnings: [] };
      expect(runs.map((line) => JSON.parse(line) as object)).toMatchObject([
        unwarned,
        unwarned,
        unwarned,
      ]);
      await type(kit.replace('new-kit', 'moved-kit') + ' --passphrase-file passphrase');
      await type(
        'npx innkeeper backup restore --kit moved-kit.age --passphrase-file passphrase --to moved',
      );
      expect(existsSync(machine.file('moved/data/innkeeper.db'))).toBe(true);
    }, 180_000);
  });
});

describePeer('mongodb', 'one collection of the chat', (peer) => {
  describeRestic('restic', 'by the page', (restic) => {
    const page = new PageSteps('docs/how-to/restore-one-collection.md');

    it('comes back beside the live one, as it was', async () => {
      const mongodb = await peer.start();
      const client = await new MongoClient(mongodb.url).connect();
      const machine = new EmptyMachine(
        { restic: restic.path },
        {
          INNKEEPER_BACKUP_REPOSITORY: './disk/data',
          INNKEEPER_BACKUP_KEYS_REPOSITORY: './disk/keys',
          INNKEEPER_BACKUP_SOURCES: JSON.stringify([
            { name: 'chat', databases: ['rocketchat'], url: mongodb.url },
          ]),
        },
      );
      let program: Program | undefined;
      try {
        const live = client.db('rocketchat');
        const users = [...Array(50).keys()].map((i) => ({
          _id: `u${i}` as never,
          username: `n${i}`,
        }));
        await live.collection('users').insertMany(users);
        await live.collection('users').createIndex({ username: 1 }, { unique: true }, {});
        await live.collection('rooms').insertOne({ name: 'general' });
        program = await machine.start(START);
        well(await machine.type('npx innkeeper backup run --kind daily'));
        await live.collection('users').deleteMany({});
        const url = page.toCopy('1. Say where to').replace(/'mongodb:.*'/u, `'${mongodb.url}'`);
        const restore = page.toCopy('2. Bring it back');
        expect(well(await machine.type(`${url}\n${restore}`))).toMatch(/50 documents/u);
        const found = client.db('rocketchat_found');
        const documents = await found.collection('users').find().sort({ _id: 1 }).toArray();
        expect(documents).toEqual(
          [...users].sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1)),
        );
        expect((await found.listCollections().toArray()).map(({ name }) => name)).toEqual([
          'users',
        ]);
        const indexes = await found.collection('users').indexes();
        expect(indexes).toContainEqual(expect.objectContaining({ unique: true }));
        expect(await live.collection('users').countDocuments()).toBe(0);
        const again = await machine.type(`${url}\n${restore}`);
        expect([again.code, again.stderr.includes('BACKUP_TARGET_NOT_EMPTY')]).toEqual([2, true]);
        well(await machine.type(page.toCopy('As files')));
        expect(existsSync(machine.file('found/sources/chat/copy/dump/rocketchat/users.bson'))).toBe(
          true,
        );
        expect(existsSync(machine.file('found/sources/chat/copy/dump/rocketchat/rooms.bson'))).toBe(
          false,
        );
      } finally {
        await program?.end('SIGKILL');
        await client.close();
        machine.remove();
        await mongodb.stop();
      }
    }, 180_000);
  });
});
