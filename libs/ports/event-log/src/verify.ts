import { sameDigest, type Hash } from '#libs/kernel';

import { factFrame, hashCommit, hashFact, NO_HASH, type Digest } from './chain.js';
import type { Commit, EventLog, Head, LogChain, StoredFact } from './event-log.port.js';

/**
 * `commit_missing`: the chain jumps. `fact_missing`: a commit holds fewer facts than it was made of.
 * `fact_changed`: a fact, or its place, is not what was hashed. `commit_changed`: the facts are sound
 * each, but not these, not in this number or not in this order. `link_changed`: it does not follow
 * the commit before it.
 */
export type LogTrouble =
  'commit_missing' | 'fact_missing' | 'fact_changed' | 'commit_changed' | 'link_changed';

export type Verification =
  | { readonly whole: true; readonly head: Head }
  | { readonly whole: false; readonly position: number; readonly trouble: LogTrouble };

type Wrong = Verification & { readonly whole: false };

const PAGE = 64;

/** Walks the whole chain and names the first position that is not as it was written. */
export const verifyLog = async (
  chain: Pick<LogChain, 'commits'>,
  digest: Digest,
  onProgress: (position: number) => void = () => undefined,
): Promise<Verification> => {
  let head: Head = { era: 0, position: 0, hash: NO_HASH };
  for (;;) {
    const commits = (await chain.commits(head.position + 1, PAGE)).filter(
      ({ first }) => first > head.position || head.position === 0,
    );
    for (const commit of commits) {
      const wrong = wrongIn(digest, commit, head);
      if (wrong) return wrong;
      head = { era: commit.era, position: commit.first + commit.count - 1, hash: commit.hash };
    }
    onProgress(head.position);
    if (commits.length === 0) break;
  }
  // Not even the genesis is there: an empty log is one that was lost.
  return head.position === 0 ? wrongAt(1, 'commit_missing') : { whole: true, head };
};

const wrongAt = (position: number, trouble: LogTrouble): Wrong => ({
  whole: false,
  position,
  trouble,
});

const wrongIn = (digest: Digest, commit: Commit, before: Head): Wrong | undefined => {
  const { first, facts } = commit;
  if (first > before.position + 1) return wrongAt(before.position + 1, 'commit_missing');
  if (first !== before.position + 1) return wrongAt(first, 'commit_changed');
  if (!sameDigest(commit.previousHash, before.hash)) return wrongAt(first, 'link_changed');
  const wrongFact = wrongFactIn(digest, commit);
  if (wrongFact) return wrongFact;
  const hash = hashCommit(
    digest,
    commit,
    facts.map((fact) => fact.hash),
  );
  if (facts.length !== commit.count || commit.era < before.era || !sameDigest(hash, commit.hash))
    return wrongAt(first, 'commit_changed');
  return undefined;
};

const wrongFactIn = (digest: Digest, { first, count, era, facts }: Commit): Wrong | undefined => {
  for (const [i, fact] of facts.entries()) {
    const position = first + i;
    if (fact.position > position) return wrongAt(position, 'fact_missing');
    if (fact.position < position || fact.era !== era || !isAsHashed(digest, fact))
      return wrongAt(position, 'fact_changed');
  }
  return facts.length < count ? wrongAt(first + facts.length, 'fact_missing') : undefined;
};

const isAsHashed = (digest: Digest, fact: Commit['facts'][number]): boolean =>
  sameDigest(hashFact(digest, fact), fact.hash);

/** Whether the log still holds this fact as it was hashed when it was appended. */
export const isAsAppended = async (
  chain: Pick<LogChain, 'commits'>,
  hash: Hash,
  fact: StoredFact,
): Promise<boolean> => {
  const [commit] = await chain.commits(fact.position, 1);
  const held = commit?.facts.find(({ position }) => position === fact.position);
  const [now] = await hash([factFrame(fact)]);
  return held !== undefined && now !== undefined && sameDigest(now, held.hash);
};

/** A place in the log that a consumer has reached, with the fact it met there as proof that it is this log. */
export interface Checkpoint {
  readonly era: number;
  readonly position: number;
  /** The id of the fact there: another one at this position means another log. */
  readonly fact: string;
  /** When it was appended: the same fact, appended again to a restored log, is another commit. */
  readonly recordedAt: number;
}

export const checkpointOf = ({ era, position, id, recordedAt }: StoredFact): Checkpoint => ({
  era,
  position,
  fact: id,
  recordedAt,
});

/**
 * Whether the log still holds what this consumer has seen. The chain alone cannot tell that its last commits are
 * lost, or that others took their places; a consumer that has read them can. An era that began after the checkpoint
 * is history like any other.
 */
export const holdsCheckpoint = async (
  log: Pick<EventLog, 'read'>,
  { era, position, fact, recordedAt }: Checkpoint,
): Promise<boolean> => {
  const [there] = await log.read(position - 1, 1);
  const same = there?.id === fact && there.era === era && there.recordedAt === recordedAt;
  return same && there.position === position;
};
