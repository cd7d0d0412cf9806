import { Binary, type Document } from 'mongodb';

import { fault, toHex, type Clock, type Secret } from '#libs/kernel';
import type { BackupSource, SourcePosition } from '#libs/ports/backup-source';

import { COLLECTION_PREFIX } from '../documents-collections.js';
import { bytesOf, LOG_COLLECTION } from '../event-log-documents.js';
import type { Dump } from './dump-reader.js';
import { dumpSource } from './dump-source.js';

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

/**
 * The source `innkeeper` where the log is on MongoDB: its chain up to the head of one moment, and the documents of that
 * moment that are not made from it. The chain never changes, so a long one is read without the server's history.
 */
export const innkeeperMongodbSource = ({
  database,
  documents,
  ...options
}: InnkeeperMongodbOptions): BackupSource =>
  dumpSource({
    ...options,
    name: 'innkeeper',
    kind: 'innkeeper',
    databases: [database],
    chain: LOG_COLLECTION,
    keeps: ({ name }) => name === LOG_COLLECTION || isKept(name, documents),
    positionOf: headOf,
  });

const isKept = (name: string, documents: InnkeeperMongodbOptions['documents']): boolean =>
  documents !== 'none' &&
  name.startsWith(COLLECTION_PREFIX) &&
  !documents.derived(name.slice(COLLECTION_PREFIX.length));

/** A log begins with a commit, so one without any is none. */
const headOf = ({ chainEnd }: Dump): SourcePosition => {
  if (!isCommit(chainEnd)) throw fault('BACKUP_SOURCE_EMPTY', { details: { of: LOG_COLLECTION } });
  const { _id, count, era, hash } = chainEnd;
  return { at: 'log', era, position: _id + count - 1, hash: toHex(bytesOf(hash)) };
};

interface CommitEnd {
  readonly _id: number;
  readonly count: number;
  readonly era: number;
  readonly hash: Binary;
}

const isCommit = (found: Document | undefined): found is CommitEnd & Document =>
  found?.['hash'] instanceof Binary;

export interface KeysMongodbOptions {
  readonly url: Secret;
  readonly database: string;
  readonly mongod: string;
  readonly clock: Clock;
}

/** The source `keys` where keys are on MongoDB, wrapped as they lie there. */
export const keysMongodbSource = ({ database, ...options }: KeysMongodbOptions): BackupSource =>
  dumpSource({
    ...options,
    name: 'keys',
    kind: 'keys',
    databases: [database],
    keeps: () => true,
  });
