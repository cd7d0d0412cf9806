import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { bucketAddress, notesBeside } from '#libs/adapters/restic';
import { asFault, Secret, type Code } from '#libs/kernel';
import { describePeer, describeRestic, type S3Server } from '#libs/testing';

import { repositoryActions } from '../src/index.js';
import { lasting, parent, PREFIX, R2Place, watch } from './r2-place.js';

const codeOf = (work: Promise<unknown>): Promise<Code | 'none'> =>
  work.then(
    () => 'none' as const,
    (thrown: unknown) => asFault(thrown).code,
  );

const locksIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder) : [];

describePeer('s3', 'a repository that is lent on R2', (peer) => {
  let server: S3Server;
  let buckets = 0;
  beforeAll(async () => {
    server = await peer.start();
  });
  afterAll(() => server.stop());

  describeRestic('restic', 'is used', ({ path }) => {
    let place: R2Place;
    beforeEach(async () => {
      place = new R2Place(server, path, `lent-${++buckets}`);
      await place.start();
      await place.open(lasting(parent)).prepare(watch);
      place.r2.calls.length = 0;
    });
    afterEach(() => place.stop());

    it('for all that a server does, and for no more than was lent', async () => {
      const repository = place.open(await place.lend());
      const { id } = await place.save(repository);
      await place.save(repository);
      expect(await repository.list(watch)).toHaveLength(2);
      expect(await repository.check({ depth: 'everything' }, watch)).toEqual([]);
      const to = join(place.root, 'restored');
      expect(await repository.restore({ snapshot: id, to }, watch)).toMatchObject({ files: 1 });
      // Without a signature we ask whether anybody answers there.
      const calls = place.r2.calls.filter(({ bucket }) => bucket !== '');
      expect(calls.filter(({ status }) => status === 401 || status === 403)).toEqual([]);
      const used = [...new Set(calls.map(({ action }) => action))];
      expect(used.filter((action) => !(repositoryActions as string[]).includes(action))).toEqual(
        [],
      );
      expect(used).toEqual(expect.arrayContaining(['PutObject', 'DeleteObject', 'ListObjectsV2']));
      expect(locksIn(place.folder('locks'))).toEqual([]);
    });

    it('with a file that takes a pack of its own', async () => {
      writeFileSync(join(place.files, 'large.bin'), randomBytes(20 << 20));
      const repository = place.open(await place.lend());
      const { id } = await place.save(repository);
      const to = join(place.root, 'restored');
      const restored = await repository.restore({ snapshot: id, to }, watch);
      expect(restored.bytes).toBeGreaterThan(20 << 20);
    });

    it('and no other prefix, and no prefix that begins like it', async () => {
      await place.save(place.open(await place.lend()));
      for (const prefix of ['prod/keys/', 'prod/data-of-others/', 'prod/dat/']) {
        const credentials = await place.lend({ prefix });
        expect(await codeOf(place.open(credentials).list(watch))).toBe('BACKUP_ACCESS_DENIED');
      }
      const other = await place.lend({ bucket: 'lent-0' });
      expect(await codeOf(place.open(other).list(watch))).toBe('BACKUP_ACCESS_DENIED');
    });

    it('never after its time, never with another claim, never by another secret', async () => {
      const good = await place.lend();
      await place.save(place.open(good));
      const token = Buffer.from(good.sessionToken?.reveal() ?? '', 'base64').toString();
      const [head, claims = '', sum] = token.slice('jwt/'.length).split('.');
      const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
      const changed = Buffer.from(JSON.stringify({ ...said, exp: 4e9 })).toString('base64url');
      const tampered = {
        ...good,
        sessionToken: new Secret(btoa(`jwt/${head}.${changed}.${sum}`)),
      };
      const refused = [
        await place.lend({ until: Date.now() - 1000 }),
        await place.lend({ parentSecret: new Secret('ff'.repeat(32)) }),
        await place.lend({ parentKey: 'another-token' }),
        await place.lend({ accountId: 'f'.repeat(32) }),
        await place.lend({ endpointHost: 'elsewhere.r2.cloudflarestorage.com' }),
        tampered,
        { ...good, accessSecret: new Secret('0'.repeat(64)) },
        { accessKey: good.accessKey, accessSecret: good.accessSecret },
      ];
      const repository = `s3:${place.r2.url}/${place.bucket}/${PREFIX}`;
      for (const credentials of refused)
        expect(await codeOf(notesBeside({ repository, credentials }).read('run-1', watch))).toBe(
          'BACKUP_ACCESS_DENIED',
        );
      for (const credentials of [refused[0] ?? good, tampered])
        expect(await codeOf(place.open(credentials).list(watch))).toBe('BACKUP_ACCESS_DENIED');
      expect(await place.open(good).list(watch)).toHaveLength(1);
    });

    it('only for the actions that were lent', async () => {
      await place.save(place.open(await place.lend()));
      const actions = ['GetObject', 'HeadObject', 'ListObjectsV2', 'GetBucketLocation'] as const;
      const reading = place.open(await place.lend({ actions }));
      expect(await reading.list(watch)).toHaveLength(1);
      expect(await codeOf(place.save(reading))).toBe('BACKUP_ACCESS_DENIED');
      const { id } = (await reading.list(watch))[0] ?? { id: '' };
      expect(await codeOf(reading.remove([id], watch))).toBe('BACKUP_ACCESS_DENIED');
    });

    it('by a clock of ours that is a little ahead', async () => {
      const now = Date.now() + 30_000;
      const ahead = await place.lend({ now, until: now + 60_000 });
      expect(await place.open(ahead).list(watch)).toEqual([]);
    });

    it('until it ends in the middle of a backup, which then says why', async () => {
      writeFileSync(join(place.files, 'large.bin'), randomBytes(60 << 20));
      const credentials = await place.lend();
      place.r2.onCall = ({ key }) => {
        if (key.startsWith(`${PREFIX}data/`)) place.aheadMs = 2 * 3_600_000;
      };
      expect(await codeOf(place.save(place.open(credentials)))).toBe('BACKUP_ACCESS_DENIED');
      const packs = place.r2.calls.filter(({ key }) => key.startsWith(`${PREFIX}data/`));
      expect(packs.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 401]));
      expect(await place.open(lasting(parent)).list(watch)).toEqual([]);
    });

    it('together with a note that its server leaves beside it, and takes away', async () => {
      const credentials = await place.lend();
      const repository = `s3:${place.r2.url}/${place.bucket}/${PREFIX}`;
      const notes = notesBeside({ repository, credentials });
      await notes.write('run-1', '{"a":1}', watch);
      expect(await notes.read('run-1', watch)).toBe('{"a":1}');
      const asOwner = notesBeside({ repository, credentials: lasting(parent) });
      expect(await asOwner.read('run-1', watch)).toBe('{"a":1}');
      const beyond = notesBeside({ repository: repository.replace('/data', '/keys'), credentials });
      expect(await codeOf(beyond.write('run-1', '{}', watch))).toBe('BACKUP_ACCESS_DENIED');
      expect(await codeOf(beyond.read('run-1', watch))).toBe('BACKUP_ACCESS_DENIED');
      await place.save(place.open(credentials));
      const opened = place.open(credentials);
      expect(await opened.check({ depth: 'everything' }, watch)).toEqual([]);
      await notes.remove('run-1', watch);
      expect(await notes.read('run-1', watch)).toBeUndefined();
      expect(bucketAddress(repository)?.prefix).toBe(PREFIX);
    });
  });
});
