import { canonicalJson, derivedId, joinBytes, utf8 } from '#libs/kernel';

import type { Commit, DraftFact, StoredFact } from './event-log.port.js';

/** SHA-256 at once: adapters have it from their own platform. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

export const NO_HASH = new Uint8Array(32);

export const streamKey = (stream: string, version: number): string =>
  `${stream}@${String(version).padStart(16, '0')}`;

/** What is hashed: every stored field, so that changing any of them is seen. Same on every adapter. */
export const factFrame = (fact: StoredFact): Uint8Array => {
  const text = utf8(
    `${fact.position}\n${fact.id}\n${fact.type}\n${streamKey(fact.stream, fact.version)}\n` +
      `${fact.occurredAt}\n${fact.recordedAt}\n${fact.meta}\n${fact.data}\n`,
  );
  return fact.personal ? joinBytes(text, fact.personal) : text;
};

export const hashFact = (digest: Digest, fact: StoredFact): Uint8Array => digest(factFrame(fact));

/** Over the facts' hashes, so that `verify` can name the fact, and over the predecessor's. */
export const hashCommit = (
  digest: Digest,
  commit: Pick<Commit, 'first' | 'era' | 'previousHash'>,
  factHashes: readonly Uint8Array[],
): Uint8Array =>
  digest(
    joinBytes(
      commit.previousHash,
      utf8(`${commit.first}\n${commit.era}\n${factHashes.length}\n`),
      ...factHashes,
    ),
  );

export const ERA_FACT_TYPE = 'log.era.began.v1';
export const ERA_STREAM = 'log';

/** The one fact of a commit that begins an era; its id is derived, so beginning twice begins once. */
export const eraFact = (digest: Digest, era: number): DraftFact => {
  const id = derivedId(era, digest(utf8(`${ERA_FACT_TYPE}\n${era}`)));
  return {
    id,
    type: ERA_FACT_TYPE,
    stream: ERA_STREAM,
    occurredAt: era,
    meta: canonicalJson({ causationId: id, correlationId: id, source: 'innkeeper/log' }),
    data: canonicalJson({ era }),
  };
};
