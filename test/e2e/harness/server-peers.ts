import {
  describePeers,
  describeRestic,
  programPath,
  type Emulator,
  type S3Server,
  type Toxiproxy,
} from '#libs/testing';

import { ServerBackups } from './server-backups.js';

/** For a dozen processes on a busy machine. */
export const PATIENCE_MS = 900_000;

/** Everything that backups on servers need, each a real one; without one of them it says that it was not run. */
export const describeServerBackups = (
  title: string,
  body: (open: () => Promise<ServerBackups>) => void,
): void =>
  describePeers(['firestore', 'toxiproxy'], title, (firestore, toxiproxy) => {
    describePeers(['s3', 'mongodb'], 'whose copies are in buckets', (s3) => {
      describeRestic('restic', 'and saved on a server', ({ path: restic }) =>
        body(async () => {
          const started = await Promise.all([firestore.start(), s3.start(), toxiproxy.start()]);
          const [documents, buckets, ways]: [Emulator, S3Server, Toxiproxy] = started;
          return ServerBackups.open({
            ...{ firestore: documents, s3: buckets, toxiproxy: ways },
            ...{ restic, mongod: programPath('mongod') ?? 'mongod' },
          });
        }),
      );
    });
  });
