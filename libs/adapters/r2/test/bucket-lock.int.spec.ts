import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';

import { AwsClient } from 'aws4fetch';

import type { BucketCredentials } from '#libs/adapters/restic';
import { asFault, type Code } from '#libs/kernel';
import { describePeer, describeRestic, type S3Server } from '#libs/testing';

import { lasting, parent, PREFIX, R2Place, remover, watch } from './r2-place.js';

const DAYS = 14;
const DAY_S = 86_400;

/** The rules of docs/how-to/lock-the-bucket.md. */
const rules = ['data/', 'snapshots/', 'keys/', 'config'].map((name) => ({
  prefix: `${PREFIX}${name}`,
  maxAgeSeconds: DAYS * DAY_S,
}));

const codeOf = (work: Promise<unknown>): Promise<Code | 'none'> =>
  work.then(
    () => 'none' as const,
    (thrown: unknown) => asFault(thrown).code,
  );

describePeer('s3', 'a bucket of R2 with a lock', (peer) => {
  let server: S3Server;
  let buckets = 0;
  beforeAll(async () => {
    server = await peer.start();
  });
  afterAll(() => server.stop());

  describeRestic('restic', 'keeps', ({ path }) => {
    let place: R2Place;
    beforeEach(async () => {
      place = new R2Place(server, path, `locked-${++buckets}`);
      await place.start();
      place.r2.locks.set(place.bucket, rules);
    });
    afterEach(() => place.stop());

    const asOwner = () => place.open(lasting(parent));
    const asRemover = () => place.open(lasting(remover));

    /** What somebody does who took the server over. */
    const attack = async (
      { accessKey, accessSecret, sessionToken }: BucketCredentials,
      method: 'DELETE' | 'PUT',
      key: string,
    ): Promise<number> => {
      const client = new AwsClient({
        ...{ accessKeyId: accessKey, secretAccessKey: accessSecret.reveal() },
        ...{ service: 's3', region: 'auto', retries: 0 },
        ...(sessionToken && { sessionToken: sessionToken.reveal() }),
      });
      const url = `${place.r2.url}/${place.bucket}/${PREFIX}${key}`;
      const body = method === 'PUT' ? { body: 'encrypted by somebody else' } : {};
      return (await client.fetch(url, { method, ...body })).status;
    };

    /** The last key below a folder takes the folder along. */
    const keysIn = (folder: string): readonly string[] =>
      existsSync(place.folder(folder))
        ? readdirSync(place.folder(folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ name, parentPath }) => join(parentPath, name).slice(place.folder('').length))
        : [];

    it('a repository at work: made, saved to, checked, and its own locks go', async () => {
      expect(await asOwner().prepare(watch)).toEqual({ made: true });
      const repository = place.open(await place.lend());
      await place.save(repository);
      writeFileSync(join(place.files, 'second.txt'), 'And the bin goes out on Monday.');
      await place.save(repository);
      expect(await repository.check({ depth: 'everything' }, watch)).toEqual([]);
      expect(keysIn('locks')).toEqual([]);
      expect(place.r2.calls.filter(({ bucket, status }) => bucket && status === 403)).toEqual([]);
    });

    it('young snapshots from those who may remove, and says so', async () => {
      await asOwner().prepare(watch);
      const { id } = await place.save(asOwner());
      expect(await codeOf(asRemover().remove([id], watch))).toBe('BACKUP_ACCESS_DENIED');
      expect(await asRemover().list(watch)).toHaveLength(1);
      expect(keysIn('locks')).toEqual([]);
    });

    it('nothing once its time is over: retention goes on as without a lock', async () => {
      await asOwner().prepare(watch);
      const { id } = await place.save(asOwner());
      writeFileSync(join(place.files, 'note.txt'), 'The key is with the neighbour.');
      await place.save(asOwner());
      place.aheadMs = (DAYS + 1) * DAY_S * 1000;
      await asRemover().remove([id], watch);
      await asRemover().prune(watch);
      expect(await asRemover().list(watch)).toHaveLength(1);
      expect(await asOwner().check({ depth: 'everything' }, watch)).toEqual([]);
    });

    it('packs that a prune would remove, and the repository stays whole', async () => {
      await asOwner().prepare(watch);
      const { id } = await place.save(asOwner());
      place.r2.locks.set(
        place.bucket,
        rules.filter(({ prefix }) => prefix.endsWith('/data/')),
      );
      await asRemover().remove([id], watch);
      expect(await codeOf(asRemover().prune(watch))).toBe('BACKUP_ACCESS_DENIED');
      expect(keysIn('data').length).toBeGreaterThan(0);
      await place.save(asOwner());
      expect(await asOwner().check({ depth: 'everything' }, watch)).toEqual([]);
    });

    it('what is saved from who has the credentials of a server', async () => {
      await asOwner().prepare(watch);
      const { id } = await place.save(asOwner());
      const lent = await place.lend();
      const saved = ['config', ...['data', 'snapshots', 'keys'].flatMap(keysIn)];
      expect(saved.length).toBeGreaterThanOrEqual(5);
      for (const key of saved) {
        expect([key, await attack(lent, 'DELETE', key)]).toEqual([key, 403]);
        expect([key, await attack(lent, 'PUT', key)]).toEqual([key, 403]);
      }
      // What is not locked can be destroyed: the index is made again from what is.
      const indexes = keysIn('index');
      expect(indexes.length).toBeGreaterThan(0);
      for (const key of indexes) expect(await attack(lent, 'DELETE', key)).toBe(204);
      expect(await asOwner().check({ depth: 'structure' }, watch)).not.toEqual([]);
      await place.restic(['repair', 'index']);
      expect(await asOwner().check({ depth: 'everything' }, watch)).toEqual([]);
      const to = join(place.root, 'restored');
      expect(await asOwner().restore({ snapshot: id, to }, watch)).toMatchObject({ files: 1 });
    });
  });
});
