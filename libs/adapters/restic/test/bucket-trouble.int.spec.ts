import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, Secret, type Code } from '#libs/kernel';
import {
  describePeers,
  describeRestic,
  itNeeding,
  type ResticAge,
  type S3Account,
  type S3Server,
  type Toxiproxy,
} from '#libs/testing';

import { resticRepository, type ResticOptions } from '../src/index.js';
import { locksIn, newTestFolder, password, resticWith } from './restic-harness.js';
import { mountSmall, smallDisks, unmount } from './trouble-places.js';

const watch = { signal: new AbortController().signal };
const codeOf = async (work: Promise<unknown>): Promise<Code> => {
  const thrown = await work.then(() => undefined, asFault);
  if (!thrown) throw new Error('it did not fail');
  return thrown.code;
};

const ages: readonly ResticAge[] = ['restic', 'restic-old'];

describePeers(['s3', 'toxiproxy'], 'a bucket as a repository', (s3, toxic) => {
  let server: S3Server;
  let toxiproxy: Toxiproxy;
  let buckets = 0;
  beforeAll(async () => {
    server = await s3.start();
    toxiproxy = await toxic.shared();
  });
  afterAll(() => server.stop());

  describe.each(ages)('in trouble', (age) => {
    describeRestic(age, 'by', ({ path: program }) => {
      let root: string;
      let files: string;
      let bucket: string;
      beforeEach(async () => {
        root = newTestFolder();
        files = join(root, 'files');
        mkdirSync(files);
        writeFileSync(join(files, 'note.txt'), 'The key is in the box.');
        bucket = `trouble-${++buckets}`;
        await server.makeBucket(bucket);
      });
      afterEach(() => rmSync(root, { recursive: true, force: true }));

      const open = (change: Partial<ResticOptions> & { account?: S3Account } = {}) => {
        const { accessKey, accessSecret } = change.account ?? server.owner;
        return resticRepository({
          program,
          repository: `s3:${server.url}/${bucket}/prefix`,
          credentials: { accessKey, accessSecret: new Secret(accessSecret) },
          password: new Secret(password),
          environment: process.env,
          graceMs: 500,
          patienceMs: 1000,
          ...change,
        });
      };
      const save = (repository = open()) =>
        repository.save({ host: 'suite', tags: [], paths: [files] }, watch);
      const locks = () => locksIn(join(server.folderOf(bucket), 'prefix'));

      it('tells refused credentials from a repository that is missing', async () => {
        await open().prepare(watch);
        const wrong = { ...server.owner, accessSecret: 'not the secret' };
        expect(await codeOf(open({ account: wrong }).list(watch))).toBe('BACKUP_ACCESS_DENIED');
        const nobody = { ...server.owner, accessKey: 'nobody' };
        expect(await codeOf(open({ account: nobody }).prepare(watch))).toBe('BACKUP_ACCESS_DENIED');
        const elsewhere = open({ repository: `s3:${server.url}/${bucket}/elsewhere` });
        expect(await codeOf(elsewhere.list(watch))).toBe('BACKUP_REPOSITORY_MISSING');
        const noBucket = open({ repository: `s3:${server.url}/no-such-bucket/prefix` });
        expect(await codeOf(noBucket.list(watch))).toBe('BACKUP_REPOSITORY_MISSING');
      });

      it('lets a writer save who may remove its locks and nothing else', async () => {
        const writer = server.makeAccount(`writer-${bucket}`);
        await server.grant(bucket, [
          {
            account: writer.accessKey,
            actions: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:GetBucketLocation'],
            keys: ['*'],
          },
          {
            account: writer.accessKey,
            actions: ['s3:DeleteObject'],
            keys: ['prefix/locks/*'],
          },
        ]);
        const repository = open({ account: writer });
        await open().prepare(watch);
        const { id } = await save(repository);
        await save(repository);
        expect(await repository.check({ depth: 'everything' }, watch)).toEqual([]);
        expect(await codeOf(repository.remove([id], watch))).toBe('BACKUP_ACCESS_DENIED');
        expect(await repository.list(watch)).toHaveLength(2);
        await open().remove([id], watch);
        expect(await repository.list(watch)).toHaveLength(1);
        expect(locks()).toEqual([]);
      });

      it('says that a prune was refused what it would remove', async () => {
        const writer = server.makeAccount(`pruner-${bucket}`);
        const all = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:GetBucketLocation'];
        await server.grant(bucket, [
          { account: writer.accessKey, actions: all, keys: ['*'] },
          {
            account: writer.accessKey,
            actions: ['s3:DeleteObject'],
            keys: ['prefix/locks/*', 'prefix/index/*'],
          },
        ]);
        await open().prepare(watch);
        writeFileSync(join(files, 'big.bin'), randomBytes(100_000));
        const { id } = await save();
        rmSync(join(files, 'big.bin'));
        await save();
        await open().remove([id], watch);
        const pruning = open({ account: writer }).prune(watch);
        expect(await codeOf(pruning)).toBe('BACKUP_ACCESS_DENIED');
        await open().prune(watch);
        expect(await open().check({ depth: 'everything' }, watch)).toEqual([]);
        expect(locks()).toEqual([]);
      });

      itNeeding(smallDisks, 'says that the bucket is full', async () => {
        const small = server.folderOf(bucket);
        mountSmall(small, 2048);
        try {
          await open().prepare(watch);
          writeFileSync(join(files, 'big.bin'), randomBytes(6_000_000));
          expect(await codeOf(save())).toBe('BACKUP_REPOSITORY_FULL');
          rmSync(join(files, 'big.bin'));
          await open().prune(watch);
          await save();
          expect(await open().check({ depth: 'everything' }, watch)).toEqual([]);
          expect(locks()).toEqual([]);
        } finally {
          unmount(small);
        }
      });

      it('gives up on a server that refuses connections, or accepts and is silent', async () => {
        const proxy = await toxiproxy.proxyTo(server.port);
        const through = open({ repository: `s3:http://${proxy.host}/${bucket}/prefix` });
        await through.prepare(watch);
        await proxy.cut();
        expect(await codeOf(through.list(watch))).toBe('BACKUP_REPOSITORY_UNREACHABLE');
        await proxy.mend();
        const silence = await proxy.add({ type: 'timeout', attributes: { timeout: 0 } });
        expect(await codeOf(through.list(watch))).toBe('BACKUP_REPOSITORY_UNREACHABLE');
        await proxy.remove(silence);
        expect(await through.list(watch)).toEqual([]);
      });

      it.each(['cut', 'silent'] as const)(
        'gives up in the middle of a save when the server is %s, and goes on later',
        async (how) => {
          const proxy = await toxiproxy.proxyTo(server.port);
          const repository = `s3:http://${proxy.host}/${bucket}/prefix`;
          await open().prepare(watch);
          writeFileSync(join(files, 'big.bin'), randomBytes(2_000_000));
          const slow = resticWith(root, program, '--limit-upload 50');
          const saving = codeOf(save(open({ repository, program: slow })));
          while (locks().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          if (how === 'cut') await proxy.cut();
          else await proxy.add({ type: 'timeout', attributes: { timeout: 0 } });
          expect(await saving).toBe('BACKUP_REPOSITORY_UNREACHABLE');
          expect(await open().list(watch)).toEqual([]);
          await save();
          await open().prune(watch);
          expect(await open().check({ depth: 'everything' }, watch)).toEqual([]);
          expect(locks()).toEqual([]);
        },
      );
    });
  });
});
