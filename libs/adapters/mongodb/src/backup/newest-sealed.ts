import { MongoClient, type Binary, type Collection } from 'mongodb';

import type { Secret } from '#libs/kernel';

import {
  bytesOf,
  LOG_COLLECTION,
  storedFacts,
  type CommitDocument,
} from '../event-log-documents.js';

/** A sealed value of a restored log, and the wrapped key that must open it. Of no use without the master key. */
export interface SealedInMongodb {
  readonly stream: string;
  readonly sealed: Uint8Array;
  /** Missing: the restored keys have none for it. */
  readonly wrapped?: Uint8Array;
}

export interface RestoredDatabases {
  readonly url: Secret;
  /** Of the log. */
  readonly database: string;
  readonly keysDatabase: string;
}

interface WrappedKey {
  readonly _id: string;
  readonly wrapped?: Binary;
  readonly destroyedAt?: number;
}

/** The newest one whose key was not destroyed. What was destroyed after the copy of the log is closed by right. */
export const newestSealedInMongodb = async ({
  url,
  database,
  keysDatabase,
}: RestoredDatabases): Promise<SealedInMongodb | undefined> => {
  const client = await new MongoClient(url.reveal()).connect();
  try {
    const commits = client.db(database).collection<CommitDocument>(LOG_COLLECTION);
    return await newestOf(commits, client.db(keysDatabase).collection<WrappedKey>('keys'));
  } finally {
    await client.close();
  }
};

const newestOf = async (
  commits: Collection<CommitDocument>,
  keys: Collection<WrappedKey>,
): Promise<SealedInMongodb | undefined> => {
  for await (const commit of commits
    .find({ 'facts.personal': { $exists: true } })
    .sort({ _id: -1 }))
    for (const { stream, personal } of storedFacts(commit).toReversed()) {
      if (!personal) continue;
      const key = await keys.findOne({ _id: stream });
      if (key?.destroyedAt !== undefined) continue;
      const wrapped = key?.wrapped && Uint8Array.from(bytesOf(key.wrapped));
      return { stream, sealed: personal, ...(wrapped && { wrapped }) };
    }
  return undefined;
};
