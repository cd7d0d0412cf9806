import { Buffer } from 'node:buffer';

import type { Id } from '#libs/kernel';
import type { ChainFact, Commit, StoredFact } from '#libs/ports/event-log';

export const LOG_TABLES = `
  CREATE TABLE IF NOT EXISTS log_commits (
    first INTEGER PRIMARY KEY,
    count INTEGER NOT NULL,
    era INTEGER NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS log_facts (
    position INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    era INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    meta TEXT NOT NULL,
    data TEXT NOT NULL,
    personal BLOB,
    hash BLOB NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
`;

/** What readers need; a hash for each would be a piece of memory that nobody looks at. */
export const FACT_COLUMNS =
  'position, id, stream, version, type, era, occurred_at, recorded_at, meta, data, personal';
export const HASHED_FACT_COLUMNS = `${FACT_COLUMNS}, hash`;

/** Rows are read as arrays: an object with names for each costs as much as its values. */
export type FactRow = [
  position: number,
  id: Uint8Array,
  stream: string,
  version: number,
  type: string,
  era: number,
  occurredAt: number,
  recordedAt: number,
  meta: string,
  data: string,
  personal: Uint8Array | null,
];
export type HashedFactRow = [...fact: FactRow, hash: Uint8Array];

export interface CommitRow {
  readonly first: number;
  readonly count: number;
  readonly era: number;
  readonly previous_hash: Uint8Array;
  readonly hash: Uint8Array;
}

/** Ids lie as 16 bytes: the index of ids is the largest one of the log. */
export const idBytes = (id: Id): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');

const idText = (bytes: Uint8Array): Id => {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const storedFact = (row: FactRow | HashedFactRow): StoredFact => {
  const [position, id, stream, version, type, era, occurredAt, recordedAt, meta, data, personal] =
    row;
  // Filled in place: a copy for each fact is a fifth of the cost of a tail.
  const fact: { -readonly [K in keyof StoredFact]: StoredFact[K] } = {
    position,
    id: idText(id),
    type,
    stream,
    version,
    era,
    occurredAt,
    recordedAt,
    meta,
    data,
  };
  if (personal !== null) fact.personal = personal;
  return fact;
};

export const storedCommit = (row: CommitRow, facts: readonly HashedFactRow[]): Commit => ({
  first: row.first,
  count: row.count,
  era: row.era,
  previousHash: row.previous_hash,
  hash: row.hash,
  facts: facts.map((fact): ChainFact => ({ ...storedFact(fact), hash: fact[11] })),
});
