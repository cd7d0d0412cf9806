import type { Clock, Secret } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

export interface MongodbSourceOptions {
  readonly name: string;
  readonly url: Secret;
  readonly databases: readonly string[];
  /** The program that a proof starts. */
  readonly mongod: string;
  readonly clock: Clock;
}

/** Databases of others, read with the right `read` on each and nothing else. */
export const mongodbSource = (_options: MongodbSourceOptions): BackupSource => {
  throw new Error('not made yet');
};
