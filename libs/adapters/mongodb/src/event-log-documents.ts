import { Binary, type Collection } from 'mongodb';

import { fault, type Fault, type Id } from '#libs/kernel';
import { streamKey, type Commit, type StoredFact } from '#libs/ports/event-log';

/** One commit is one document: inserting it is the append, and nobody else can insert the same one. */
export interface CommitDocument {
  /** The position of the first fact. */
  readonly _id: number;
  readonly count: number;
  readonly era: number;
  readonly previousHash: Binary;
  readonly hash: Binary;
  readonly facts: readonly FactDocument[];
}

export interface FactDocument {
  readonly id: Binary;
  /** `<stream>@<version>`, padded, so that a stream is a range of the index. */
  readonly key: string;
  readonly type: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  /** Canonical JSON as text: BSON has number types of its own. */
  readonly meta: string;
  readonly data: string;
  readonly personal?: Binary;
  readonly hash: Binary;
}

export type CommitCollection = Collection<CommitDocument>;

export const LOG_COLLECTION = 'log_commits';

/** The index that holds a fact's id, and the one that holds its place in its stream. */
export const ID_INDEX = { 'facts.id': 1 } as const;
export const KEY_INDEX = { 'facts.key': 1 } as const;

export const idBinary = (id: Id): Binary =>
  new Binary(Buffer.from(id.replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID);

export const idText = ({ buffer }: Binary): Id => {
  const hex = Buffer.from(buffer.buffer, buffer.byteOffset, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const bytesOf = (binary: Binary): Uint8Array =>
  new Uint8Array(binary.buffer.buffer, binary.buffer.byteOffset, binary.position);

export const commitDocument = (commit: Commit): CommitDocument => ({
  _id: commit.first,
  count: commit.facts.length,
  era: commit.era,
  previousHash: new Binary(commit.previousHash),
  hash: new Binary(commit.hash),
  facts: commit.facts.map((fact) => ({
    id: idBinary(fact.id),
    key: streamKey(fact.stream, fact.version),
    type: fact.type,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    meta: fact.meta,
    data: fact.data,
    ...(fact.personal && { personal: new Binary(fact.personal) }),
    hash: new Binary(fact.hash),
  })),
});

export const storedCommit = (document: CommitDocument): Commit => ({
  first: document._id,
  count: document.count,
  era: document.era,
  previousHash: bytesOf(document.previousHash),
  hash: bytesOf(document.hash),
  facts: document.facts.map((fact, i) => ({
    ...storedFact(fact, document._id + i, document.era),
    hash: bytesOf(fact.hash),
  })),
});

export const storedFacts = ({ _id, era, facts }: CommitDocument): readonly StoredFact[] =>
  facts.map((fact, i) => storedFact(fact, _id + i, era));

const storedFact = (document: FactDocument, position: number, era: number): StoredFact => {
  const at = document.key.lastIndexOf('@');
  const fact: { -readonly [K in keyof StoredFact]: StoredFact[K] } = {
    position,
    id: idText(document.id),
    type: document.type,
    stream: document.key.slice(0, at),
    version: Number(document.key.slice(at + 1)),
    era,
    occurredAt: document.occurredAt,
    recordedAt: document.recordedAt,
    meta: document.meta,
    data: document.data,
  };
  if (document.personal) fact.personal = bytesOf(document.personal);
  return fact;
};

export const brokenAt = (position: number): Fault =>
  fault('LOG_CHAIN_BROKEN', { details: { position } });
