import type { Fence, PutOutcome, Documents } from '#libs/ports/documents';

import type { CaptureParts, FollowedFeed, LeaderOptions } from '../followed-feed.js';
import { readStandings, writeStanding, type FeedStanding } from './feed-place.js';

/** Another leader has written since. Nothing is wrong; who is late stops. */
export class SupersededLeader extends Error {}

/** The standing of a feed in the hands of its leader: each write is over what this leader wrote last. */
export class LeaderStanding {
  #savedAt = 0;

  private constructor(
    private readonly parts: Pick<CaptureParts, 'documents' | 'clock'>,
    private readonly feed: string,
    private known: { standing: FeedStanding; version: number },
  ) {}

  /** Takes over: from its first write on, what an older leader writes is refused. */
  static async take(
    parts: Pick<CaptureParts, 'documents' | 'clock' | 'log'>,
    { name }: Pick<FollowedFeed, 'name'>,
    { term }: Pick<LeaderOptions, 'term'>,
  ): Promise<LeaderStanding> {
    const known = await read(parts.documents, name);
    const { era } = await parts.log.head();
    const { standing } = known;
    // Leases live with the log: with an older log that was put back, terms begin lower again.
    if (standing.era === era && standing.term > term) throw new SupersededLeader();
    const leader = new LeaderStanding(parts, name, known);
    await leader.save({ term });
    return leader;
  }

  get now(): FeedStanding {
    return this.known.standing;
  }

  /** How long ago it was written last. */
  get unsavedMs(): number {
    return this.parts.clock.now() - this.#savedAt;
  }

  /** Of what is written between this save and the next. Each is greater than all before, of any leader. */
  get fence(): Fence {
    return { era: this.known.standing.era, position: this.known.version };
  }

  /** Changes it in memory only: what is lost with it is done again, without a trace. */
  move(change: Partial<FeedStanding>): void {
    this.known = { ...this.known, standing: { ...this.known.standing, ...change } };
  }

  async save(change: Partial<FeedStanding>): Promise<void> {
    const standing = { ...this.known.standing, ...change };
    const written = await writeStanding(this.parts.documents, this.feed, {
      standing,
      version: this.known.version,
    });
    if (!written) throw new SupersededLeader();
    this.known = written;
    this.#savedAt = this.parts.clock.now();
  }
}

const read = async (documents: Documents, feed: string) => {
  const [known] = await readStandings(documents, [feed]);
  if (!known) throw new SupersededLeader();
  return known;
};

/** A newer fence is there already, so this leader is late. */
export const refuseStale = (outcomes: readonly PutOutcome[]): void => {
  if (outcomes.includes('stale')) throw new SupersededLeader();
};
