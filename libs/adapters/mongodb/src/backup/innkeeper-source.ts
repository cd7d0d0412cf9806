import type { Clock, Secret } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

export interface InnkeeperMongodbOptions {
  readonly url: Secret;
  readonly database: string;
  /** Whether documents are kept in this database too, and which of their collections are made from the log. */
  readonly documents: 'none' | { readonly derived: (collection: string) => boolean };
  /** How many deliveries wait on the bus. */
  readonly waiting?: () => Promise<number>;
  readonly mongod: string;
  readonly clock: Clock;
}

/** The source `innkeeper` where the log is on MongoDB. */
export const innkeeperMongodbSource = (_options: InnkeeperMongodbOptions): BackupSource => {
  throw new Error('not made yet');
};

export interface KeysMongodbOptions {
  readonly url: Secret;
  readonly database: string;
  readonly mongod: string;
  readonly clock: Clock;
}

/** The source `keys` where keys are on MongoDB. */
export const keysMongodbSource = (_options: KeysMongodbOptions): BackupSource => {
  throw new Error('not made yet');
};
