import type { Digest, LogChain } from '#libs/ports/event-log';
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

type Commits = Pick<LogChain, 'commits'>;

export const digest: Digest = (bytes) => hash('sha256', bytes, 'buffer');

/** Lets others work between two pages: an embedded log answers at once, however much there is of it. */
export const politely = (chain: Commits): Commits => ({
  async commits(from, limit) {
    await setImmediate();
    return chain.commits(from, limit);
  },
});

/** Ends after a while as if the chain did: enough to look at, not a proof. */
export const atMost = (chain: Commits, ms: number): Commits => {
  const until = performance.now() + ms;
  return {
    commits: async (from, limit) => (performance.now() > until ? [] : chain.commits(from, limit)),
  };
};
