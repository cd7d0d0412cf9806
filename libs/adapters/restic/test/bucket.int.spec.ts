import { join } from 'node:path';

import { afterAll, beforeAll, describe } from '@jest/globals';

import { Secret } from '#libs/kernel';
import {
  describePeer,
  describeRestic,
  type ResticAge,
  type S3Account,
  type S3Server,
} from '#libs/testing';
import { snapshotRepositoryContract } from '#suites/snapshot-repository';

import { newTestFolder, resticHarness } from './restic-harness.js';

const credentialsOf = ({ accessKey, accessSecret }: S3Account) => ({
  accessKey,
  accessSecret: new Secret(accessSecret),
});

const ages: readonly ResticAge[] = ['restic', 'restic-old'];

describePeer('s3', 'a bucket', (peer) => {
  let server: S3Server;
  let reader: S3Account;
  let buckets = 0;
  beforeAll(async () => {
    server = await peer.start();
    reader = server.makeAccount('reader');
  });
  afterAll(() => server.stop());

  describe.each(ages)('as a repository', (age) => {
    describeRestic(age, 'suite', ({ path, version }) => {
      snapshotRepositoryContract('bucket', async () => {
        const bucket = `bucket-${++buckets}`;
        await server.makeBucket(bucket);
        const actions = ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'];
        await server.grant(bucket, [{ account: reader.accessKey, actions, keys: ['*'] }]);
        return resticHarness({
          program: path,
          version,
          folder: newTestFolder(),
          environment: process.env,
          place: {
            repository: `s3:${server.url}/${bucket}/prefix`,
            credentials: credentialsOf(server.owner),
            reader: credentialsOf(reader),
            files: join(server.folderOf(bucket), 'prefix'),
            restart: () => server.restart(),
          },
        });
      });
    });
  });
});
