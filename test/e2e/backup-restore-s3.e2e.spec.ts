import { describePeer, describeRestic } from '#libs/testing';

import { everythingComesBack } from './harness/everything-comes-back.js';

describePeer(
  's3',
  'everything comes back on an empty machine, by the page, from a bucket',
  (peer) => {
    describeRestic('restic', 'on S3', (restic) =>
      everythingComesBack(restic, async () => {
        const server = await peer.start();
        await server.makeBucket('lost');
        const settings = {
          INNKEEPER_BACKUP_REPOSITORY: `s3:${server.url}/lost/data`,
          INNKEEPER_BACKUP_KEYS_REPOSITORY: `s3:${server.url}/lost/keys`,
          AWS_ACCESS_KEY_ID: server.owner.accessKey,
          AWS_SECRET_ACCESS_KEY: server.owner.accessSecret,
        };
        return { settings, remove: () => server.stop() };
      }),
    );
  },
);
