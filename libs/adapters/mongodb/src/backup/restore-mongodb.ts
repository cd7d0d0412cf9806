import type { Secret } from '#libs/kernel';
import type { SourceWatch } from '#libs/ports/backup-source';

export interface MongodbRestoreOrder {
  /** The export folder of the source, as it came back. */
  readonly folder: string;
  readonly url: Secret;
  /** Of the copy. */
  readonly from: string;
  /** A database that does not exist yet or is empty. */
  readonly to: string;
  /** Only this one. */
  readonly collection?: string;
}

export interface RestoredMongodb {
  readonly collections: number;
  readonly documents: number;
}

/** Writes a database of a copy beside the live one. `BACKUP_TARGET_NOT_EMPTY` where something is there. */
export const restoreMongodb = (
  _order: MongodbRestoreOrder,
  _watch: SourceWatch,
): Promise<RestoredMongodb> => Promise.reject(new Error('not made yet'));

/** Every database of a copy, under its own name, into an empty server: what a restored platform is started on. */
export const loadDump = (
  _dump: { readonly folder: string; readonly url: Secret },
  _watch: SourceWatch,
): Promise<RestoredMongodb> => Promise.reject(new Error('not made yet'));
