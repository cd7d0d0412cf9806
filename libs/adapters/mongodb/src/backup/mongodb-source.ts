import type { Clock, Secret } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

import { dumpSource } from './dump-source.js';

export interface MongodbSourceOptions {
  readonly name: string;
  readonly url: Secret;
  readonly databases: readonly string[];
  /** How long a server is looked for. */
  readonly timeoutMs?: number;
  /** The program that a proof starts. */
  readonly mongod: string;
  readonly clock: Clock;
}

/** Databases of others, read with the right `read` on each and nothing else. */
export const mongodbSource = (options: MongodbSourceOptions): BackupSource =>
  dumpSource({ ...options, kind: 'mongodb', keeps: () => true });
