import { joinBytes, utf8 } from '#libs/kernel';

import { FACT_LIMIT, type Commit, type DraftFact, type StoredFact } from './event-log.port.js';

/** SHA-256 at once: adapters have it from their own platform. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

export const NO_HASH = new Uint8Array(32);
const NOTHING = new Uint8Array(0);

export const streamKey = (stream: string, version: number): string =>
  `${stream}@${String(version).padStart(16, '0')}`;

/** Size as the limits count it. */
export const factBytes = ({ meta, data, personal }: DraftFact): number =>
  utf8(meta).length + utf8(data).length + (personal?.length ?? 0);

export const isTooLarge = (draft: DraftFact): boolean =>
  // Most facts are far below the limit: three bytes a character bounds them without encoding.
  (draft.meta.length + draft.data.length) * 3 + (draft.personal?.length ?? 0) > FACT_LIMIT &&
  factBytes(draft) > FACT_LIMIT;

/** Over every stored field, so that changing any of them is seen. Same on every adapter. */
export const hashFact = (digest: Digest, fact: StoredFact): Uint8Array =>
  digest(
    joinBytes(
      utf8(
        `${fact.position}\n${fact.id}\n${fact.type}\n${streamKey(fact.stream, fact.version)}\n` +
          `${fact.occurredAt}\n${fact.recordedAt}\n${fact.meta}\n${fact.data}\n`,
      ),
      fact.personal ?? NOTHING,
    ),
  );

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
