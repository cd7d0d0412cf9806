import { fault } from '#libs/kernel';
import type { OpenFeed } from '#libs/ports/change-feed';

import type { CaptureParts, FollowedFeed, LeaderOptions } from '../followed-feed.js';
import { readOrders } from '../operate/feed-orders.js';
import {
  followStream,
  lookAtGroups,
  ReadingPace,
  scanOn,
  takeWanted,
  workOnGroups,
  type FollowingParts,
} from './follow-steps.js';
import { KnownGroups } from './known-groups.js';
import { LeaderStanding } from './leader-standing.js';
import { readDocuments } from './read-documents.js';
import { tellBatch, type TellingParts } from './tell-batch.js';

/** How long an idle stream is waited for. Orders and wanted documents wait no longer. */
const WAIT_MS = 500;
/** How often the leader looks for orders, wanted documents and another era of the log. */
const LOOK_EACH_MS = 1_000;

/** What a leader has between two failures: all of it is read again after one. */
export class FeedSession {
  #lookedAt = -Infinity;

  private constructor(private readonly following: FollowingParts) {}

  /** Takes over, finishes what was left in work, and opens the stream where the feed stands. */
  static async begin(
    parts: CaptureParts,
    feed: FollowedFeed,
    options: Pick<LeaderOptions, 'term'>,
  ): Promise<FeedSession> {
    const leader = await LeaderStanding.take(parts, feed, options);
    await noteHealth(feed, leader);
    const groups = await KnownGroups.load(parts.documents, feed);
    const telling = { parts, feed, leader, groups };
    if (!leader.now.place) await beginScan(telling, { place: await feed.feed.now() });
    await lookAround(telling);
    await recover(telling);
    const { place } = leader.now;
    if (!place) throw fault('DEFECT_UNKNOWN', { details: { feed: feed.name } });
    const stream = await feed.feed.open(place);
    return new FeedSession({ ...telling, stream, pace: new ReadingPace() });
  }

  get stream(): OpenFeed {
    return this.following.stream;
  }

  /** One step of each work there is. */
  async turn(): Promise<void> {
    const { leader, parts, groups } = this.following;
    const isBusy = leader.now.scan !== undefined || groups.nextTask() !== undefined;
    await lookAtGroups(this.following);
    const hasChanges = await followStream(this.following, isBusy ? 0 : WAIT_MS);
    if (leader.now.scan) await scanOn(this.following);
    await workOnGroups(this.following);
    const now = parts.clock.now();
    const hasLooked = now >= this.#lookedAt && now < this.#lookedAt + LOOK_EACH_MS;
    if ((hasChanges || isBusy) && hasLooked) return;
    this.#lookedAt = now;
    await takeWanted(this.following);
    await lookAround(this.following);
    await clearCode(leader);
  }

  close(): Promise<void> {
    return this.stream.close();
  }
}

/** Whether the log is another one, and whether somebody ordered a scan. */
const lookAround = async (telling: TellingParts): Promise<void> => {
  const { leader, parts, feed } = telling;
  const [{ era }, [known]] = await Promise.all([
    parts.log.head(),
    readOrders(parts.documents, [feed.name]),
  ]);
  const ordered = known?.orders.scans ?? 0;
  const standing = leader.now;
  if (standing.era === era && standing.ordered >= ordered) return;
  if (standing.era === 0 && standing.ordered >= ordered) await leader.save({ era });
  else await beginScan(telling, { era, ordered });
};

/** The stream's place is stored before the first document is read: what changes meanwhile comes by the stream. */
const beginScan = async (
  { leader, parts, feed }: TellingParts,
  change: Parameters<LeaderStanding['save']>[0],
): Promise<void> => {
  const of = await feed.feed.count();
  await leader.save({
    ...change,
    pass: leader.now.pass + 1,
    phase: 'snapshot',
    scan: { stage: 'reading', done: 0, of },
  });
  parts.notice?.({ feed: feed.name, event: 'scan_began', count: of });
};

/** Looks at the batch again that a leader left in work, and tells it as it may have been told. */
const recover = async (telling: TellingParts): Promise<void> => {
  const { leader, feed, parts } = telling;
  const { inWork } = leader.now;
  if (!inWork) return;
  await lookAtGroups(telling);
  const readings = await readDocuments(
    feed.feed,
    inWork.entries.map(({ key }) => key),
    () => 'missing',
  );
  await tellBatch(telling, readings, {
    backfilled: inWork.backfilled,
    noted: inWork.entries,
    move: {},
    keepsMove: true,
  });
  parts.notice?.({ feed: feed.name, event: 'recovered', count: inWork.entries.length });
};

const noteHealth = async (feed: FollowedFeed, leader: LeaderStanding): Promise<void> => {
  const { preImages } = await feed.feed.examine();
  leader.move({ preImages });
};

/** It works again. Why everything is read again is shown until that is over. */
const clearCode = async (leader: LeaderStanding): Promise<void> => {
  const { code, scan, phase } = leader.now;
  if (code === undefined && phase !== 'halted') return;
  const isReadAgain = code === 'CAPTURE_HISTORY_LOST' || code === 'CAPTURE_COLLECTION_GONE';
  if (isReadAgain && scan && phase !== 'halted') return;
  await leader.save({
    phase: scan ? 'snapshot' : 'stream',
    ...(!(isReadAgain && scan) && { code: undefined }),
  });
};
