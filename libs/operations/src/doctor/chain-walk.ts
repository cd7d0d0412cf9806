import type { LogChain } from '#libs/ports/event-log';

type CommitReader = Pick<LogChain, 'commits'>;

/** So many facts are hashed in some ten milliseconds: a door may wait so long, and no longer. */
const FACTS_AT_ONCE = 1_024;

/**
 * Lets others work between two pages, and keeps pages small where commits are large: an embedded log
 * answers at once, however much there is of it.
 */
export const inShortTurns = (
  chain: CommitReader,
  letOthersWork: () => Promise<unknown>,
): CommitReader => {
  let factsInCommit = FACTS_AT_ONCE;
  return {
    async commits(from, limit) {
      await letOthersWork();
      const few = Math.max(1, Math.floor(FACTS_AT_ONCE / factsInCommit));
      const page = await chain.commits(from, Math.min(limit, few));
      const facts = page.reduce((sum, { count }) => sum + count, 0);
      factsInCommit = Math.max(1, facts / Math.max(1, page.length));
      return page;
    },
  };
};

/** Ends after a while as if the chain did: enough to look at, not a proof. */
export const forAWhile = (
  chain: CommitReader,
  ms: number,
  elapsedMs: () => number,
): CommitReader => {
  const until = elapsedMs() + ms;
  return {
    commits: async (from, limit) => (elapsedMs() > until ? [] : chain.commits(from, limit)),
  };
};
